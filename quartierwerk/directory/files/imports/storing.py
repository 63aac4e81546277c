"""A plan into the database: bulk statements, parents before children. Runs inside the caller's transaction.

Rows travel as one JSON text a batch and are unpacked by the server. Django's bulk_create needs a placeholder for each
value, which took four fifths of the time for 10,000 rows; COPY is refused on tables behind row-level security.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import DateField, Field, Model, TimeField

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


@dataclass(frozen=True)
class _Batch:
    """Rows of one kind that one statement writes: inserted or, with `changed`, these fields of them updated."""

    model: type[Model]
    records: Sequence[Any]
    changed: frozenset[str] = frozenset()

    def as_json(self) -> str:
        fields = self.model._meta.concrete_fields
        return json.dumps(_rows(self.records, fields), default=_plain, ensure_ascii=False)


def store(plan: Plan, told: Callable[[int, int], None] = lambda done, of: None) -> None:
    """Write everything. `told` hears how many of how many rows are written."""
    of = sum(len(rows) for kind in (plan.added, plan.changed) for rows in kind.values())
    done = 0
    for batch, rows in _prepared(_planned(plan)):
        _write(batch, rows)
        told(done := done + len(batch.records), of)
    for model, keys in plan.removed.items():
        model.objects.filter(pk__in=keys).delete()  # type: ignore[attr-defined]
    places_follow(plan.places)


def _planned(plan: Plan) -> Iterator[_Batch]:
    for model in IN_ORDER:
        for some in _batches(plan.added.get(model, [])):
            yield _Batch(model, some)
        for names, rows in _alike(plan.changed.get(model, {}).values()).items():
            for some in _batches(rows):
                yield _Batch(model, some, names)


def _prepared(batches: Iterable[_Batch]) -> Iterator[tuple[_Batch, str]]:
    """Each batch with its text, which is made while the server still writes the batch before."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        waiting: tuple[_Batch, Future[str]] | None = None
        for batch in batches:
            following = batch, beside.submit(batch.as_json)
            if waiting:
                yield waiting[0], waiting[1].result()
            waiting = following
        if waiting:
            yield waiting[0], waiting[1].result()


def _alike(changed: Iterable[tuple[Model, set[str]]]) -> dict[frozenset[str], list[Model]]:
    """Rows by the fields that change in them: no other field of theirs is written."""
    found: dict[frozenset[str], list[Model]] = defaultdict(list)
    for record, names in changed:
        found[frozenset(names)].append(record)
    return found


def _write(batch: _Batch, rows: str) -> None:
    fields = batch.model._meta.concrete_fields
    quote = connection.ops.quote_name
    table, columns = quote(batch.model._meta.db_table), [quote(field.column) for field in fields]
    unpacked = f"jsonb_populate_recordset(null::{table}, %s::jsonb) as new"
    if batch.changed:
        written = {*batch.changed, *(field.attname for field in fields if getattr(field, "auto_now", False))}
        pairs = [f"{quote(f.column)} = new.{quote(f.column)}" for f in fields if f.attname in written]
        sql = f"update {table} as old set {', '.join(pairs)} from {unpacked} where old.id = new.id"  # noqa: S608
    else:
        names = ", ".join(columns)
        sql = f"insert into {table} ({names}) select {names} from {unpacked}"  # noqa: S608 - our own models' names
    with connection.cursor() as cursor:
        cursor.execute(sql, [rows])


def _rows(records: Sequence[Any], fields: Sequence[Field]) -> list[dict[str, Any]]:
    """The rows as save() would write them."""
    if hasattr(records[0], "fill_sort_key"):
        for record in records:
            record.fill_sort_key()
    # Asking each field of each row for its value took a tenth of an import; only these compute theirs.
    computed = [field for field in fields if _computes(field)]
    names, values = [field.column for field in fields], attrgetter(*(field.attname for field in fields))
    made = [dict(zip(names, values(record), strict=True)) for record in records]
    for row, record in zip(made, records, strict=True):
        row |= {field.column: field.pre_save(record, add=record._state.adding) for field in computed}
    return made


def _computes(field: Field) -> bool:
    if isinstance(field, DateField | TimeField):
        return field.auto_now or field.auto_now_add
    return type(field).pre_save is not Field.pre_save


def _plain(value: Any) -> str:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a row")


def _batches(rows: Sequence[Model]) -> Iterator[Sequence[Model]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
