"""Bringing a version back: what would change, whether it still stands as it was seen, and doing it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.db.models import Model, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from quartierwerk import journal, rights, search
from quartierwerk.journal.register import Versioned
from quartierwerk.privacy import history
from quartierwerk.rights import Person

from .tables import Snapshot, Table, latest, pointed_at, tables_of
from .wording import Difference, Words, marked

SALT = "quartierwerk.versions"


class ChangedMeanwhile(Exception):
    """What is to be brought back stands differently since the page was made; nothing was stored."""


class NotPossible(ValueError):
    """The old values do not fit what stands beside them today; `sentences` say why. Nothing was stored."""

    def __init__(self, sentences: list[str]):
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass
class Item:
    """One thing that stood differently then: a field of the record, or a whole row that hangs on it."""

    key: str
    title: str
    what: str  # changed | back (it is gone) | away (it came later)
    differences: list[Difference]
    table: Table
    now: Snapshot | None
    then: Snapshot | None
    fields: list[models.Field]

    @property
    def digest(self) -> str:
        """Of what stands there now."""
        values = [self.now.value(one) for one in self.fields] if self.now else None
        plain = json.dumps(values, cls=DjangoJSONEncoder, sort_keys=True)
        return hashlib.sha256(plain.encode()).hexdigest()[:20]


@dataclass
class Comparison:
    """A version beside today."""

    at: datetime
    items: list[Item] = field(default_factory=list)

    @property
    def seal(self) -> str:
        """What the page shows as standing now; travels along, signed."""
        return signing.dumps({item.key: item.digest for item in self.items}, salt=SALT)


def compare(kind: Versioned, record: Model, at: datetime, reader: str) -> Comparison | None:
    """What bringing the version of that moment back would change; None where the record did not exist yet."""
    then, now, every = {}, {}, []
    for table in tables_of(kind):
        forgotten = history.forgotten(table.model, table.of(record)) if table.personal() else {}
        then[table] = latest(table, record, Q(pgh_created_at__lte=at), forgotten)
        now[table] = {row.pk: _snapshot(table, row) for row in table.rows(record)}
        every += [*then[table].values(), *now[table].values()]
    own = tables_of(kind)[0]
    if record.pk not in then[own] or not then[own][record.pk].is_there:
        return None
    words = Words(kind, reader, every)
    found = Comparison(at)
    for table in tables_of(kind):
        if table.is_record:
            found.items += _fields(words, table, now[table][record.pk], then[table][record.pk])
        elif table.can_return:
            found.items += _rows(words, table, now[table], then[table])
    return found


def _snapshot(table: Table, row: Model) -> Snapshot:
    values = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
    return Snapshot(table, row.pk, 0, datetime.min, True, values, {}, False)


def _given_back(table: Table, then: Snapshot) -> list[models.Field]:
    """Fields the version can give back: what was erased since stays erased."""
    personal = table.personal() if then.forgotten else []
    return [one for one in table.kept() if one not in personal]


def _fields(words: Words, table: Table, now: Snapshot, then: Snapshot) -> Iterable[Item]:
    for one in _given_back(table, then):
        if _same(now.value(one), then.value(one)):
            continue
        pieces = marked(words.value(now, one), words.value(then, one))
        difference = Difference(capfirst(str(one.verbose_name)), *pieces)
        yield Item(f"field-{one.name}", "", "changed", [difference], table, now, then, [one])


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()
    return one == other


def _rows(
    words: Words, table: Table, now: dict[UUID, Snapshot], then: dict[UUID, Snapshot]
) -> Iterable[Item]:
    for pk in {**then, **now}:
        current, old = now.get(pk), then.get(pk)
        old = old if old and old.is_there else None
        if current and old:
            fields = [one for one in _given_back(table, old) if not _same(current.value(one), old.value(one))]
            differences = words.differences(current, _with(current, old, fields))
            if differences:
                yield Item(
                    f"row-{pk}", words.title(current), "changed", differences, table, current, old, fields
                )
        elif old and not table.owned:
            yield Item(
                f"row-{pk}",
                words.title(old),
                "back",
                words.differences(None, old),
                table,
                None,
                old,
                _given_back(table, old),
            )
        elif current and not table.owned:
            yield Item(
                f"row-{pk}",
                words.title(current),
                "away",
                words.differences(current, None),
                table,
                current,
                None,
                table.kept(),
            )


def _with(current: Snapshot, old: Snapshot, fields: list[models.Field]) -> Snapshot:
    """The row as it would stand afterwards."""
    values = {**current.values, **{one.attname: old.value(one) for one in fields}}
    return Snapshot(old.table, old.pk, old.number, old.at, True, values, old.context, False)


@transaction.atomic
def restore(
    kind: Versioned,
    record: Model,
    at: datetime,
    chosen: Iterable[str],
    sealed: str,
    *,
    by: Person,
    reader: str,
) -> list[str]:
    """Bring the chosen things back as a new edit; returns their keys. Raises ChangedMeanwhile, NotPossible, Refused."""
    record = kind.model._base_manager.select_for_update(of=("self",)).get(pk=record.pk)
    _require(kind, record, by)
    comparison = compare(kind, record, at, reader)
    seen = _unseal(sealed)
    wanted = set(chosen)
    items = [item for item in comparison.items if item.key in wanted] if comparison else []
    if {item.key: item.digest for item in items} != {key: seen.get(key) for key in wanted}:
        raise ChangedMeanwhile
    if not items:
        return []
    try:
        with transaction.atomic():
            _apply(record, items)
    except ValidationError as faults:
        raise NotPossible(faults.messages) from None
    except IntegrityError:
        raise NotPossible(
            [_("Something that came later stands in its place. Choose that too, or change it first.")]
        ) from None
    _require(kind, record, by)
    kind.restored(record)
    names = {_field_name(item) for item in items}
    journal.record(f"{kind.model._meta.model_name} restored", record, by=by, fields=names)
    search.changed()
    return [item.key for item in items]


def _field_name(item: Item) -> str:
    """For the journal: the record's own fields by name, rows that hang on it by their kind."""
    return item.fields[0].name if item.table.is_record else str(item.table.model._meta.model_name)


