"""What happened in the plan within some days: stages, reports, new needs, decisions, editions. Newest first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
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


@dataclass(frozen=True)
class _Sort:
    """Rows of one sort, the newest first, and how one of them is told."""

    rows: QuerySet[Any]
    told: Callable[[Any], Change]


def since(request, days: int = USUAL) -> list[Change]:
    """As far as the person reads it; a constant number of queries."""
    return _first(list(_sorts(request, days)), MOST)


def newest(request, number: int, days: int = USUAL) -> tuple[int, list[Change]]:
    """How many `since` finds, and the first of them: without loading the others."""
    sorts = list(_sorts(request, days))
    counted, *others = (one.rows.order_by().values("pk")[:MOST] for one in sorts)
    return counted.union(*others, all=True).count(), _first(sorts, number)[:number]


def _first(sorts: list[_Sort], number: int) -> list[Change]:
    found = [one.told(row) for one in sorts for row in one.rows[:number]]
    return sorted(found, key=lambda one: (one.at, one.title), reverse=True)


def _sorts(request, days: int) -> Iterator[_Sort]:
    told, person = _Told(request), request.person
    begin = timezone.now() - timedelta(days=days)
    day = timezone.localdate(begin)
    mine = rights.visible(person, "planning.read_measures", Measure.objects.all()).values("pk")
    stages = StageChange.objects.filter(at__gte=begin, measure__in=mine).select_related("measure")
    yield _Sort(stages.order_by("-at", "pk"), told.stage)
    reports = StateReport.objects.filter(at__gte=begin, measure__in=mine).select_related("measure")
    yield _Sort(reports.order_by("-at", "pk"), told.report)
    if may(person, "planning.read_needs"):
        needs = rights.visible(person, "planning.read_needs", Need.objects.filter(entered_on__gte=day))
        yield _Sort(needs.order_by("-entered_on", "-title"), told.need)
    if may(person, "planning.read_decisions"):
        entered = Decision.objects.filter(entered_on__gte=day)
        decisions = rights.visible(person, "planning.read_decisions", entered)
        yield _Sort(decisions.order_by("-entered_on", "-words"), told.decision)
    if may(person, "planning.read"):
        editions = Edition.objects.filter(adopted_at__gte=begin).defer("content")
        yield _Sort(editions.order_by("-adopted_at"), told.edition)


@dataclass(frozen=True)
class _Told:
    """One record of each sort, as the page tells of it."""

    request: Any

    def _at(self, name: str, pk: UUID) -> str:
        return addresses.staff(f"planning_staff:{name}", self.request, pk=pk)

    def _of(self, measure: Measure, when: datetime, what: str) -> Change:
        return Change(when, what, measure.title, self._at("measure", measure.pk), measure.language)

    def stage(self, one: StageChange) -> Change:
        return self._of(one.measure, one.at, f"{one.get_earlier_display()} → {one.get_later_display()}")

    def report(self, one: StateReport) -> Change:
        said = one.get_light_said_display() or one.words
        return self._of(one.measure, one.at, _("report: %(what)s") % {"what": said})

    def need(self, one: Need) -> Change:
        what = _("need: %(state)s") % {"state": one.get_state_display()}
        return Change(_noon(one.entered_on), what, one.title, self._at("need", one.pk), one.language)

    def decision(self, one: Decision) -> Change:
        url = self._at("meeting", one.meeting_id)
        return Change(_noon(one.entered_on), str(one.get_kind_display()), one.words, url)

    def edition(self, one: Edition) -> Change:
        when = one.adopted_at or _noon(one.opened_on)
        return Change(when, _("adopted by the council"), one.title, self._at("edition", one.pk))


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
