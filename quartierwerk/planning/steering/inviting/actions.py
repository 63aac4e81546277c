from django.db import transaction
from django.utils import timezone

from quartierwerk import journal
from quartierwerk.rights import Person
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from ...models import Meeting
from ..meetings.actions import locked
from ..rules import Refusal, Refused
from . import telling


def refusals(meeting: Meeting) -> list[Refusal]:
    found = {
        Refusal.MEETING_OVER: meeting.starts_at < timezone.now(),
        Refusal.NO_PLACE: not meeting.place.strip(),
        Refusal.NO_AGENDA: not meeting.items.exists(),
    }
    return [refusal for refusal, holds in found.items() if holds]


@transaction.atomic
def invite(meeting: Meeting, *, by: Person) -> int:
    """Tell whoever does not know the meeting as it stands, and if all do, everybody anew; how many mails.

    Raises Refused.
    """
    current = locked(meeting, by)
    if found := refusals(current):
        raise Refused(*found)
    seats = telling.to_be_told(current) or telling.seats_of(current)
    sent = telling.invite(current, Tenant.objects.get(pk=scope.writing()), seats)
    current.state = Meeting.State.INVITED
    current.invited_at, current.invited_with = timezone.now(), telling.fingerprint(current)
    current.save(update_fields=["state", "invited_at", "invited_with", "invitations", "changed_at"])
    journal.record("meeting invited", current, by=by)
    return sent
