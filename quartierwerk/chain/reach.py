"""How far the chain reaches from an element, forwards and backwards: one query, whatever the number of links."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, F, Func, Value

SELF, BEFORE, AFTER = "self", "before", "after"


class IsOneOf(Func):
    """`field = any(array)`: one parameter for ten thousand ids, where `in` would send ten thousand."""

    conditional, output_field = True, BooleanField()
    template = "%(expressions)s"
    arg_joiner = " = any"

    def __init__(self, field: str, ids: Iterable[UUID]):
        super().__init__(F(field), _Ids(list(ids)))


class _Ids(Value):
    def as_sql(self, compiler, connection):
        return "(%s::uuid[])", [self.value]


@dataclass(frozen=True)
class Group:
    """Elements of one kind on one side of the way, the oldest first."""

    kind: str
    side: str
    ids: tuple[UUID, ...]
    removed: bool = False
    last_removed: datetime | None = None


# `union`, not `union all`: what was reached once is not walked again, so circles of different relations end.
# `lateral … offset 0` keeps the planner at one look into the index a step: without fresh statistics, as right after
# an import, it would compare every step with every link (ten thousand links: 40 s instead of 0.1 s).
WAY = """
with recursive
  onward(id) as (
    select %(start)s::uuid
    union select l.target_id from onward w cross join lateral (
      select target_id from chain_link where tenant_id = %(tenant)s and source_id = w.id offset 0) l),
  back(id) as (
    select %(start)s::uuid
    union select l.source_id from back w cross join lateral (
      select source_id from chain_link where tenant_id = %(tenant)s and target_id = w.id offset 0) l),
  way(id, side) as (
    select %(start)s::uuid, 'self'
    union all select id, 'after' from onward where id <> %(start)s
    union all select id, 'before' from back where id <> %(start)s)
select e.kind, w.side, e.removed_at is not null, array_agg(w.id order by e.created_at, w.id), max(e.removed_at)
  from way w cross join lateral (
    select kind, removed_at, created_at from chain_element where tenant_id = %(tenant)s and id = w.id offset 0) e
 group by 1, 2, 3 order by 1, 2, 3
"""

ONWARD = """
with recursive onward(id) as (
  select %(start)s::uuid
  union select l.target_id from onward w cross join lateral (
    select target_id from chain_link
     where tenant_id = %(tenant)s and source_id = w.id and relation = %(relation)s offset 0) l)
select exists (select from onward where id = %(end)s)
"""


def whole_way(tenant_id: int, element_id: UUID) -> list[Group]:
    """Every element that led to this one or came of it, as far as the scope may read links."""
    with connection.cursor() as cursor:
        cursor.execute(WAY, {"start": element_id, "tenant": tenant_id})
        return [
            Group(kind, side, tuple(ids), removed, last)
            for kind, side, removed, ids, last in cursor.fetchall()
        ]


def leads_to(tenant_id: int, start: UUID, end: UUID, relation: str) -> bool:
    """Whether one comes from `start` to `end` along links of this relation."""
    values = {"start": start, "end": end, "tenant": tenant_id, "relation": relation}
    with connection.cursor() as cursor:
        cursor.execute(ONWARD, values)
        return cursor.fetchone()[0]
