"""Overdue voices, and those said to be not solved, join the steering group's agenda; without any of the words."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk.languages.days import short_day
from quartierwerk.planning.models import Concept
from quartierwerk.planning.steering.register import MUST, SHOULD, Proposed, Source, agenda
from quartierwerk.rights import Person, may

from ..kinds import OPEN
from ..listing import rows
from ..models import Voice


def waiting(concept: Concept, day: date, person: Person) -> Iterator[Proposed]:
    if not may(person, "voices.read"):
        return
    found = rows.readable(person).filter(state__in=OPEN)
    for voice in found.filter(Q(due_on__lt=day) | Q(reopened_on__isnull=False)).order_by("due_on", "pk"):
        reasons = []
        if voice.due_on < day:
            reasons.append(_("An answer was due on %(day)s.") % {"day": short_day(voice.due_on)})
        if voice.reopened_on:
            reasons.append(_("Said to be not solved on %(day)s.") % {"day": short_day(voice.reopened_on)})
        route = ("participation_staff:voice", {"pk": voice.pk})
        weight = MUST if voice.due_on < day else SHOULD
        yield Proposed(_title(voice), tuple(reasons), voice.pk, route, weight)


def _title(voice: Voice) -> str:
    """It stays in the minutes, also when the words are taken back."""
    where = voice.space.name if voice.space else _("whole municipality")
    return _("Voice of %(day)s: %(kind)s, %(where)s") % {
        "day": short_day(voice.received_on),
        "kind": voice.get_kind_display(),
        "where": where,
    }


def register() -> None:
    agenda.add(Source("overdue voices", gettext_lazy("Voices that wait"), waiting, order=5))
