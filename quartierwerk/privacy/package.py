"""A person's own package (Art. 15, 20 GDPR): every row that is about her, of all modules and municipalities.

What concerns somebody else is left out: fields declared as such, and references to records that hold people.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import formats, timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from quartierwerk.languages import tags
from quartierwerk.languages.days import short_day
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from . import erasing, history, labels, rows
from .registry import Record, all_records, record_of
from .retention import PERIODS
from .rows import Subject

# Set by the database or the framework; tell nothing about anybody.
_TECHNICAL = frozenset(
    {"id", "pk", "shared_with", "sort_key", "position", "is_example", "element", "text_languages"}
)


@dataclass(frozen=True)
class Value:
    name: str
    label: str
    raw: Any  # for JSON
    shown: str


@dataclass(frozen=True)
class Entry:
    municipality: str
    values: tuple[Value, ...]
    at: datetime | None = None  # of an earlier version


@dataclass
class Section:
    kind: str
    label: str
    purpose: str
    kept: str
    left_out: list[tuple[str, str]] = field(default_factory=list)  # (field's label, why)
    rows: list[Entry] = field(default_factory=list)
    earlier: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Lock:
    label: str
    until: datetime | None
    reason: str


@dataclass
class Package:
    made_at: datetime
    sections: list[Section]
    locked: list[Lock]

    def as_json(self) -> dict[str, Any]:
        return {
            "format": "quartierwerk-own-data-1",
            "made_at": self.made_at.isoformat(),
            "sections": [
                {
                    "kind": section.kind,
                    "label": section.label,
                    "purpose": section.purpose,
                    "kept": section.kept,
                    "left_out": [{"label": label, "why": why} for label, why in section.left_out],
                    "rows": [_row_json(entry) for entry in section.rows],
                    "earlier_versions": [_row_json(entry) for entry in section.earlier],
                }
                for section in self.sections
            ],
            "locked": [
                {
                    "label": lock.label,
                    "until": lock.until.isoformat() if lock.until else None,
                    "reason": lock.reason,
                }
                for lock in self.locked
            ],
        }


def _row_json(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {
        "municipality": entry.municipality,
        "values": {value.name: {"label": value.label, "value": value.raw} for value in entry.values},
    }
    if entry.at:
        found["until"] = entry.at.isoformat()
    return found


def collect(subject: Subject, *, now: datetime | None = None) -> Package:
    """Everything about somebody, labelled in the active language."""
    now = now or timezone.now()
    municipalities = dict(Tenant.objects.values_list("pk", "name"))
    sections = []
    if not subject.is_nobody:
        with scope.entered(rows.everywhere()):
            for record in all_records():
                if rows.concerns_people(record):
                    section = _section(record, subject, municipalities)
                    if section.rows or section.earlier:
                        sections.append(section)
    locked = [] if subject.is_nobody else told(erasing.preview(subject, now=now))
    return Package(now, sections, locked)


def told(locked: list[erasing.Locked]) -> list[Lock]:
    """What cannot be erased yet, in words."""
    return [Lock(labels.of_one(one.record.model), one.until, reason_in_words(one.reason)) for one in locked]


def reason_in_words(reason: str) -> str:
    for retention, period in PERIODS.items():
        if retention == reason:
            return str(period.reason)
    words = {
        "restriction": _("You asked that it is not used for now."),
        "dispute": _("A legal dispute is not over yet."),
    }
    return words.get(reason, reason)


def kept_in_words(record: Record) -> str:
    period = PERIODS.get(record.retention)
    if period is None:
        return _("as long as it is needed")
    return _("%(span)s after: %(begins)s") % {"span": period.default, "begins": period.begins}


def _section(record: Record, subject: Subject, municipalities: dict[int, str]) -> Section:
    fields = list(_shown_fields(record))
    found = rows.of(record, subject).select_related(*(f.name for f in fields if f.is_relation))
    section = Section(
        kind=record.model._meta.label_lower,
        label=labels.of_several(record.model),
        purpose=str(record.purpose),
        kept=kept_in_words(record),
        left_out=[
            (labels.of_field(record.model._meta.get_field(name)), str(why))
            for name, why in record.withheld.items()
        ],
        rows=[_entry(record, row, fields, municipalities) for row in found],
    )
    earlier = history.of_person(record, subject)
    if earlier is not None:
        kept = {f.name for f in earlier.model._meta.concrete_fields}
        plain = [f for f in fields if f.name in kept and not f.is_relation]
        section.earlier = [
            _entry(record, row, plain, municipalities, at=row.pgh_created_at) for row in earlier
        ]
    return section


def _shown_fields(record: Record) -> Iterator[models.Field]:
    own = record.person.split("__")[0] if isinstance(record.person, str) else ""
    for one in record.model._meta.concrete_fields:
        if one.primary_key or one.name in _TECHNICAL or one.name == "tenant" or one.name in record.withheld:
            continue
        if own in (one.name, one.attname):
            continue  # the account itself, shown in its own section
        if one.is_relation and _holds_people(one.related_model):
            continue
        if isinstance(one, models.UUIDField) and not one.is_relation:
            continue  # the number of another record, perhaps of another person
        yield one


def _holds_people(model: Any) -> bool:
    record = record_of(model)
    return record is None or bool(set(record.personal_fields()) - set(record.withheld))


def _entry(
    record: Record,
    row: models.Model,
    fields: list[models.Field],
    municipalities: dict[int, str],
    at: datetime | None = None,
) -> Entry:
    values = []
    for one in fields:
        value = getattr(row, one.name)
        if value in (None, "", [], {}):
            continue
        said = record.words.get(one.name)
        shown = _choice(one, value) or (said(row) if said else _in_words(one, value))
        if not shown:
            continue
        values.append(Value(one.name, labels.of_field(one), _plain(value), shown))
    return Entry(municipalities.get(getattr(row, "tenant_id", None) or 0, ""), tuple(values), at)


def _choice(one: models.Field, value: Any) -> str:
    if not one.choices or isinstance(value, list):
        return ""
    return str(dict(one.flatchoices).get(value, ""))


def _plain(value: Any) -> Any:
    """As JSON knows it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal | models.Model):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value


def _in_words(one: models.Field, value: Any) -> str:
    if one.name == "language":
        return tags.name(value, get_language() or "de")
    if isinstance(value, bool):
        return pgettext("answer", "yes") if value else pgettext("answer", "no")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {part}" for key, part in value.items())
    return str(value)
