"""Which voices wait for what: used by the list, the work list, the first page and the agenda alike."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from quartierwerk import rights
from quartierwerk.rights import Person

from ..kinds import ENDED, OPEN
from ..models import Voice, VoiceKind, VoiceNews, VoiceState
from ..rules import ENDS_OF_MEASURES, ENDS_OF_NEEDS

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


def to_be_told(person: Person) -> QuerySet[Voice]:
    """Answered before a need or a measure that they led to came to its end: nobody has told them of it."""
    ends = Q(need__isnull=False, became__in=ENDS_OF_NEEDS) | Q(
        measure__isnull=False, became__in=ENDS_OF_MEASURES
    )
    since = VoiceNews.objects.filter(ends, voice=OuterRef("pk"), at__gt=OuterRef("answered_at"))
    rows = readable(person, "voices.write").filter(Exists(since), state__in=ENDED)
    return rows.prefetch_related("news__need", "news__measure").order_by("received_on", "pk")
