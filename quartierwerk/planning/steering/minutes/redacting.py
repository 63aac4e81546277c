"""Taking a passage out of closed minutes. What is wrong in them is said in an addition; what must not stand there goes."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from quartierwerk import journal, rights
from quartierwerk.privacy import history
from quartierwerk.rights import Person

from ...models import AgendaItem, Attendance, Decision, Meeting, MinutesAddition, Task
from ...redactions.actions import ACTION, Texts, take_out
from ..rules import Refusal, Refused


def texts_of(meeting: Meeting) -> list[Texts]:
    """All that the minutes say, and what was taken off or back before they were closed: that is history only."""
    here, past = Q(meeting=meeting), Q(pgh_obj_id=meeting.pk)
    decisions: Any = history.events_of(Decision)
    decided = set(decisions.objects.filter(here).values_list("pgh_obj_id", flat=True))
    return [
        Texts(Meeting, ("title", "minutes_text"), Q(pk=meeting.pk), past),
        Texts(Attendance, ("name", "deputy_name", "function"), here),
        Texts(AgendaItem, ("title", "outside", "reason", "minutes"), here),
        Texts(Decision, ("words", "withdrawn_reason"), here),
        Texts(Task, ("words", "withdrawn_reason"), Q(decision__in=decided)),
        Texts(MinutesAddition, ("words",), here),
    ]


@transaction.atomic
def redact(meeting: Meeting, passage: str, reason: str, *, by: Person) -> int:
    """How often it stood there; 0 changes nothing. Raises Refused: open minutes are simply corrected."""
    rights.require(by, ACTION, meeting)
    current = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if current.frozen_at is None:
        raise Refused(Refusal.MINUTES_OPEN)
    found = take_out(texts_of(current), passage, reason, by=by, meeting=current)
    if found:
        journal.record("minutes redacted", current, by=by)
    return found
