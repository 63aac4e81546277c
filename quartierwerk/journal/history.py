"""Full history per record: every insert, change and deletion, also of bulk writes and raw SQL (triggers)."""

from collections.abc import Callable, Iterable
from typing import TypeVar

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