def _require(kind: Versioned, record: Model, by: Person) -> None:
    rights.require(by, kind.action, record)
    rights.require(by, kind.write, record)


def _unseal(sealed: str) -> dict[str, str]:
    try:
        return signing.loads(sealed, salt=SALT)
    except signing.BadSignature:
        return {}


def _apply(record: Model, items: list[Item]) -> None:
    own = [item for item in items if item.table.is_record]
    for item in own:
        _take(record, item)
    if own:
        changed = {one.name for item in own for one in item.fields}
        record.full_clean(exclude=[one.name for one in record._meta.fields if one.name not in changed])
        record.save()
    # What came later makes room first; then rows change, then those that are gone come back.
    for what in ("away", "changed", "back"):
        for item in items:
            if item.what == what and not item.table.is_record:
                _apply_row(record, item)


def _apply_row(record: Model, item: Item) -> None:
    rows = item.table.model._base_manager
    if item.what == "away":
        rows.get(pk=item.now.pk).delete()  # type: ignore[union-attr]
        return
    if item.what == "changed":
        row = rows.select_for_update(of=("self",)).get(pk=item.now.pk)  # type: ignore[union-attr]
    else:
        row = item.table.model(pk=item.then.pk, **{f"{item.table.link}_id": record.pk})  # type: ignore[union-attr]
    _take(row, item)
    row.save(force_insert=item.what == "back")


def _take(row: Model, item: Item) -> None:
    """Put the old values in. A record they name that is gone since cannot be named again."""
    for one in item.fields:
        value = item.then.value(one)  # type: ignore[union-attr]
        if one.is_relation and value and not pointed_at(one)._default_manager.filter(pk=value).exists():
            if not one.null:
                raise ValidationError(
                    _("“%(field)s” names something that is no longer there.")
                    % {"field": capfirst(str(one.verbose_name))}
                )
            value = None
        setattr(row, one.attname, value)
