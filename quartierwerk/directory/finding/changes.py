"""A stamp for each municipality that differs after every change of what its lists show (ETag, kept catalogues).

Triggers write one row a statement, so nobody waits for another's transaction and bulk writes, imports and raw SQL count
too. The stamp takes number and newest id together: a transaction that commits late changes the number.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.apps import apps
from django.db import connection, connections
from django.utils import timezone

from config import env
from quartierwerk import jobs
from quartierwerk.places.models import Address, SocialSpace

from ..models import ListChange, Offer, OfferedAt, OfferSchedule, OfferText, Organisation

SHOWN_IN_LISTS = (Offer, OfferText, OfferSchedule, OfferedAt, Organisation, Address, SocialSpace)
# Longer than any transaction lasts; the stamp changes once when old rows go.
KEPT_MINUTES = 60
_ROWS = {"insert": ("new",), "update": ("new", "old"), "delete": ("old",)}


def stamp(tenants: Iterable[int]) -> str:
    """Of everything that these municipalities, and neighbours whose offers serve them, show in lists; one query."""
    ids = list(tenants)
    with connection.cursor() as cursor:
        cursor.execute(
            "select tenant, count(*), max(id) from directory_listchange where tenant = any(%s)"
            " or tenant in (select tenant_id from directory_offer where serves_tenants && %s::bigint[])"
            " group by 1 order by 1",
            [ids, ids],
        )
        return "-".join(f"{tenant}.{number}.{newest}" for tenant, number, newest in cursor.fetchall())


@jobs.periodic("17 * * * *", "directory.forget changes", queue=jobs.UPKEEP)
def forget_changes() -> None:
    """Keep the newest row of each municipality, else its stamp could come back as it was."""
    before = timezone.now() - timedelta(minutes=KEPT_MINUTES)
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from directory_listchange one where at < %s and exists ("
            " select 1 from directory_listchange other where other.tenant = one.tenant and other.id > one.id)",
            [before],
        )


def statements(quote) -> Iterator[str]:
    changes = ListChange._meta.db_table
    for model in SHOWN_IN_LISTS:
        table = model._meta.db_table
        for operation, sides in _ROWS.items():
            name = quote(f"list_changed_{operation}_{table}"[:63])
            rows = " union ".join(f"select tenant_id from {side}_rows" for side in sides)  # noqa: S608 - our own names
            tables = " ".join(f"{side} table as {side}_rows" for side in sides)
            yield (
                f"create or replace function {name}() returns trigger language plpgsql as $$ begin"
                f" insert into {changes} (tenant) {rows}; return null; end $$"
            )
            yield (
                f"create or replace trigger {name} after {operation} on {quote(table)}"
                f" referencing {tables} for each statement execute function {name}()"
            )


def raise_after_migrate(sender, using, **kwargs):
    if not env.yes("QUARTIERWERK_AS_OWNER") or sender.label != list(apps.get_app_configs())[-1].label:
        return
    database = connections[using]
    needed = {ListChange._meta.db_table, *(model._meta.db_table for model in SHOWN_IN_LISTS)}
    if not needed <= set(database.introspection.table_names()):
        return  # in the middle of a partial migration
    with database.cursor() as cursor:
        for statement in statements(database.ops.quote_name):
            cursor.execute(statement)
