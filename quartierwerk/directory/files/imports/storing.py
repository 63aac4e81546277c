"""A plan into the database: bulk statements, parents before children. Runs inside the caller's transaction.

Rows travel as one JSON text a batch and are unpacked by the server. Django's bulk_create needs a placeholder for each
value, which took four fifths of the time for 10,000 rows; COPY is refused on tables behind row-level security.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Field, Model

from quartierwerk.places.models import Address

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
from ...showing.with_places import places_follow
from .plan import Plan

IN_ORDER: tuple[type[Model], ...] = (
    Address, Organisation, Location, Offer, Contact, OrganisationContact, OfferSchedule, LocationSchedule, OfferedAt,
    OrganisationText, OfferText,
)  # fmt: skip
BATCH = 1_000


def store(plan: Plan, told: Callable[[int, int], None] = lambda done, of: None) -> None:
    """Write everything. `told` hears how many of how many rows are written."""
    of = sum(len(rows) for kind in (plan.added, plan.changed) for rows in kind.values())
    done = 0
    for model in IN_ORDER:
        for some in _batches(plan.added.get(model, [])):
            _write(model, some)
            told(done := done + len(some), of)
        for names, rows in _alike(plan.changed.get(model, {}).values()).items():
            for some in _batches(rows):
                _write(model, some, changed=names)
                told(done := done + len(some), of)
    for model, keys in plan.removed.items():
        model.objects.filter(pk__in=keys).delete()  # type: ignore[attr-defined]
    places_follow(plan.places)


def _alike(changed: Iterable[tuple[Model, set[str]]]) -> dict[frozenset[str], list[Model]]:
    """Rows by the fields that change in them: no other field of theirs is written."""
    found: dict[frozenset[str], list[Model]] = defaultdict(list)
    for record, names in changed:
        found[frozenset(names)].append(record)
    return found


def _write(model: type[Model], records: Sequence[Any], changed: frozenset[str] = frozenset()) -> None:
    """Insert these rows, or, with `changed`, update those fields of them."""
    fields = model._meta.concrete_fields
    rows = json.dumps([_row(record, fields) for record in records], default=_plain, ensure_ascii=False)
    quote = connection.ops.quote_name
    table, columns = quote(model._meta.db_table), [quote(field.column) for field in fields]
    unpacked = f"jsonb_populate_recordset(null::{table}, %s::jsonb) as new"
    if changed:
        written = {*changed, *(field.attname for field in fields if getattr(field, "auto_now", False))}
        pairs = [f"{quote(f.column)} = new.{quote(f.column)}" for f in fields if f.attname in written]
        sql = f"update {table} as old set {', '.join(pairs)} from {unpacked} where old.id = new.id"  # noqa: S608
    else:
        names = ", ".join(columns)
        sql = f"insert into {table} ({names}) select {names} from {unpacked}"  # noqa: S608 - our own models' names
    with connection.cursor() as cursor:
        cursor.execute(sql, [rows])


def _row(record: Any, fields: Sequence[Field]) -> dict[str, Any]:
    """The row as save() would write it."""
    if hasattr(record, "fill_sort_key"):
        record.fill_sort_key()
    return {field.column: field.pre_save(record, add=record._state.adding) for field in fields}


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a row")


def _batches(rows: Sequence[Model]) -> Iterator[Sequence[Model]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
