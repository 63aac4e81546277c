"""What goes into a file: every record this person may see, with all that belongs to it, in one order."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from quartierwerk import rights
from quartierwerk.documents.cells import storable
from quartierwerk.languages.states import TranslationState, state_of
from quartierwerk.places.models import SocialSpace
from quartierwerk.rights import Person

from ...models import (
    Contact,
    Location,
    LocationSchedule,
    Offer,
    OfferedAt,
    OfferSchedule,
    OfferText,
    Organisation,
    OrganisationContact,
    OrganisationText,
)
from .. import identity

# Kept with the record, but with places of their own in every file.
OWN_COLUMNS = {"status", "quarter", "serves"}


@dataclass(frozen=True)
class Told:
    """A translation as files carry it: its text and how it came about, with a mark where its source changed since."""

    text: str
    state: str


@dataclass
class Records:
    """All of it, read in a fixed number of queries. With `own`, offers and places of that organisation only."""

    by: Person
    own: Organisation | None = None
    children: dict[type[Model], dict[UUID, list[Any]]] = field(default_factory=dict)

    @cached_property
    def organisations(self) -> list[Organisation]:
        if self.own:
            return []
        return list(visible(self.by, Organisation).select_related("address", "space"))

    @cached_property
    def locations(self) -> list[Location]:
        return list(self._of(Location).select_related("address"))

    @cached_property
    def offers(self) -> list[Offer]:
        return list(self._of(Offer).select_related("address", "space"))

    def _of(self, model: type[Model]) -> QuerySet[Any]:
        if self.own:  # whose right to write her own organisation was asked for
            return model.objects.filter(organisation=self.own)  # type: ignore[attr-defined]
        return visible(self.by, model)

    @cached_property
    def by_key(self) -> dict[UUID, Any]:
        return {one.pk: one for some in (self.organisations, self.locations, self.offers) for one in some}

    @cached_property
    def owners(self) -> dict[UUID, Organisation]:
        """Organisations by key, those as well that this person may not list but that offer what she may."""
        known = {one.pk: one for one in self.organisations}
        missing = {one.organisation_id for one in (*self.offers, *self.locations)} - set(known)
        if missing:
            known |= Organisation.objects.select_related("address", "space").in_bulk(missing)
        return known

    @cached_property
    def _numbers(self) -> dict[UUID, UUID]:
        return {
            pk: number
            for model in (Organisation, Location, Offer)
            for pk, number in identity.numbers(model).items()
        }

    def number(self, record: Any) -> str:
        """What a record is called in a file, also after it travelled to another municipality."""
        return str(self._numbers.get(record.pk, record.pk))

    def contacts(self, record: Any) -> list[dict[str, Any]]:
        """Ways to ask, without the names of persons: those were given for this directory only."""
        is_offer = isinstance(record, Offer)
        rows = self._rows(Contact, "offer") if is_offer else self._rows(OrganisationContact, "organisation")
        made: list[dict[str, Any]] = []
        for one in rows.get(record.pk, ()):
            ways: dict[str, Any] = {
                "function": line(one.function), "phone": phone(one.phone), "email": one.email, "hours": line(one.hours),
            }  # fmt: skip
            if not is_offer:
                ways |= {"programmes": one.programmes, "postcodes": one.postcodes}
            if any(ways.values()) and ways not in made:
                made.append(ways)
        return made

    def schedules(self, record: Any) -> list[Any]:
        model, parent = (
            (OfferSchedule, "offer") if isinstance(record, Offer) else (LocationSchedule, "location")
        )
        return self._rows(model, parent).get(record.pk, [])

    def held_at(self, offer: Offer) -> list[tuple[OfferedAt, Location]]:
        """The locations of an offer; the one whose address it has comes first."""
        rows = self._rows(OfferedAt, "offer", order=("id",)).get(offer.pk, [])
        pairs = [(row, self.by_key[row.location_id]) for row in rows if row.location_id in self.by_key]
        return sorted(pairs, key=lambda pair: (pair[1].address_id != offer.address_id, self.number(pair[1])))

    def has_own_place(self, record: Any) -> bool:
        """Whether its address is none of its locations'."""
        if record.address is None or not says_something(record.address):
            return False
        if isinstance(record, Offer):
            return all(location.address_id != record.address_id for _row, location in self.held_at(record))
        return True

    def translations(self, record: Any) -> dict[str, dict[str, Told]]:
        """Language → text name → translation."""
        model = OfferText if isinstance(record, Offer) else OrganisationText
        made: dict[str, dict[str, Told]] = defaultdict(dict)
        for row in self._rows(model, "record", order=("language", "text_name")).get(record.pk, ()):
            if row.text_name not in record.TEXTS or not row.text.strip():
                continue
            now = state_of(row, getattr(record, row.text_name))
            mark = " outdated" if now == TranslationState.OUTDATED else ""
            made[row.language][row.text_name] = Told(lines(row.text), f"{row.state}{mark}")
        return dict(made)

    def quarter(self, record: Any) -> str:
        return record.space.name if record.space else record.kept_columns.get("quarter", "")

    def serves(self, offer: Offer) -> str:
        names = [self._spaces[pk] for pk in offer.serves if pk in self._spaces]
        names += [name for name in offer.kept_columns.get("serves", "").split(";") if name]
        return ";".join(sorted(names))

    @cached_property
    def _spaces(self) -> dict[UUID, str]:
        return dict(SocialSpace.objects.values_list("pk", "name"))

    def _rows(
        self, model: type[Model], parent: str, order: tuple[str, ...] = ("position", "id")
    ) -> dict[UUID, list[Any]]:
        if model not in self.children:
            found: dict[UUID, list[Any]] = defaultdict(list)
            for row in model.objects.order_by(*order):  # type: ignore[attr-defined]
                found[getattr(row, f"{parent}_id")].append(row)
            self.children[model] = found
        return self.children[model]


def says_something(address: Any) -> bool:
    texts = (address.name, address.street, address.detail, address.postcode, address.town)
    return address.has_coordinates or any(text.strip() for text in texts)


def visible(by: Person, model: type[Model]) -> QuerySet[Any]:
    return rights.visible(by, "directory.export", model.objects.all())  # type: ignore[attr-defined]


def kept(record: Any) -> dict[str, str]:
    return {name: value for name, value in record.kept_columns.items() if name not in OWN_COLUMNS}


def line(text: str) -> str:
    return " ".join(storable(text).split())


def lines(text: str) -> str:
    return "\n".join(part.rstrip() for part in storable(text).strip().splitlines())


def phone(text: str) -> str:
    return " ".join(line(text).strip("\"'").split())


def once(values: Iterable[str]) -> list[str]:
    return [value for value in dict.fromkeys(values) if value]
