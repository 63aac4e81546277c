"""Numbers of entries that were merged into others here: a list that still has them must not bring them back."""

import uuid
from collections.abc import Collection
from typing import Any

from ...models import Moved
from .. import identity


def merged(model: Any, keys: Collection[str], source: str, *, by_identity: bool) -> dict[str, Any]:
    """Number in the list → the record that the entry was merged into."""
    rows = Moved.objects.filter(kind=model._meta.model_name)
    leads: dict[str, uuid.UUID] = {}
    asked = {number: key for key in keys if (number := identity.as_uuid(key))} if by_identity else {}
    for row in rows:
        if row.source and row.source == source and row.source_id in keys:
            leads[row.source_id] = row.new
        elif key := asked.get(identity.number(row.kind, row.old, row.source, row.source_id)):
            leads[key] = row.new
    stay = model.objects.in_bulk(set(leads.values()))
    return {key: stay[pk] for key, pk in leads.items() if pk in stay}
