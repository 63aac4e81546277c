"""One table (CSV), a sheet a kind (XLSX), points on a map (GeoJSON), for people.

The German headers are part of the format: `mappings/quartierwerk.json` and `imports/own.py` read them again, in whatever
language the person works who exports, so that a file exported, imported elsewhere and exported there is the same file.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from quartierwerk.documents import csv, xlsx
from quartierwerk.documents.cells import Column, Value
from quartierwerk.intake.values import READERS, Style
from quartierwerk.languages import tags
from quartierwerk.tenants.models import Visibility

from ...models import Location, Offer, Organisation
from .. import carried, own_columns
from ..imports.targets import words_for_languages
from .records import Records, kept, lines, says_something

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
Rows = dict[str, list[dict[str, Value]]]


class NotExportable(ValueError):
    """The records do not fit into the wanted format; the message says which and what to do."""


def rows(records: Records) -> Rows:
    """Every record this person may see, as a row. A placeholder has none: what is filed under it tells its number."""
    maker = _Maker(records)
    organisations = [one for one in records.organisations if not one.is_placeholder]
    return {
        "Organisation": _sorted(map(maker.organisation, organisations)),
        "Standort": _sorted(map(maker.location, records.locations)),
        "Angebot": _sorted(map(maker.offer, records.offers)),
    }


def _sorted(made: Iterable[dict[str, Value]]) -> list[dict[str, Value]]:
    return sorted(made, key=lambda row: (str(row["Name"]).casefold(), str(row["Name"]), str(row["Nummer"])))


class _Maker:
    def __init__(self, records: Records) -> None:
        self.records = records

    def _record(self, record: Any, name: str) -> dict[str, Value]:
        columns = kept(record)
        return {
            "Nummer": self.records.number(record),
            "Name": _line(name),
            "Website": record.website,
            "Status": "aktiv" if record.visibility == Visibility.PUBLIC else "inaktiv",
            "Weitere Spalten": json.dumps(columns, ensure_ascii=False, sort_keys=True) if columns else "",
            **_place(record.address),
        }

    def organisation(self, one: Organisation) -> dict[str, Value]:
        row = self._record(one, one.name) | {
            "Beschreibung": _lines(one.about),
            "Telefon": _line(one.phone),
            "E-Mail": one.email,
            "Quartier": self.records.quarter(one),
            "Sprache": one.language,
        }
        return row | self._further("Organisation", one, first=1)

    def location(self, one: Location) -> dict[str, Value]:
        row = self._record(one, one.name) | self._parent(one) | {"Telefon": _line(one.phone)}
        header, name = own_columns.SPOKEN["Standort"]
        row |= {header: carried.written(one, name), own_columns.TIMES: self._times(one)}
        return row | self._further("Standort", one)

    def offer(self, one: Offer) -> dict[str, Value]:
        contact = next(iter(self.records.contacts(one)), {})
        row = (
            self._record(one, one.title)
            | self._parent(one)
            | {
                "Beschreibung": _lines(one.description),
                "Zeiten": _lines(one.hours),
                "Kosten": _line(one.cost),
                "Gesprochene Sprachen": "; ".join(_language(tag) for tag in one.languages_spoken),
                "Gültig bis": one.valid_until,
                "Ansprechstelle": contact.get("function", ""),
                "Telefon": contact.get("phone", ""),
                "E-Mail": contact.get("email", ""),
                "Erreichbarkeit": contact.get("hours", ""),
                "Quartier": self.records.quarter(one),
                "Sprache": one.language,
            }
        )
        row |= {
            own_columns.TIMES: self._times(one),
            own_columns.SERVES: self.records.serves(one),
            own_columns.HELD_AT: ";".join(
                sorted(self.records.number(place) for _row, place in self.records.held_at(one))
            ),
        }
        return row | self._further("Angebot", one, first=2)

    def _parent(self, record: Any) -> dict[str, Value]:
        organisation = self.records.owners[record.organisation_id]
        name = "" if organisation.is_placeholder else _line(organisation.name)
        return {"Nummer der Organisation": self.records.number(organisation), "Organisation": name}

    def _times(self, record: Any) -> str:
        return "\n".join(map(own_columns.rule_in_words, self.records.schedules(record)))

    def _further(self, kind: str, record: Any, first: int = 0) -> dict[str, Value]:
        """What the plain columns do not hold; contacts are numbered from `first` on."""
        row: dict[str, Value] = {
            header: lines(carried.written(record, name)) for header, name in own_columns.CARRIED[kind].items()
        }
        row |= {header: lines(getattr(record, name)) for header, name in own_columns.TEXTS[kind].items()}
        if first:
            contacts = self.records.contacts(record)
            for number, contact in enumerate(contacts[first - 1 :], first):
                for header, name in own_columns.CONTACT.items():
                    value = contact.get(name, "")
                    row[f"{header} {number}"] = ";".join(value) if isinstance(value, list) else value
            if self.records.own is None:
                row |= self._translations(kind, record)
        return row

    def _translations(self, kind: str, record: Any) -> dict[str, Value]:
        row: dict[str, Value] = {}
        headers = {name: header for header, name in own_columns.TRANSLATED[kind].items()}
        for language, texts in self.records.translations(record).items():
            states = {headers[name]: told.state for name, told in texts.items() if name in headers}
            row |= {
                f"{headers[name]} ({language})": told.text for name, told in texts.items() if name in headers
            }
            words = [f"{header}={state}" for header, state in states.items()]
            is_one = len(set(states.values())) == 1
            row[f"{own_columns.STATE} ({language})"] = (
                next(iter(states.values())) if is_one else ";".join(words)
            )
        return row


def _place(address: Any) -> dict[str, Value]:
    if address is None or not says_something(address):
        return {}
    texts = (address.name, address.street, address.detail, address.postcode, address.town)
    degrees = [None if one is None else round(one, 7) for one in (address.latitude, address.longitude)]
    return dict(zip(PLACE, [*map(_line, texts), *degrees], strict=True))


def _language(tag: str) -> str:
    """Its German name where an import reads that as the same language again, else its code."""
    name = tags.name(tag, "de")
    return name if words_for_languages().get(name.casefold()) == tag else tag


def _line(text: str) -> str:
    return str(READERS["text"](text, Style()))


def _lines(text: str) -> str:
    return str(READERS["lines"](text, Style()))


def _headers(made: Rows, kind: str = "") -> list[str]:
    """Columns of a table: the plain ones, those of our fields, then as many as contacts and languages need."""
    kinds = [kind] if kind else ["Angebot", "Organisation", "Standort"]
    plain = dict.fromkeys(header for one in kinds for header in HEADERS[one])
    further: dict[str, None] = {}
    for one in kinds:
        further |= dict.fromkeys([*own_columns.TEXTS[one], *own_columns.CARRIED[one]])
        further |= dict.fromkeys([own_columns.SPOKEN[one][0]] if one in own_columns.SPOKEN else [])
        further |= dict.fromkeys([own_columns.TIMES] if one != "Organisation" else [])
        further |= dict.fromkeys([own_columns.SERVES, own_columns.HELD_AT] if one == "Angebot" else [])
    plain.pop("Weitere Spalten", None)
    known = {**plain, **further}
    seen = {header for one in kinds for row in made[one] for header in row} - set(known) - {"Weitere Spalten"}
    return [*known, *sorted(seen, key=_place_of_header), "Weitere Spalten"]


def _plain(value: Value) -> Value:
    return "" if value is None else value


def _place_of_header(header: str) -> tuple[int, str, int, str]:
    """Contacts by their number, then languages, each with its texts together."""
    if (numbered := own_columns.NUMBERED.fullmatch(header)) is not None:
        return (0, "", int(numbered[2]), f"{list(own_columns.CONTACT).index(numbered[1])}")
    named = own_columns.IN_LANGUAGE.fullmatch(header)
    return (1, named[2] if named else "", 0, header)


def as_csv(records: Records) -> bytes:
    made = rows(records)
    headers = [KIND, *_headers(made)]
    table = (
        [kind, *(row.get(header, "") for header in headers[1:])]
        for kind, all_ in made.items()
        for row in all_
    )
    return csv.render([Column(header) for header in headers], table)


def as_xlsx(records: Records) -> bytes:
    return _workbook(rows(records))


def as_own_xlsx(records: Records) -> bytes:
    """An organisation's offers, to be filled in and sent back."""
    return _workbook({"Angebot": rows(records)["Angebot"]})


def _workbook(made: Rows) -> bytes:
    sheets = []
    for kind, all_ in made.items():
        headers = _headers(made, kind)
        columns = [Column(header, "date" if header == "Gültig bis" else "general") for header in headers]
        sheets.append(
            xlsx.Sheet(
                SHEETS[kind], columns, [[_plain(row.get(header)) for header in headers] for row in all_]
            )
        )
    try:
        return xlsx.render(sheets, title="Verzeichnis")
    except ValueError as refusal:
        raise NotExportable(
            _("A text is too long for a cell of a spreadsheet (%(reason)s). Please choose CSV.")
            % {"reason": refusal}
        ) from None


def as_geojson(records: Records) -> bytes:
    features = []
    made = rows(records)
    headers = _headers(made)
    for kind, all_ in made.items():
        for row in all_:
            at = [row.get(header) for header in reversed(COORDINATES)]
            properties = {header: row.get(header) or "" for header in headers if header not in COORDINATES}
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
