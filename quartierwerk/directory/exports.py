"""The directory as a file: one table (CSV), a sheet a kind (XLSX), points on a map (GeoJSON).

The German headers are part of the format: `mappings/quartierwerk.json` reads them again, in whatever language the
person works who exports, so that a file exported, imported elsewhere and exported there is the same file. Names of
contact persons stay here: they were given for this directory only.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any, Literal

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from quartierwerk import journal, rights
from quartierwerk.documents import csv, xlsx
from quartierwerk.documents.cells import Column, Value
from quartierwerk.intake.values import READERS, Style
from quartierwerk.languages import tags
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility

from . import identity
from .imports.targets import words_for_languages
from .models import Location, Offer, Organisation

Format = Literal["csv", "xlsx", "geojson"]
FORMATS: tuple[Format, ...] = ("csv", "xlsx", "geojson")
MIME_TYPES: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
}
KIND = "Art"
SHEETS = {"Organisation": "Organisationen", "Standort": "Standorte", "Angebot": "Angebote"}
PLACE = (
    "Treffpunkt",
    "Straße und Hausnummer",
    "Adresszusatz",
    "Postleitzahl",
    "Ort",
    "Breitengrad",
    "Längengrad",
)
COORDINATES = ("Breitengrad", "Längengrad")
HEADERS: dict[str, tuple[str, ...]] = {
    "Organisation": ("Nummer", "Name", "Beschreibung", "Website", "Telefon", "E-Mail", *PLACE, "Quartier", "Status", "Sprache", "Weitere Spalten"),
    "Standort": ("Nummer", "Name", "Nummer der Organisation", "Organisation", "Website", "Telefon", *PLACE, "Status", "Weitere Spalten"),
    "Angebot": (
        "Nummer", "Name", "Nummer der Organisation", "Organisation", "Beschreibung", "Zeiten", "Kosten", "Gesprochene Sprachen",
        "Gültig bis", "Website", "Ansprechstelle", "Telefon", "E-Mail", "Erreichbarkeit", *PLACE, "Quartier", "Status", "Sprache",
        "Weitere Spalten",
    ),
}  # fmt: skip
ALL_HEADERS = (
    KIND,
    *dict.fromkeys(header for kind in ("Angebot", "Organisation", "Standort") for header in HEADERS[kind]),
)
# Kept with the record, but with columns of their own here.
OWN_COLUMNS = {"status", "quarter"}

Rows = dict[str, list[dict[str, Value]]]


class NotExportable(ValueError):
    """The records do not fit into the wanted format; the message says which and what to do."""


def export_directory(format: Format, *, by: Person, purpose: str = "") -> bytes:
    """All records of the active municipality as a file. Unchanged records give identical bytes."""
    rights.require(by, "directory.export")
    content = WRITERS[format](rows(by))
    journal.record("directory exported", by=by, purpose=purpose)
    return content


def counts(by: Person) -> dict[str, int]:
    """How many rows this person's file would have, by kind."""
    return {
        "organisations": _visible(by, Organisation).filter(is_placeholder=False).count(),
        "locations": _visible(by, Location).count(),
        "offers": _visible(by, Offer).count(),
    }


def rows(by: Person) -> Rows:
    """Every record this person may see, as a row. A placeholder has none: what is filed under it tells its number."""
    organisations = _visible(by, Organisation).filter(is_placeholder=False).select_related("address", "space")
    locations = _visible(by, Location).select_related("address", "organisation")
    offers = _visible(by, Offer).select_related("address", "space", "organisation")
    offers = offers.prefetch_related("contacts")
    return {
        "Organisation": _sorted(_organisation(one) for one in organisations),
        "Standort": _sorted(_location(one) for one in locations),
        "Angebot": _sorted(_offer(one) for one in offers),
    }


def _visible(by: Person, model: type[Model]) -> QuerySet[Any]:
    return rights.visible(by, "directory.export", model.objects.all())  # type: ignore[attr-defined]


def _sorted(made: Iterable[dict[str, Value]]) -> list[dict[str, Value]]:
    return sorted(made, key=lambda row: (str(row["Name"]).casefold(), str(row["Name"]), str(row["Nummer"])))


def number(record: Any) -> str:
    """What a record is called in a file, also after it travelled to another municipality."""
    return str(identity.number(record._meta.model_name, record.pk, record.source, record.source_id))


