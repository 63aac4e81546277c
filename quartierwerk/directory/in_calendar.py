"""Courses and groups in the calendar: what takes place at set times and one may come to."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from quartierwerk.calendar import register
from quartierwerk.calendar.register import Entry, Source, Window
from quartierwerk.calendar.rule import Rule
from quartierwerk.languages.showing import show_all
from quartierwerk.tenants.managers import children
from quartierwerk.web import addresses

from .finding.hits import place_in_a_line
from .kinds import OfferKind
from .models import Offer, OfferSchedule

# Opening hours of advice and of meeting places would fill every day: they stand on the offers' own pages.
KINDS = (OfferKind.COURSE, OfferKind.GROUP, OfferKind.SPORT, OfferKind.CULTURE)
# More than a month's page can show; a quarter asks for its own.
MOST = 300


def courses_and_groups(window: Window, spaces: frozenset[UUID] | None, request) -> Iterable[Entry]:
    rows = Offer.published.filter(
        Exists(OfferSchedule.published.filter(offer=OuterRef("pk"))),
        Q(valid_until=None) | Q(valid_until__gte=window.first),
        Q(starts_on=None) | Q(starts_on__lte=window.last),
        Q(ends_on=None) | Q(ends_on__gte=window.first),
        kind__in=KINDS,
    )
    if spaces is not None:
        rows = rows.filter(Q(space__in=spaces) | Q(address__space__in=spaces))
    rows = rows.select_related("organisation", "address", "address__space", "space")
    for offer in children(rows, "translations", "schedules").order_by("sort_key", "pk")[:MOST]:
        title = show_all(offer, request.lang)["title"]
        for schedule in offer.schedules.all():
            yield Entry(
                uid=f"{schedule.pk}@quartierwerk",
                title=title,
                rule=_within(schedule.rule(), offer),
                url=addresses.public("directory:offer", request, pk=offer.pk),
                changed_at=offer.changed_at,
                organiser=offer.organisation.name,
                place=place_in_a_line(offer),
                space=offer.space_id,
                languages=tuple(offer.languages_spoken),
                kind=offer.get_kind_display(),
            )


def _within(rule: Rule, offer: Offer) -> Rule:
    """The times of an offer end with the offer, whatever its schedule says."""
    ends: list[date] = [day for day in (rule.until, offer.ends_on, offer.valid_until) if day]
    begins: list[date] = [day for day in (rule.starts_on, offer.starts_on) if day]
    if rule.is_once:
        return rule
    return replace(rule, starts_on=max(begins, default=None), until=min(ends, default=None))


def add() -> None:
    register.add(Source("courses", _("Courses and groups"), courses_and_groups, on_request=True))
