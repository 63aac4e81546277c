"""Which voices wait for what: used by the list, the work list, the first page and the agenda alike."""

from datetime import date

from django.db.models import Q, QuerySet

from quartierwerk import rights
from quartierwerk.rights import Person

from ..kinds import OPEN
from ..models import Voice, VoiceKind, VoiceState

QUESTION = Q(kind=VoiceKind.QUESTION)


def readable(person: Person, action: str = "voices.read") -> QuerySet[Voice]:
    return rights.visible(person, action, Voice.objects.select_related("space", "owner_team"))


def unchecked(person: Person) -> QuerySet[Voice]:
    return (
        readable(person, "voices.write").filter(~QUESTION, state=VoiceState.RECEIVED).order_by("due_on", "pk")
    )


def overdue(rows: QuerySet[Voice], today: date) -> QuerySet[Voice]:
    return rows.filter(state__in=OPEN, due_on__lt=today).order_by("due_on", "pk")


def open_questions(person: Person) -> QuerySet[Voice]:
    return readable(person, "voices.write").filter(QUESTION, state__in=OPEN).order_by("due_on", "pk")