def _record(record: Any, name: str) -> dict[str, Value]:
    kept = {column: value for column, value in record.kept_columns.items() if column not in OWN_COLUMNS}
    return {
        "Nummer": number(record),
        "Name": _line(name),
        "Website": record.website,
        "Status": "aktiv" if record.visibility == Visibility.PUBLIC else "inaktiv",
        "Weitere Spalten": json.dumps(kept, ensure_ascii=False, sort_keys=True) if kept else "",
        **_place(record.address),
    }


def _organisation(one: Organisation) -> dict[str, Value]:
    return _record(one, one.name) | {
        "Beschreibung": _lines(one.about),
        "Telefon": _line(one.phone),
        "E-Mail": one.email,
        "Quartier": _quarter(one),
        "Sprache": one.language,
    }


def _location(one: Location) -> dict[str, Value]:
    return _record(one, one.name) | _parent(one.organisation) | {"Telefon": _line(one.phone)}


def _offer(one: Offer) -> dict[str, Value]:
    contact = next(iter(one.contacts.all()), None)
    return (
        _record(one, one.title)
        | _parent(one.organisation)
        | {
            "Beschreibung": _lines(one.description),
            "Zeiten": _lines(one.hours),
            "Kosten": _line(one.cost),
            "Gesprochene Sprachen": "; ".join(_language(tag) for tag in one.languages_spoken),
            "Gültig bis": one.valid_until,
            "Ansprechstelle": _line(contact.function) if contact else "",
            "Telefon": _line(contact.phone) if contact else "",
            "E-Mail": contact.email if contact else "",
            "Erreichbarkeit": _line(contact.hours) if contact else "",
            "Quartier": _quarter(one),
            "Sprache": one.language,
        }
    )


def _parent(organisation: Organisation) -> dict[str, Value]:
    name = "" if organisation.is_placeholder else _line(organisation.name)
    return {"Nummer der Organisation": number(organisation), "Organisation": name}


def _place(address: Any) -> dict[str, Value]:
    if address is None:
        return {}
    texts = (address.name, address.street, address.detail, address.postcode, address.town)
    degrees = [None if one is None else round(one, 7) for one in (address.latitude, address.longitude)]
    return dict(zip(PLACE, [*map(_line, texts), *degrees], strict=True))


def _quarter(record: Any) -> str:
    return record.space.name if record.space else record.kept_columns.get("quarter", "")


def _language(tag: str) -> str:
    """Its German name where an import reads that as the same language again, else its code."""
    name = tags.name(tag, "de")
    return name if words_for_languages().get(name.casefold()) == tag else tag


def _line(text: str) -> str:
    return str(READERS["text"](text, Style()))


def _lines(text: str) -> str:
    return str(READERS["lines"](text, Style()))


def _as_csv(made: Rows) -> bytes:
    table = (
        [kind, *(row.get(header, "") for header in ALL_HEADERS[1:])]
        for kind, all_ in made.items()
        for row in all_
    )
    return csv.render([Column(header) for header in ALL_HEADERS], table)


def _as_xlsx(made: Rows) -> bytes:
    sheets = [
        xlsx.Sheet(
            SHEETS[kind],
            [Column(header, "date" if header == "Gültig bis" else "general") for header in HEADERS[kind]],
            [[row.get(header, "") for header in HEADERS[kind]] for row in all_],
        )
        for kind, all_ in made.items()
    ]
    try:
        return xlsx.render(sheets, title="Verzeichnis")
    except ValueError as refusal:
        raise NotExportable(
            _("A text is too long for a cell of a spreadsheet (%(reason)s). Please choose CSV.")
            % {"reason": refusal}
        ) from None


def _as_geojson(made: Rows) -> bytes:
    features = []
    for kind, all_ in made.items():
        for row in all_:
            at = [row.get(header) for header in reversed(COORDINATES)]
            properties = {
                header: row.get(header) or "" for header in ALL_HEADERS[1:] if header not in COORDINATES
            }
            features.append(
                {
                    "type": "Feature",
                    "id": row["Nummer"],
                    "geometry": None if None in at else {"type": "Point", "coordinates": at},
                    "properties": {KIND: kind, **properties},
                }
            )
    document = {"type": "FeatureCollection", "features": features}
    return json.dumps(document, ensure_ascii=False, indent=1, default=str).encode()


WRITERS: dict[Format, Callable[[Rows], bytes]] = {"csv": _as_csv, "xlsx": _as_xlsx, "geojson": _as_geojson}
