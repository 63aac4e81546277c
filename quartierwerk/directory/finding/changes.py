"""A stamp for each municipality that differs after every change of what its lists show (ETag, kept catalogues).

Triggers write one row a statement and municipality, so nobody waits for another's transaction and bulk writes,
imports and raw SQL count too. The stamp takes number and newest id together: a transaction that commits late changes
the number.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.apps import apps
from django.db import connection, connections
from django.utils import timezone

from config import env
from quartierwerk import jobs
from quartierwerk.places.models import Address, SocialSpace
from quartierwerk.tenants import walls

from ..models import ListChange, Offer, OfferedAt, OfferSchedule, OfferText, Organisation

SHOWN_IN_LISTS = (Offer, OfferText, OfferSchedule, OfferedAt, Organisation, Address, SocialSpace)
# Longer than any transaction lasts; the stamp changes once when old rows go.
KEPT_MINUTES = 60
_ROWS = {"insert": ("new",), "update": ("new", "old"), "delete": ("old",)}

# Neighbours whose offers serve a portal, by its municipalities: the state of theirs at which they were looked up.
_neighbours: dict[tuple[int, ...], tuple[str, list[int]]] = {}


def stamp(tenants: Iterable[int]) -> str:
    """Of everything that these municipalities, and neighbours whose offers serve them, show in lists.

    One query, a second one where there are such neighbours.
    """
    ids = tuple(tenants)
    with connection.cursor() as cursor:
        own = _newest(cursor, ids)
        if len(ids) < 2:  # whoever belongs to no Region has no neighbours (`tenants/managers.py`)
            return own
        known = _neighbours.get(ids)
        if known is None or known[0] != own:
            # An offer that begins or ends to serve a portal changes that portal's own state too: see `statements`.
            cursor.execute(
                "select distinct tenant_id from directory_offer where serves_tenants && %s::bigint[]"
                " and tenant_id <> all(%s)",
                [list(ids), list(ids)],
            )
            known = _neighbours[ids] = own, [tenant for (tenant,) in cursor.fetchall()]
        return f"{own}-{_newest(cursor, known[1])}" if known[1] else own


def _newest(cursor, tenants: Iterable[int]) -> str:
    cursor.execute(
        "select tenant, count(*), max(id) from directory_listchange where tenant = any(%s) group by 1 order by 1",
        [list(tenants)],
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
        shown_by = ("tenant_id", "unnest(serves_tenants)") if walls.serves(model) else ("tenant_id",)
        for operation, sides in _ROWS.items():
            name = quote(f"list_changed_{operation}_{table}"[:63])
            rows = " union ".join(
                f"select distinct {tenants} from {side}_rows"  # noqa: S608 - our own names
                for side in sides
                for tenants in shown_by
            )
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
