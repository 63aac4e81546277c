"""One row of a table → drafts of records, on plain values: no query, no clock."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext as _

from quartierwerk.intake.mapping import Mapping, Record
from quartierwerk.intake.report import RowReport
from quartierwerk.intake.table import Row

from .targets import Kind

Model = Literal["organisation", "location", "offer"]
LONGEST_ID = 200

# „Marktplatz 13, 30880 Laatzen“ and "9525 Sterling Drive, Cutler Bay, FL 33157"
_GERMAN_ADDRESS = re.compile(
    r"^(?P<street>.*?),?\s*\b(?:D-)?(?P<postcode>\d{5})\s+(?P<town>[^\d,]+)$", re.DOTALL
)
_AMERICAN_ADDRESS = re.compile(
    r"^(?P<street>.*),\s*(?P<town>[^,\d]+),\s*(?P<state>[A-Z]{2})\s+(?P<postcode>\d{5}(?:-\d{4})?)$",
    re.DOTALL,
)


@dataclass(frozen=True)
class Text:
    """A translation as a file has it; `is_outdated` where its source changed since it was made."""

    text: str
    state: str = "human"
    is_outdated: bool = False


@dataclass(frozen=True)
class HeldAt:
    """An offer at a location: the location's number in the source, that of the pair, and what else is said of it."""

    location: str
    number: str = ""
    kept: dict[str, str] | None = None  # None leaves what is kept as it is


@dataclass
class Draft:
    """A record as the file has it. `values` holds only fields whose column the mapping names; "" empties them.

    key                  its number in the source
    organisation_key     number of its organisation, where the file gives one
    organisation_name    name of its organisation, where the file gives one
    status               "active", or else for staff only, in the file's own word; empty where the file has no such
                         column, missing in a row means active
    contacts, schedules, texts, at, serves   None where the file does not speak of them; then they stay as they are
    """

    model: Model
    key: str
    row: RowReport
    values: dict[str, Any] = field(default_factory=dict)
    address: dict[str, Any] | None = None
    quarter: str = ""
    serves: list[str] | None = None  # names of quarters
    contacts: list[dict[str, Any]] | None = None
    schedules: list[dict[str, Any]] | None = None
    texts: dict[str, dict[str, Text]] | None = None  # language → name of the text → the text
    at: list[HeldAt] | None = None
    organisation_key: str = ""
    organisation_name: str = ""
    status: str = ""
    kept: dict[str, str] = field(default_factory=dict)
    is_placeholder: bool = False

    @property
    def is_open(self) -> bool:
        return self.status in ("", "active")


TEXTS: dict[Model, tuple[str, ...]] = {
    "organisation": ("name", "about", "website", "phone", "email"),
    "location": ("name", "phone", "website"),
    "offer": ("title", "description", "hours", "cost", "website"),
}
ADDRESS = ("place", "street", "detail", "postcode", "town")
CONTACT = ("contact_function", "contact_phone", "contact_email", "contact_hours")


def read_address(text: str) -> dict[str, str]:
    """A whole address as street, postcode and town where it has their shape, else all of it as the street."""
    text = " ".join(text.split())
    found = _AMERICAN_ADDRESS.match(text) or _GERMAN_ADDRESS.match(text)
    if not found:
        return {"street": text}
    parts = found.groupdict()
    if state := parts.pop("state", ""):
        parts["town"] = f"{parts['town']}, {state}"
    return {name: value.strip(" ,") for name, value in parts.items() if value.strip(" ,")}


def kept_columns(row: Row, mapping: Mapping, account: RowReport, values: dict[str, Any]) -> dict[str, str]:
    """What no field took: columns the mapping does not name, and those whose value could not be read."""
    doubtful = {finding.field for finding in account.findings if finding.state == "warn"}
    taken = {
        column
        for name, source in mapping.sources.items()
        if name in values and name not in doubtful
        for column in source.columns
    }
    kept = {column: cell for column, cell in row.cells.items() if cell and column not in taken}
    return _unpacked(values["kept"], account) | kept if "kept" in values else kept


def _unpacked(text: str, account: RowReport) -> dict[str, str]:
    """Columns that our own export put into one."""
    try:
        packed = json.loads(text)
    except (ValueError, RecursionError):
        packed = None
    if isinstance(packed, dict):
        return {str(column): str(value) for column, value in packed.items()}
    account.warn("kept", _("The further columns are no JSON object and were left out."), typed=text)
    return {}


class Keys:
    """Numbers for rows whose file gives none: the name, and which of several of that name."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def of(self, name: str) -> str:
        base = name[: LONGEST_ID - 8]
        self._seen[base] = self._seen.get(base, 0) + 1
        return base if self._seen[base] == 1 else f"{base} #{self._seen[base]}"


def drafts(
    kind: Kind, record: Record, row: Row, mapping: Mapping, account: RowReport, keys: Keys
) -> list[Draft]:
    """What one row asks for; the organisation before its offer."""
    values = record.values
    models: tuple[Model, ...] = {
        "organisations": ("organisation",),
        "locations": ("location",),
        "offers": ("offer",),
        "actors": ("organisation", "offer"),
    }[kind]  # type: ignore[assignment]
    name = str(
        values.get("name") or values.get("title") or values.get("address") or values.get("street") or ""
    )
    if not name:
        account.refuse(
            "", _("The row has neither a name nor an address."), advice=_("Please fill in one of them.")
        )
        return []
    account.title = name[:100]
    key = str(values.get("id") or keys.of(name))
    kept = kept_columns(row, mapping, account, values)
    named = set(mapping.sources)
    made = []
    for model in models:
        draft = Draft(model, key, account, quarter=str(values.get("quarter", "")))
        draft.status = str(values.get("status", "active")) if "status" in named else ""
        draft.values = {text: values.get(text, "") for text in TEXTS[model] if text in named}
        if "language" in values:
            draft.values["language"] = values["language"]
        draft.address = _address(values, named)
        if model == "offer":
            _offer(draft, values, named, kind)
        if kind == "actors" and model == "offer":
            draft.organisation_key = key
            draft.values["title"] = values.get("title", "") or values["name"]
        else:
            draft.kept = kept
            draft.organisation_key = str(values.get("organisation_id", ""))
            draft.organisation_name = str(values.get("organisation", ""))
        made.append(draft)
    return made


def _offer(draft: Draft, values: dict[str, Any], named: set[str], kind: Kind) -> None:
    if "languages_spoken" in named:
        draft.values["languages_spoken"] = list(values.get("languages_spoken", []))
    if "valid_until" in named:
        draft.values["valid_until"] = values.get("valid_until")
    if named & set(CONTACT):
        contact = {name.removeprefix("contact_"): values.get(name, "") for name in CONTACT}
        draft.contacts = [contact] if any(contact.values()) else []


def _address(values: dict[str, Any], named: Iterable[str]) -> dict[str, Any] | None:
    """Fields of the address; empty where the file has none for this row, None where it has no such columns."""
    named = set(named)
    if not named & {*ADDRESS, "address", "coordinates"}:
        return None
    whole = read_address(values["address"]) if "address" in values else {}
    address: dict[str, Any] = {name: values.get(name) or whole.get(name, "") for name in ADDRESS}
    address["name"] = address.pop("place")
    latitude, longitude = values.get("coordinates") or (None, None)
    address |= {"latitude": latitude, "longitude": longitude}
    return address if any(value not in ("", None) for value in address.values()) else {}
