"""From the database to a portal's catalogue, and how long a kept catalogue holds."""

import threading
from collections import OrderedDict
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import F, Func, TextField, Value
from django.utils import timezone

from quartierwerk.calendar.rule import Rule
from quartierwerk.places import succession
from quartierwerk.places.models import SocialSpace
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from ..memory import no_collector
from ..models import Offer, OfferSchedule
from ..rules import free_seats, last_day
from . import changes
from .catalogue import Catalogue, Row

# Reading more than this takes so long that visitors meanwhile get the catalogue of a moment ago.
AT_ONCE = 5_000
MOST_PORTALS = 40


class _Columns(NamedTuple):
    """What is read of an offer. Lists come as words: a hundred thousand of them take seconds to read one by one."""

    id: UUID
    tenant_id: int
    kind: str
    topics: str
    level: str
    languages_spoken: str
    childcare: str
    step_free: str
    is_free: str
    space_id: UUID | None
    serves: str
    serves_tenants: str
    valid_until: date | None
    deadline: date | None
    ends_on: date | None
    seats: int | None
    seats_taken: int | None
    address__space_id: UUID | None
    address__postcode: str | None
    address__latitude: float | None
    address__longitude: float | None


_LISTS = ("topics", "languages_spoken", "serves", "serves_tenants")


def _joined(name: str) -> Func:
    return Func(F(name), Value(" "), function="array_to_string", output_field=TextField())


@lru_cache(maxsize=10_000)
def _words(joined: str) -> tuple[str, ...]:
    return tuple(joined.split())


_kept: "OrderedDict[int, tuple[str, Catalogue]]" = OrderedDict()
_reading: set[int] = set()
_lock = threading.Lock()


def stamp_of_today() -> str:
    """Differs after each change of what the portal in scope shows, and every day."""
    return f"{changes.stamp(scope.required().readable)} {timezone.localdate()}"


def catalogue_of(tenant: Tenant, stamp: str = "") -> tuple[str, Catalogue]:
    """The portal's catalogue and its stamp; read anew after a change. In the portal's scope.

    stamp   `stamp_of_today`, where it is known already
    """
    stamp = stamp or stamp_of_today()
    today = timezone.localdate()
    kept = _kept.get(tenant.pk)
    if kept and kept[0] == stamp:
        return kept
    if kept and kept[1].day == today and len(kept[1].ids) > AT_ONCE:
        _read_aside(tenant, stamp)
        return kept
    return _keep(tenant, stamp, read(tenant, today))


def _keep(tenant: Tenant, stamp: str, catalogue: Catalogue) -> tuple[str, Catalogue]:
    with _lock:
        _kept[tenant.pk] = (stamp, catalogue)
        _kept.move_to_end(tenant.pk)
        while len(_kept) > MOST_PORTALS:
            _kept.popitem(last=False)
    return stamp, catalogue


def _read_aside(tenant: Tenant, stamp: str) -> None:
    """Read a large catalogue in a thread of its own; one at a time for each portal."""
    with _lock:
        if tenant.pk in _reading:
            return
        _reading.add(tenant.pk)

    def work() -> None:
        try:
            with scope.entered(scope.portal(tenant)):
                _keep(tenant, stamp, read(tenant, timezone.localdate()))
        finally:
            _reading.discard(tenant.pk)
            connection.close()

    threading.Thread(target=work, name="catalogue", daemon=True).start()


def read(tenant: Tenant, today: date) -> Catalogue:
    """All offers that the portal shows. Three queries, whatever their number."""
    quarters = _quarters(tenant, today)
    with no_collector():
        plans = _plans()
        known: dict = {}
        columns = Offer.published.order_by("sort_key", "pk").values_list(
            *(_joined(name) if name in _LISTS else name for name in _Columns._fields)
        )
        rows = [
            _row(one, quarters, known, one.tenant_id == tenant.pk, plans.get(one.id, ()))
            for one in map(_Columns._make, columns)
        ]
        return Catalogue(rows, today)


def _plans() -> dict[UUID, tuple[Rule, ...]]:
    """The times of each offer. Most offers share theirs with others, and then the same object."""
    names = [one.name for one in fields(Rule)]
    plans: dict[UUID, tuple[Rule, ...]] = {}
    longer: dict[tuple[int, int], tuple[Rule, ...]] = {}  # a plan and one rule more
    # Each rule comes once, with all that have it.
    grouped = OfferSchedule.everywhere.order_by().values_list(*names).annotate(having=ArrayAgg("offer_id"))
    for *values, offers in grouped:
        rule = Rule(*values)
        for offer in offers:
            plan = plans.get(offer, ())
            key = (id(plan), id(rule))
            plans[offer] = longer.get(key) or longer.setdefault(key, (*plan, rule))
    return plans


def _quarters(tenant: Tenant, today: date) -> dict[UUID, list[str]]:
    """Former and present areas → the quarters of today under which they are found."""
    present = SocialSpace.published.filter(tenant=tenant, kind=SocialSpace.Kind.QUARTER).on(today)
    areas = succession.with_former(list(present.values_list("pk", flat=True)), public=True)
    found: dict[UUID, list[str]] = {}
    for quarter, former in areas.items():
        for area in former:
            found.setdefault(area, []).append(str(quarter))
    return found


def _row(one: _Columns, quarters, known: dict, is_own: bool, rules: tuple[Rule, ...]) -> Row:
    """known   quarters found for the same place and range before"""
    place = (one.space_id, one.address__space_id, one.serves, is_own or not one.serves_tenants)
    if (spaces := known.get(place)) is None:
        spaces = known[place] = _spaces(one, quarters, is_own)
    return Row(
        id=one.id,
        tenant=one.tenant_id,
        kind=one.kind,
        topics=_words(one.topics),
        level=one.level,
        languages=_words(one.languages_spoken.lower()),
        spaces=spaces,
        flags=_flags(one.childcare, one.step_free, one.is_free),
        postcode=one.address__postcode or "",
        latitude=one.address__latitude,
        longitude=one.address__longitude,
        last_day=last_day(one.kind, one.valid_until, one.ends_on, one.deadline),
        free_seats=free_seats(one.seats, one.seats_taken),
        rules=rules,
    )


@lru_cache
def _flags(childcare: str, step_free: str, is_free: str) -> tuple[str, ...]:
    told = {"childcare": childcare, "step_free": step_free, "free": is_free}
    return tuple(name for name, known in told.items() if known == "yes")


def _spaces(one: _Columns, quarters: dict[UUID, list[str]], is_own: bool) -> tuple[str, ...]:
    """Quarters under which an offer is found: where it takes place and whom it is for; without either, none (R6.03).

    What a neighbour expressly offers here serves each quarter.
    """
    there = [one.space_id, one.address__space_id, *map(UUID, one.serves.split())]
    found = {quarter for area in there if area for quarter in quarters.get(area, ())}
    if not is_own and one.serves_tenants and not one.serves:
        found.update(quarter for listed in quarters.values() for quarter in listed)
    return tuple(found)
