"""Which tables leave with a municipality, in the order in which they can be written.

Nothing is listed by hand: a model declares `TenantExport.ROWS` in its records.py, and its history table follows it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from django.db.models import Field, FileField, Model, UUIDField

from quartierwerk.privacy.history import events_of
from quartierwerk.privacy.registry import TenantExport, all_records
from quartierwerk.tenants import walls
from quartierwerk.tenants.models import Tenant

FORMAT = "quartierwerk tenant 1"
SHARED = "shared_with"
# Numbers of municipalities of this installation: whom else a row is shown to is decided anew elsewhere.
OTHERS = (SHARED, "serves_tenants")


@dataclass(frozen=True)
class Table:
    model: type[Model]

    @property
    def label(self) -> str:
        return str(self.model._meta.label_lower)

    @property
    def is_history(self) -> bool:
        return walls.is_history(self.model)

    def fields(self) -> list[Field]:
        """Columns that are written; a history row's own number is drawn anew, as it is one sequence for all."""
        return [
            field
            for field in self.model._meta.concrete_fields
            if not getattr(field, "generated", False) and not (self.is_history and field.primary_key)
        ]

    def columns(self) -> list[str]:
        return sorted(field.column for field in self.fields())

    def other_tenants(self) -> list[Field]:
        """Columns that name another municipality: those numbers hold in one installation only."""
        return [
            field
            for field in self.fields()
            if field.name != "tenant" and field.is_relation and field.related_model is Tenant
        ]

    def outside(self) -> list[Field]:
        """Columns that name records which stay behind."""
        staying = {table.model for table in _unordered()} | {Tenant}
        return [
            field
            for field in self.fields()
            if field.is_relation and field.related_model not in staying and not self.is_history
        ]


def _unordered() -> Iterator[Table]:
    for record in all_records():
        if record.export == TenantExport.ROWS:
            yield Table(record.model)


def leaving() -> list[Table]:
    """Parents before children, since children take their visibility from them; history at the end."""
    rows = {table.model: table for table in _unordered()}
    order: TopologicalSorter[type[Model]] = TopologicalSorter(
        {
            model: {
                field.related_model
                for field in model._meta.concrete_fields
                if field.is_relation and field.related_model in rows and field.related_model is not model
            }
            for model in rows
        }
    )
    try:
        models = list(order.static_order())
    except CycleError:
        models = list(rows)
    tables = [rows[model] for model in models]
    return tables + [Table(events) for table in tables if (events := events_of(table.model))]


def faults() -> Iterator[tuple[type[Model], str]]:
    """Why a declared model could not leave whole. Found by a system check, so before there is data."""
    for table in _unordered():
        if not _belongs_to_one(table.model):
            yield table.model, "is declared to leave with its municipality but belongs to none."
            continue
        if not isinstance(table.model._meta.pk, UUIDField):
            yield (
                table.model,
                "leaves with its municipality and needs a UUID as its key: numbers are taken elsewhere.",
            )
        if table.model._meta.local_many_to_many:
            yield (
                table.model,
                "has a relation to many without a model of its own; only declared models leave.",
            )
        events = events_of(table.model)
        if events is not None and not walls.is_municipal(events):
            yield table.model, "has a history without municipality; track its field `tenant` too."
        for field in table.fields():
            if isinstance(field, FileField):
                yield table.model, f"keeps files in {field.name}, which an export does not carry yet."
        for field in table.outside():
            if not field.null:
                yield (
                    table.model,
                    f"leaves with its municipality, but {field.name} names a record that stays behind.",
                )


def _belongs_to_one(model: type[Model]) -> bool:
    """Also without a wall of its own, as holds are; rows of no municipality stay behind."""
    return any(
        field.name == "tenant" and field.is_relation and field.related_model is Tenant
        for field in model._meta.concrete_fields
    )
