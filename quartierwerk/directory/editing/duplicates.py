"""Looking for what is entered already, before something is entered twice (R6.04)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from quartierwerk.languages.names import name_key, plain, sort_range

from ..models import Offer, Organisation
from ..rules import Facts, Likeness, likeness_of_offers, same_organisation

MOST_LOOKED_AT = 300
MOST_NAMES = 5_000
MOST_SHOWN = 5
NEIGHBOURS = 20  # in the order of names, when all are compared with all
LETTERS = 5  # so many letters of a name must agree before the rest is looked at


@dataclass(frozen=True)
class Double:
    record: Any
    is_same: bool


def of_offer(offer: Offer, place: str, times: Iterable[str]) -> list[Double]:
    """Offers that may mean the same, the likeliest first. `place`, `times` as typed, since they are not saved yet."""
    asked = Facts(offer.title, offer.organisation.name, place, frozenset(times))
    rows = Offer.objects.exclude(pk=offer.pk).select_related("organisation", "address")
    rows = rows.prefetch_related("schedules")
    near = [
        *rows.filter(organisation=offer.organisation).order_by("-changed_at")[:MOST_LOOKED_AT],
        *rows.filter(pk__in=_alike(Offer.objects.all(), offer.title, "title")),
    ]
    found = {one.pk: (likeness_of_offers(asked, facts(one)), one) for one in near}
    likely = sorted(
        (pair for pair in found.values() if pair[0]), key=lambda pair: (-pair[0], pair[1].sort_key)
    )
    return [Double(one, likeness == Likeness.SAME) for likeness, one in likely[:MOST_SHOWN]]


def of_organisation(organisation: Organisation) -> list[Double]:
    near = _alike(Organisation.objects.all(), organisation.name, "name")
    rows = Organisation.objects.filter(pk__in=near).exclude(pk=organisation.pk).order_by("sort_key")
    same = [one for one in rows if same_organisation(organisation.name, one.name)]
    return [Double(one, True) for one in same[:MOST_SHOWN]]


def of_saved_offer(offer: Offer) -> list[Offer]:
    place = offer.address.street if offer.address else ""
    return [one.record for one in of_offer(offer, place, times_of(offer.schedules.all()))]


def of_saved_organisation(organisation: Organisation) -> list[Organisation]:
    """Of the same name, phone or website, as on the work list."""
    found = {one.record.pk: one.record for one in of_organisation(organisation)}
    for of in ("phone", "website"):
        if value := plain(getattr(organisation, of)):
            rows = Organisation.objects.exclude(pk=organisation.pk).exclude(**{of: ""})
            pairs = rows.values_list("pk", of)[:MOST_NAMES]
            alike = [pk for pk, other in pairs if plain(other) == value][:MOST_SHOWN]
            found |= Organisation.objects.in_bulk(alike)
    return list(found.values())


def facts(offer: Offer) -> Facts:
    """Of a saved offer; wants `organisation`, `address` and `schedules` to be loaded."""
    place = offer.address.street if offer.address else ""
    return Facts(offer.title, offer.organisation.name, place, times_of(offer.schedules.all()))


def times_of(schedules: Iterable[Any]) -> frozenset[str]:
    return frozenset(
        f"{day} {one.opens_at:%H:%M}" for one in schedules if one.opens_at for day in one.weekdays
    )


def _alike(rows: Any, name: str, field: str) -> list[UUID]:
    """Ids of rows whose name could be the same. Two letters, since ü may be written ue; of the names only, as a town
    may have a thousand with these two letters."""
    first = plain(name)[:2].strip()
    if not first:
        return []
    low, high = sort_range(first)
    pairs = rows.filter(sort_key__gte=low, sort_key__lt=high).values_list("pk", field)[:MOST_NAMES]
    key = name_key(name)[:LETTERS]
    return [pk for pk, other in pairs if name_key(other)[:LETTERS] == key][:MOST_LOOKED_AT]


def among_offers(rows: Iterable[Offer]) -> set[UUID]:
    """Ids of offers of which another one here may mean the same. Wants what `facts` wants.

    Only neighbours in the order of names are compared, so that ten thousand offers take no second.
    """
    known = {one.pk: facts(one) for one in rows}
    keys = {pk: name_key(one.title) for pk, one in known.items()}
    return _doubled(keys, lambda one, other: bool(likeness_of_offers(known[one], known[other])))


def among_organisations(rows: Iterable[Organisation]) -> set[UUID]:
    """The same of organisations: by name, phone or website."""
    known = {one.pk: one for one in rows}
    found = _doubled(
        {pk: name_key(one.name) for pk, one in known.items()},
        lambda one, other: same_organisation(known[one].name, known[other].name),
    )
    for of in ("phone", "website"):
        same: dict[str, list[UUID]] = {}
        for pk, one in known.items():
            if value := plain(getattr(one, of)):
                same.setdefault(value, []).append(pk)
        found.update(pk for group in same.values() if len(group) > 1 for pk in group)
    return found


def _doubled(keys: dict[UUID, str], is_same: Callable[[UUID, UUID], bool]) -> set[UUID]:
    found: set[UUID] = set()
    ordered = sorted(keys, key=lambda pk: keys[pk])
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 : at + 1 + NEIGHBOURS]:
            if keys[one][:LETTERS] != keys[other][:LETTERS]:
                break
            if is_same(one, other):
                found |= {one, other}
    return found
