"""Overdue voices, and those said to be not solved, join the main concept's agenda: one item with their number."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quartierwerk.languages.days import short_day
from quartierwerk.planning.models import Concept
from quartierwerk.planning.steering.register import MUST, SHOULD, Proposed, Source, agenda
from quartierwerk.rights import Person, may

from ..kinds import OPEN
from ..listing import rows


def waiting(concept: Concept, day: date, person: Person) -> Iterator[Proposed]:
    """Voices belong to no concept: they are talked about in the first one, which is the town's own."""
    if not may(person, "voices.read") or concept != Concept.objects.first():
        return
    late = Q(due_on__lt=day)
    found = rows.readable(person).filter(state__in=OPEN).aggregate(
        late=Count("pk", filter=late), since=Min("due_on", filter=late),
        again=Count("reopened_on"), said=Min("reopened_on"),
    )  # fmt: skip
    reasons, lasting = [], []
    if found["late"]:
        told = {"n": found["late"], "day": short_day(found["since"])}
        words = ngettext(
            "%(n)s answer is overdue, since %(day)s.",
            "%(n)s answers are overdue, the oldest since %(day)s.",
            found["late"],
        )
        reasons.append(words % told)
        lasting.append(_("An answer was due on %(day)s.") % told)
    if found["again"]:
        told = {"n": found["again"], "day": short_day(found["said"])}
        words = ngettext(
            "%(n)s voice was said to be not solved.",
            "%(n)s voices were said to be not solved.",
            found["again"],
        )
        reasons.append(words % told)
        lasting.append(_("Said to be not solved on %(day)s.") % told)
    if reasons:
        # Nothing of the voices themselves: it stays in the minutes, also when they are taken back.
        title = _("Voices that wait")
        yield Proposed(
            title,
            tuple(reasons),
            concept.pk,
            ("participation_staff:voices", {}),
            MUST if found["late"] else SHOULD,
            outside=title,
            lasting=tuple(lasting),
            query="?due=overdue" if found["late"] else "?due=reopened",
        )


def register() -> None:
    agenda.add(Source("overdue voices", gettext_lazy("Voices that wait"), waiting, order=5))
