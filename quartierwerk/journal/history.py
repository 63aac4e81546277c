"""Full history per record: every insert, change and deletion, also of bulk writes and raw SQL (triggers)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import pghistory
from django.db.models import Model

M = TypeVar("M", bound=type[Model])


def tracked(*, leave_out: Iterable[str] = ()) -> Callable[[M], M]:
    """Class decorator. `leave_out` names fields that must not outlive an erasure or are derived."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(leave_out) or None,
        # The context lies in the event row itself, so it stands behind the tenant's wall and is pruned with it.
        context_id_field=None,
    )


@dataclass(frozen=True)
class LastChange:
    at: datetime
    actor: UUID | None
    job: str


def last_change(obj: Model) -> LastChange | None:
    """When and by whom a tracked record was changed last, as its history tells."""
    history = obj.pgh_event_model  # type: ignore[attr-defined]
    row = history.objects.filter(pgh_obj_id=obj.pk).order_by("-pgh_id").first()
    if row is None:
        return None
    context = row.pgh_context or {}
    actor = context.get("actor")
    return LastChange(row.pgh_created_at, UUID(actor) if actor else None, context.get("job", ""))
