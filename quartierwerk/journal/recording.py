"""Writing the journal. Called inside the action's transaction, so an entry and its effect stand or fall together."""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from django.db.models import Model

from .context import request_id
from .models import JournalEntry, SecurityEvent


class Actor(Protocol):
    """A person or a named job: `rights.Person` is one."""

    @property
    def account_id(self) -> UUID | None: ...
    @property
    def job(self) -> str: ...
    @property
    def role_names(self) -> list[str]: ...


def _who(by: Actor) -> dict:
    return {"actor": by.account_id, "job": by.job, "roles": by.role_names, "request": request_id()}


def record(
    action: str,
    obj: Model | None = None,
    *,
    by: Actor,
    fields: Iterable[str] = (),
    purpose: str = "",
    result: str = "done",
) -> JournalEntry:
    """One line of the trail in the active municipality. `fields` are names, never values."""
    return JournalEntry.objects.create(
        action=action,
        object_kind=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        fields=sorted(fields),
        purpose=purpose,
        result=result,
        **_who(by),
    )


def record_security(action: str, *, by: Actor, address: str | None = None, result: str = "done") -> None:
    SecurityEvent.objects.create(action=action, address=address or None, result=result, **_who(by))
