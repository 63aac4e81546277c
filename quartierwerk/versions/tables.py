"""Which tables tell a record's history: its own, those of the rows that hang on it, and those it owns."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Field, Model, Q, QuerySet

from quartierwerk.journal.register import Versioned
from quartierwerk.languages.models import Translation
from quartierwerk.privacy import history
from quartierwerk.privacy.blanks import blank
from quartierwerk.privacy.registry import record_of

# Say which text it is, which its title does; and what people read about a text, though no form asks for it.
IN_TITLE, READ = frozenset({"text_name", "language"}), frozenset({"checked_by", "checked_on"})
# Kept by the database or by an action of its own: shown at most, never brought back by hand.
BY_ITSELF = frozenset({"id", "tenant", "visibility", "shared_with", "changed_at", "published_at"})


@dataclass(frozen=True)
class Table:
    """link: field that leads to the record; "" where this is the record's own table. owned: field of the record that leads here."""

    model: type[Model]
    link: str = ""
    owned: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def events(self) -> type[Model]:
        found = history.events_of(self.model)
        assert found is not None  # noqa: S101 - only tracked models get here
        return found

    @property
    def is_record(self) -> bool:
        return not self.link and not self.owned

    def of(self, record: Model) -> Q:
        """History rows of this table that tell of the record."""
        if self.link:
            return Q(**{self.link: record.pk})
        if self.owned:
            parents = history.events_of(type(record))._default_manager.filter(pgh_obj_id=record.pk)  # type: ignore[union-attr]
            return Q(pgh_obj_id__in=parents.values(self.owned))
        return Q(pgh_obj_id=record.pk)

    def told(self, record: Model) -> QuerySet:
        return self.events._default_manager.filter(self.of(record))

    def rows(self, record: Model) -> QuerySet:
        """What stands there now."""
        rows = self.model._default_manager.all()
        if self.link:
            return rows.filter(**{self.link: record.pk})
        return rows.filter(pk=getattr(record, f"{self.owned}_id") if self.owned else record.pk)

    @property
    def can_return(self) -> bool:
        return self.model.__name__ not in self.left_out

    def told_fields(self) -> list[Field]:
        told = {field.name for field in self.events._meta.concrete_fields}
        return [
            field
            for field in self.model._meta.concrete_fields
            if field.name in told and field.name not in BY_ITSELF and field.name != self.link
            and not getattr(field, "auto_now", False) and not getattr(field, "auto_now_add", False)
            and (field.editable or not self.is_record)
        ]  # fmt: skip

    def kept(self) -> list[Field]:
        """Fields that an earlier version can give back."""
        return [field for field in self.told_fields() if field.name not in self.left_out]

    def shown(self) -> list[Field]:
        """Fields people know from the form, and who may see the record."""
        known = [field for field in self.told_fields() if field.editable or field.name in READ]
        if issubclass(self.model, Translation):
            known = [field for field in known if field.name not in IN_TITLE]
        if self.is_record:
            known += [field for field in self.model._meta.concrete_fields if field.name == "visibility"]
        return known

    def personal(self) -> list[Field]:
        record = record_of(self.model)
        names = set(record.personal_fields()) if record else set()
        return [field for field in self.told_fields() if field.name in names]


def pointed_at(field: Any) -> type[Model]:
    return field.related_model


@cache
def tables_of(kind: Versioned) -> tuple[Table, ...]:
    """The record's own first; then texts, contacts, hours: whatever takes its visibility from the record."""
    parts = [
        Table(model, link=parent, left_out=kind.leave_out)
        for model in apps.get_models()
        if (parent := getattr(model, "wall_parent", lambda: None)()) and history.events_of(model)
        and model._meta.get_field(parent).related_model is kind.model
    ]  # fmt: skip
    owned = [Table(pointed_at(kind.model._meta.get_field(name)), owned=name) for name in kind.owned]
    return (Table(kind.model, left_out=kind.leave_out), *parts, *owned)


@dataclass
class Snapshot:
    """One row as it stood at a moment. `values`: column → value; `forgotten` where personal values were erased since."""

    table: Table
    pk: UUID
    number: int  # in the order in which things happened
    at: datetime
    is_there: bool
    values: dict[str, Any]
    context: dict[str, Any]
    forgotten: bool

    def value(self, field: Field) -> Any:
        return self.values[field.attname]


def snapshots(table: Table, rows: QuerySet, forgotten: dict[Any, int]) -> list[Snapshot]:
    """History rows with what people asked to forget left out, also where it is only due tonight."""
    columns = [
        field.attname for field in table.events._meta.concrete_fields if not field.name.startswith("pgh_")
    ]
    found = []
    for row in rows:
        one = Snapshot(
            table=table,
            pk=row.pgh_obj_id,
            number=row.pgh_id,
            at=row.pgh_created_at,
            is_there=row.pgh_label != "delete",
            values={column: getattr(row, column) for column in columns},
            context=row.pgh_context or {},
            forgotten=row.pgh_id <= forgotten.get(row.pgh_obj_id, 0),
        )
        if one.forgotten:
            one.values |= {field.attname: blank(field) for field in table.personal()}
        found.append(one)
    return found


def latest(table: Table, record: Model, until: Q, forgotten: dict[Any, int]) -> dict[UUID, Snapshot]:
    """Each row's last state among the history rows that fulfil `until`."""
    rows = table.told(record).filter(until).order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return {one.pk: one for one in snapshots(table, rows, forgotten)}
