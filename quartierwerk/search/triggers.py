"""Triggers that note which entries are stale: bulk writes, imports and raw SQL included, nothing to remember.

Built from the register after each `migrate`, like the walls. One statement-level trigger per table and operation writes the
ids of the touched records into `search_stale`, in the same transaction as the change.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connections

from config import env

from . import kinds
from .models import Stale

_SEEN_IN = {"insert": ("new",), "update": ("new", "old"), "delete": ("old",)}


def statements(quote) -> Iterator[str]:
    for kind in kinds.all_kinds():
        for model, column in kind.told_by:
            yield from _for_table(kind.name, model._meta.db_table, column, quote)


def _for_table(kind: str, table: str, column: str, quote) -> Iterator[str]:
    for operation, sides in _SEEN_IN.items():
        name = quote(f"search_{kind}_{operation}_{table}"[:63])
        rows = " union ".join(f"select {quote(column)} as record from {side}_rows" for side in sides)
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


def raise_after_migrate(sender, using, **kwargs):
    if not env.yes("QUARTIERWERK_AS_OWNER"):
        return
    if sender.label != list(apps.get_app_configs())[-1].label:
        return
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    needed = {Stale._meta.db_table, *(m._meta.db_table for k in kinds.all_kinds() for m, _c in k.told_by)}
    if not needed <= existing:
        return  # in the middle of a partial migration
    with connection.cursor() as cursor:
        for statement in statements(connection.ops.quote_name):
            cursor.execute(statement)
