"""Triggers that note which entries are stale: bulk writes, imports and raw SQL included, nothing to remember.

Built from the register after each `migrate`, like the walls. One statement-level trigger per table and operation writes the
ids of the touched records into `search_stale`, in the same transaction as the change.
"""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import connections

from config import env

from . import kinds
from .models import Stale

_SEEN_IN = {"insert": ("new",), "update": ("new", "old"), "delete": ("old",)}


def statements(quote) -> Iterator[str]:
    for kind in kinds.all_kinds():
        paths: dict[str, list] = {}
        for model, column, *steps in kind.told_by:
            paths.setdefault(model._meta.db_table, []).append((column, steps))
        for table, found in paths.items():
            yield from _for_table(kind.name, table, found, quote)


def _for_table(kind: str, table: str, paths: list, quote) -> Iterator[str]:
    for operation, sides in _SEEN_IN.items():
        # What only names a row elsewhere matters when it changes: a new one has no records yet, a deleted one no more.
        wanted = [path for path in paths if operation == "update" or not path[1]]
        if not wanted:
            continue
        name = quote(f"search_{kind}_{operation}_{table}"[:63])
        rows = " union ".join(_touched(column, steps, sides, quote) for column, steps in wanted)
        yield (
            f"create or replace function {name}() returns trigger language plpgsql as $$ begin"
            f" insert into {Stale._meta.db_table} (kind, record)"
            f" select '{kind}', record from ({rows}) touched where record is not null; return null; end $$"
        )
        tables = " ".join(f"{side} table as {side}_rows" for side in sides)
        yield (
            f"create or replace trigger {name} after {operation} on {quote(table)}"
            f" referencing {tables} for each statement execute function {name}()"
        )


def _touched(column: str, steps: Iterable[kinds.Step], sides: Iterable[str], quote) -> str:
    """A select of the records that the written rows touch, along the path."""
    rows = " union ".join(f"select {quote(column)} as record from {side}_rows" for side in sides)
    for model, key, *column in steps:
        rows = f"select {quote(column[0] if column else 'id')} as record from {quote(model._meta.db_table)} where {quote(key)} in ({rows})"
    return rows


def raise_after_migrate(sender, using, **kwargs):
    if not env.yes("QUARTIERWERK_AS_OWNER"):
        return
    if sender.label != list(apps.get_app_configs())[-1].label:
        return
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    told_by = [told for kind in kinds.all_kinds() for told in kind.told_by]
    models = {told[0] for told in told_by} | {model for told in told_by for model, *_keys in told[2:]}
    needed = {Stale._meta.db_table, *(model._meta.db_table for model in models)}
    if not needed <= existing:
        return  # in the middle of a partial migration
    with connection.cursor() as cursor:
        for statement in statements(connection.ops.quote_name):
            cursor.execute(statement)
