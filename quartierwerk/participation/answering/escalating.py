"""A question to a person that nobody answered in its term goes to the coordinators, once."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from quartierwerk import journal
from quartierwerk.rights import Person

from ..listing.rows import QUESTION, overdue
from ..models import Voice
from ..telling import tell_of_waiting


@transaction.atomic
def escalate(today: date, *, by: Person) -> int:
    """How many were passed on. Run twice it finds nothing left to do."""
    found = overdue(Voice.objects.filter(QUESTION, escalated_at=None), today).select_for_update()
    number = 0
    for voice in found:
        voice.escalated_at = timezone.now()
        voice.save(update_fields=["escalated_at"])
        journal.record("question passed on", voice, by=by)
        tell_of_waiting(voice)
        number += 1
    return number
