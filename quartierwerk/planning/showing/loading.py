"""Rows that hang on records, put beside them at once.

Django's own prefetching makes a query object for each record and forgets it again: for a page of the plan that costs more
than the queries. The rows show where their parents show, so row-level security alone decides (`tenants.managers.children`).
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


def with_children(rows: Iterable[M], *names: str) -> list[M]:
    """The rows with `row.<name>.all()` filled, in one query a name."""
    records: list[M] = list(rows)
    if not records:
        return records
    for name in names:
        relation: Any = records[0]._meta.get_field(name)
        parent = relation.field.attname
        held: dict[Any, list[Any]] = {record.pk: [] for record in records}
        for child in relation.related_model.everywhere.filter(**{f"{parent}__in": list(held)}):
            held[getattr(child, parent)].append(child)
        for record in records:
            cache = record.__dict__.setdefault("_prefetched_objects_cache", {})
            cache[name] = held[record.pk]
    return records
