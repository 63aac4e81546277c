"""What happened in the plan within some days: stages, reports, new needs, decisions, editions. Newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk import rights
from quartierwerk.languages.days import short_day
from quartierwerk.rights import may
from quartierwerk.web import addresses
from quartierwerk.web.work import Line

from ..models import Decision, Edition, Measure, Need, StageChange, StateReport

DAYS = (1, 7, 30)
USUAL = 7
MOST = 500  # of each sort; whoever wants more reads the history


@dataclass(frozen=True)
class Change:
    at: datetime
    what: str
    title: str
    url: str
    language: str = ""

    @property
    def line(self) -> Line:
        return Line(
            self.title,
            self.url,
            f"{short_day(self.at)}: {self.what}",
            self.language,
        )


def since(request, days: int = USUAL) -> list[Change]:
    """As far as the person reads it; a constant number of queries."""
    begin = timezone.now() - timedelta(days=days)
    found = [*_of_measures(request, begin), *_needs(request, begin), *_decided(request, begin)]
    return sorted(found, key=lambda one: (one.at, one.title), reverse=True)


def _measures(request) -> Any:
    return rights.visible(request.person, "planning.read_measures", Measure.objects.all()).values("pk")


def _of_measures(request, begin: datetime) -> Iterator[Change]:
    def change(measure: Measure, at: datetime, what: str) -> Change:
        url = addresses.staff("planning_staff:measure", request, pk=measure.pk)
        return Change(at, what, measure.title, url, measure.language)

    mine = _measures(request)
    for one in StageChange.objects.filter(at__gte=begin, measure__in=mine).select_related("measure")[:MOST]:
        yield change(one.measure, one.at, f"{one.get_earlier_display()} → {one.get_later_display()}")
    reports = StateReport.objects.filter(at__gte=begin, measure__in=mine).select_related("measure", "team")
    for told in reports[:MOST]:
        yield change(
            told.measure,
            told.at,
            _("report: %(what)s") % {"what": told.get_light_said_display() or told.words},
        )


def _needs(request, begin: datetime) -> Iterator[Change]:
    if not may(request.person, "planning.read_needs"):
        return
    entered = Need.objects.filter(entered_on__gte=timezone.localdate(begin))
    rows = rights.visible(request.person, "planning.read_needs", entered)
    for one in rows.order_by("-entered_on")[:MOST]:
        url = addresses.staff("planning_staff:need", request, pk=one.pk)
        what = _("need: %(state)s") % {"state": one.get_state_display()}
        yield Change(_noon(one.entered_on), what, one.title, url, one.language)


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def _decided(request, begin: datetime) -> Iterator[Change]:
    if not may(request.person, "planning.read"):
        return
    day = timezone.localdate(begin)
    for one in Decision.objects.filter(entered_on__gte=day).order_by("-entered_on")[:MOST]:
        url = addresses.staff("planning_staff:meeting", request, pk=one.meeting_id)
        yield Change(_noon(one.entered_on), str(one.get_kind_display()), one.words, url)
    adopted = Edition.objects.filter(adopted_at__gte=begin).defer("content")
    for edition in adopted:
        if edition.adopted_at:
            url = addresses.staff("planning_staff:edition", request, pk=edition.pk)
            yield Change(edition.adopted_at, _("adopted by the council"), edition.title, url)
