"""Steps of a meeting that no form alone can decide."""

from django.db import transaction

from quartierwerk import journal, rights
from quartierwerk.rights import Person

from ...models import Meeting
from ..inviting import telling
from ..rules import Refusal, Refused

State = Meeting.State


def locked(meeting: Meeting, by: Person, action: str = "planning.write") -> Meeting:
    """The meeting as it stands now, for the rest of the transaction; refused once its minutes are closed."""
    rights.require(by, action, meeting)
    current = (
        Meeting.objects.select_for_update(of=("self",)).select_related("group", "concept").get(pk=meeting.pk)
    )
    if current.frozen_at is not None:
        raise Refused(Refusal.MINUTES_CLOSED)
    if current.state == State.CANCELLED:
        raise Refused(Refusal.CANCELLED)
    return current


@transaction.atomic
def cancel(meeting: Meeting, reason: str, *, by: Person) -> Meeting:
    """It does not take place. Whoever was invited by mail is told so, with the reason."""
    current = locked(meeting, by)
    if not reason.strip():
        raise Refused(Refusal.NO_REASON)
    if current.state == State.HELD:
        raise Refused(Refusal.MEETING_HELD)
    current.state, current.cancelled_reason = State.CANCELLED, reason.strip()
    if current.invitations:
        telling.tell_of_cancelling(current)
    current.save(update_fields=["state", "cancelled_reason", "invitations", "changed_at"])
    journal.record("meeting cancelled", current, by=by)
    return current
