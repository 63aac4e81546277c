"""From the database to a portal's catalogue, and how long a kept catalogue holds."""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils import timezone

from quartierwerk.places import succession
from quartierwerk.places.models import SocialSpace
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from ..models import Offer, OfferSchedule
from ..rules import free_seats, last_day
from . import changes
from .catalogue import Catalogue, Row

# Reading more than this takes so long that visitors meanwhile get the catalogue of a moment ago.
AT_ONCE = 5_000
MOST_PORTALS = 40

_COLUMNS = (
    "id", "tenant_id", "kind", "topics", "level", "languages_spoken", "childcare", "step_free", "is_free",
    "space_id", "serves", "serves_tenants", "serves_postcodes", "address__space_id", "address__postcode", "address__latitude", "address__longitude",
    "valid_until", "deadline", "ends_on", "seats", "seats_taken",
)  # fmt: skip

_kept: "OrderedDict[int, tuple[str, Catalogue]]" = OrderedDict()
_reading: set[int] = set()
_lock = threading.Lock()


def catalogue_of(tenant: Tenant) -> tuple[str, Catalogue]:
    """The portal's catalogue and its stamp; read anew after a change. In the portal's scope."""
    today = timezone.localdate()
    stamp = f"{changes.stamp(scope.required().readable)} {today}"
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
    rules: dict[UUID, list] = {}
    for rule in OfferSchedule.everywhere.all():
        rules.setdefault(rule.offer_id, []).append(rule)
    rows = []
    for values in Offer.published.order_by("sort_key", "pk").values_list(*_COLUMNS).iterator(5_000):
        one = dict(zip(_COLUMNS, values, strict=True))
        rows.append(_row(one, quarters, one["tenant_id"] == tenant.pk, rules.get(one["id"], ())))
    return Catalogue(rows, today)


def _quarters(tenant: Tenant, today: date) -> dict[UUID, list[str]]:
    """Former and present areas → the quarters of today under which they are found."""
    present = SocialSpace.published.filter(tenant=tenant, kind=SocialSpace.Kind.QUARTER).on(today)
    areas = succession.with_former(list(present.values_list("pk", flat=True)), public=True)
    found: dict[UUID, list[str]] = {}
    for quarter, former in areas.items():
        for area in former:
            found.setdefault(area, []).append(str(quarter))
    return found


def _row(one: dict, quarters: dict[UUID, list[str]], is_own: bool, rules: Iterable) -> Row:
    flags = [
        name
        for name, column in (("childcare", "childcare"), ("step_free", "step_free"), ("free", "is_free"))
        if one[column] == "yes"
    ]
    return Row(
        id=one["id"],
        tenant=one["tenant_id"],
        kind=one["kind"],
        topics=one["topics"],
        level=one["level"],
        languages=[tag.lower() for tag in one["languages_spoken"]],
        spaces=_spaces(one, quarters, is_own),
        flags=flags,
        postcode=one["address__postcode"] or "",
        latitude=one["address__latitude"],
        longitude=one["address__longitude"],
        last_day=last_day(one["kind"], one["valid_until"], one["ends_on"], one["deadline"]),
        free_seats=free_seats(one["seats"], one["seats_taken"]),
        rules=list(rules),
    )


def _spaces(one: dict, quarters: dict[UUID, list[str]], is_own: bool) -> set[str]:
    """Quarters under which an offer is found: where it takes place and whom it is for; without either, none (R6.03).

    What a neighbour expressly offers here serves each quarter.
    """
    there = [one["space_id"], one["address__space_id"], *one["serves"]]
    found = {quarter for area in there for quarter in quarters.get(area, ())}
    if not is_own and one["serves_tenants"] and not one["serves"]:
        found.update(quarter for listed in quarters.values() for quarter in listed)
    return found
