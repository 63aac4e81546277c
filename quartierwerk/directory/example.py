"""Organisations and offers of the example town: all invented, in several languages, some with gaps to mend.

The files in `data/example/<municipality>/` name the fields as the models do; `key` becomes the number in the source,
and `example_note` says why a record is stale, double or unfinished on purpose.
"""

import json
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

from django.db import models
from django.utils import timezone

from quartierwerk.languages.states import TranslationState
from quartierwerk.places.models import Address, SocialSpace
from quartierwerk.tenants import example
from quartierwerk.tenants.models import Tenant, Visibility

from .models import Contact, Offer, OfferText, Organisation, OrganisationText

FILES = Path(__file__).parent / "data" / "example"
SOURCE = "example"
# Keys that say where a record is or what hangs on it; every other key is a field of the model.
_PLACE = ("place", "street", "postcode", "town", "at", "quarter")
_HANGING = ("key", "example_note", "public", "contacts", "offers", "schedules", "texts", "outdated")


@example.part(order=50)
def offers(town: Tenant) -> None:
    entries = [entry for path in sorted((FILES / town.slug).glob("*.json")) for entry in _read(path)]
    if entries:
        _Town(town).load(entries)


def _read(path: Path) -> list[dict]:
    return json.loads(path.read_text())


class _Town:
    """Collects the rows of one municipality, then writes each table at once."""

    def __init__(self, town: Tenant):
        self.town = town
        self.spaces = {space.name: space for space in SocialSpace.objects.all()}
        self.tenants = dict(Tenant.objects.values_list("slug", "pk"))
        self.addresses: dict[tuple, Address] = {}
        self.organisations: list[Organisation] = []
        self.offers: list[Offer] = []
        self.hanging: dict[type[models.Model], list[models.Model]] = {}

    def load(self, entries: list[dict]) -> None:
        for entry in entries:
            organisation = self.organisation(entry)
            for offer in entry["offers"]:
                self.offer(organisation, offer)
        Address.objects.bulk_create(self.addresses.values())
        Organisation.objects.bulk_create(self.organisations)
        Offer.objects.bulk_create(self.offers)
        for model, rows in self.hanging.items():
            model.objects.bulk_create(rows)

    def organisation(self, entry: dict) -> Organisation:
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
        self.organisations.append(organisation)
        self.texts(OrganisationText, organisation, entry)
        return organisation

    def offer(self, organisation: Organisation, entry: dict) -> None:
        space = self.spaces.get(entry.get("quarter", ""), organisation.space)
        is_public = entry.get("public", True)
        values = _values(Offer, entry)
        if "serves_tenants" in values:
            values["serves_tenants"] = [self.tenants[slug] for slug in values["serves_tenants"]]
        offer = Offer(
            **values,
            organisation=organisation,
            source=SOURCE,
            source_id=entry["key"],
            address=self.address(entry, space) or organisation.address,
            space=space,
            visibility=Visibility.PUBLIC if is_public else Visibility.TENANT,
            published_at=timezone.now() if is_public else None,
        )
        offer.fill_sort_key()
        self.offers.append(offer)
        self.texts(OfferText, offer, entry)
        self.contacts(offer, entry)

    def address(self, entry: dict, space: SocialSpace | None) -> Address | None:
        """One row for each place, however many meet there."""
        if not (street := entry.get("street")):
            return None
        latitude, longitude = entry.get("at", (None, None))
        values = {
            "name": entry.get("place", ""),
            "street": street,
            "postcode": entry.get("postcode") or next(iter(self.town.postcodes), ""),
            "town": entry.get("town") or self.town.name,
        }
        return self.addresses.setdefault(
            tuple(values.values()),
            Address(
                **values, latitude=latitude, longitude=longitude, space=space, visibility=Visibility.PUBLIC
            ),
        )

    def contacts(self, record: Offer, entry: dict) -> None:
        for position, contact in enumerate(entry.get("contacts", ())):
            self.add(Contact(**_values(Contact, contact), offer=record, position=position))

    def texts(self, model: type[models.Model], record: Offer | Organisation, entry: dict) -> None:
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

    def add(self, row: models.Model) -> None:
        self.hanging.setdefault(type(row), []).append(row)


def _values(model: type[models.Model], entry: dict) -> dict:
    return dict(_known(model, entry))


def _known(model: type[models.Model], entry: dict) -> Iterator[tuple[str, object]]:
    fields = {field.name: field for field in model._meta.concrete_fields if not field.is_relation}
    for name, value in entry.items():
        if name in _PLACE or name in _HANGING or name not in fields:
            continue
        is_moment = isinstance(fields[name], models.DateTimeField)
        yield name, _morning(value) if is_moment else value


def _morning(day: str) -> datetime:
    return datetime.combine(datetime.fromisoformat(day), time(9), timezone.get_default_timezone())
