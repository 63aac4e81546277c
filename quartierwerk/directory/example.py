"""Organisations and offers of the example town: all invented, in several languages, some with gaps to mend.

The files in `data/example/<municipality>/` name the fields as the models do; `key` becomes the number in the source,
and `example_note` says why a record is stale, double or unfinished on purpose.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.db import models
from django.utils import timezone

from quartierwerk.languages.states import TranslationState
from quartierwerk.places.models import Address, SocialSpace
from quartierwerk.tenants import example
from quartierwerk.tenants.models import Tenant, Visibility

from . import example_editors, example_pictures  # noqa: F401  (add their parts)
from .models import (
    Contact,
    Location,
    LocationSchedule,
    Offer,
    OfferBarrier,
    OfferedAt,
    OfferSchedule,
    OfferText,
    Organisation,
    OrganisationContact,
    OrganisationText,
    Registration,
    UnreachableLink,
    ViewCount,
    Wish,
)

FILES = Path(__file__).parent / "data" / "example"
SOURCE = "example"


@example.part(order=50)
def offers(town: Tenant) -> None:
    rows = _Town(town)
    for path in sorted((FILES / town.slug).glob("*.json")):
        for entry in _read(path):
            rows.organisation(entry)
    if (wishes := FILES / f"wishes_{town.slug}.json").exists():
        for entry in _read(wishes):
            rows.wish(entry)
    rows.store()


def _read(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text())


class _Town:
    """Collects the rows of one municipality, then writes each table at once."""

    def __init__(self, town: Tenant):
        self.town = town
        self.spaces = {space.name: space for space in SocialSpace.objects.all()}
        self.tenants = dict(Tenant.objects.values_list("slug", "pk"))
        self.addresses: dict[tuple, Address] = {}
        # In the order in which one stands on the other.
        self.rows: dict[type[models.Model], list[models.Model]] = {Organisation: [], Offer: []}

    def add(self, row: models.Model) -> None:
        self.rows.setdefault(type(row), []).append(row)

    def store(self) -> None:
        Address.objects.bulk_create(self.addresses.values())
        for model, rows in self.rows.items():
            model.objects.bulk_create(rows)

    def organisation(self, entry: dict[str, Any]) -> None:
        space = self.spaces.get(entry.get("quarter", ""))
        organisation = Organisation(
            **_values(Organisation, entry),
            source=SOURCE,
            source_id=entry["key"],
            address=self.address(entry, space),
            space=space,
            visibility=Visibility.PUBLIC,
        )
        organisation.fill_sort_key()
        self.add(organisation)
        self.texts(OrganisationText, organisation, entry)
        self.contacts(OrganisationContact, "organisation", organisation, entry)
        self.links("organisation", organisation, entry)
        places = {place["key"]: self.location(organisation, place) for place in entry.get("locations", ())}
        for offer in entry["offers"]:
            self.offer(organisation, offer, places)

    def location(self, organisation: Organisation, entry: dict[str, Any]) -> Location:
        space = self.spaces.get(entry.get("quarter", ""), organisation.space)
        location = Location(
            **_values(Location, entry),
            organisation=organisation,
            source=SOURCE,
            source_id=entry["key"],
            address=self.address(entry, space) or organisation.address,
            visibility=Visibility.PUBLIC,
        )
        self.add(location)
        for position, schedule in enumerate(entry.get("schedules", ())):
            values = _values(LocationSchedule, schedule)
            self.add(LocationSchedule(**values, location=location, position=position))
        return location

    def offer(self, organisation: Organisation, entry: dict[str, Any], places: dict[str, Location]) -> None:
        is_public = entry.get("public", True)
        held_at = [places[key] for key in entry.get("held_at", ())]
        there = held_at[0].address if held_at else organisation.address
        space = self.spaces.get(entry.get("quarter", ""), there.space if there else organisation.space)
        offer = Offer(
            **_values(Offer, entry)
            | {
                "serves": [self.spaces[name].pk for name in entry.get("serves", ())],
                "serves_tenants": [self.tenants[slug] for slug in entry.get("serves_tenants", ())],
            },
            organisation=organisation,
            source=SOURCE,
            source_id=entry["key"],
            address=self.address(entry, space) or there,
            space=space,
            visibility=Visibility.PUBLIC if is_public else Visibility.TENANT,
            published_at=timezone.now() if is_public else None,
        )
        offer.fill_sort_key()
        self.add(offer)
        for location in held_at:
            self.add(OfferedAt(offer=offer, location=location))
        for position, schedule in enumerate(entry.get("schedules", ())):
            self.add(OfferSchedule(**_values(OfferSchedule, schedule), offer=offer, position=position))
        self.texts(OfferText, offer, entry)
        self.contacts(Contact, "offer", offer, entry)
        self.links("offer", offer, entry)
        self.left_by_visitors(offer, entry)

    def address(self, entry: dict[str, Any], space: SocialSpace | None) -> Address | None:
        """One row for each place, however many meet there."""
        if not (street := entry.get("street")):
            return None
        latitude, longitude = entry.get("at", (None, None))
        place = Address(
            name=entry.get("place", ""),
            street=street,
            postcode=entry.get("postcode") or next(iter(self.town.postcodes), ""),
            town=entry.get("town") or self.town.name,
            latitude=latitude,
            longitude=longitude,
            space=space,
            visibility=Visibility.PUBLIC,
        )
        return self.addresses.setdefault((place.name, street, place.town, space), place)

    def texts(self, model: type[models.Model], record: Offer | Organisation, entry: dict[str, Any]) -> None:
        then = entry.get("outdated", {})
        for language, texts in entry.get("texts", {}).items():
            for name, text in texts.items():
                self.add(
                    model(
                        record=record,
                        text_name=name,
                        language=language,
                        text=text,
                        state=TranslationState.MACHINE,
                        source_text=then.get(name, getattr(record, name)),
                        origin="team, unreviewed",
                    )
                )

    def contacts(
        self, model: type[models.Model], parent: str, record: models.Model, entry: dict[str, Any]
    ) -> None:
        """`deputy_of` names the function of another contact of the same record."""
        known: dict[str, models.Model] = {}
        for position, contact in enumerate(entry.get("contacts", ())):
            row = model(
                **_values(model, contact),
                **{parent: record},
                deputy_of=known.get(contact.get("deputy_of", "")),
                position=position,
            )
            known[contact["function"]] = row
            self.add(row)

    def links(self, kind: str, record: models.Model, entry: dict[str, Any]) -> None:
        for link in entry.get("unreachable", ()):
            self.add(UnreachableLink(**_values(UnreachableLink, link), kind=kind, record_id=record.pk))

    def left_by_visitors(self, offer: Offer, entry: dict[str, Any]) -> None:
        for barrier in entry.get("barriers", ()):
            row = OfferBarrier(**_values(OfferBarrier, barrier), offer=offer)
            row.visibility = Visibility.PUBLIC if row.shown and not row.cleared_at else Visibility.TENANT
            self.add(row)
        for asked in entry.get("registrations", ()):
            row = Registration(**_values(Registration, asked), offer=offer, code_hash=_nobodys_code())
            row.last_contact_at = row.asked_at
            self.add(row)
        for month, count in entry.get("views", {}).items():
            self.add(ViewCount(offer=offer, month=date.fromisoformat(f"{month}-01"), count=count))

    def wish(self, entry: dict[str, Any]) -> None:
        self.add(Wish(**_values(Wish, entry), space=self.spaces.get(entry.get("quarter", ""))))


def _values(model: type[models.Model], entry: dict[str, Any]) -> dict[str, Any]:
    """What of an entry are plain fields of the model; the rest says where it is or what hangs on it."""
    fields = {field.name: field for field in _plain_fields(model)}
    return {name: _typed(fields[name], value) for name, value in entry.items() if name in fields}


def _plain_fields(model: type[models.Model]) -> Iterable[models.Field]:
    return (field for field in model._meta.concrete_fields if not field.is_relation)


def _typed(field: models.Field, value: Any) -> Any:
    """What happened keeps its distance from today, so that nothing is reminded or erased on the first day."""
    if isinstance(field, models.DateTimeField):
        day = date.fromisoformat(value) + (timezone.localdate() - example.TODAY)
        return datetime.combine(day, time(9), timezone.get_default_timezone())
    return field.to_python(value)


def _nobodys_code() -> str:
    return hashlib.sha256(secrets.token_bytes(16)).hexdigest()
