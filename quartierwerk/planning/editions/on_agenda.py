"""An edition in work is proposed to the steering group, and known again on the agendas on which it stood."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quartierwerk import rights
from quartierwerk.rights import Person

from ..models import Concept, Edition
from ..steering.register import MUST, SHOULD, Proposed, Source, agenda
from .rules import State

SOURCE = "editions in work"


def proposed(concept: Concept, day: date, person: Person) -> Iterator[Proposed]:
    rows = rights.visible(person, "planning.read_editions", Edition.objects.filter(concept=concept))
    unanswered = Count("comments", filter=Q(comments__answer=""))
    for row in rows.filter(state__in=[State.DRAFT, State.CONSULTATION]).annotate(unanswered=unanswered):
        reasons, weight = [_("It is being prepared for the council.")], SHOULD
        if row.state == State.CONSULTATION and row.consultation_until:
            last = date_format(row.consultation_until, "SHORT_DATE_FORMAT")
            reasons = [_("Comments until %(day)s.") % {"day": last}]
        if row.unanswered:
            words = ngettext(
                "%(n)s comment has no answer yet.", "%(n)s comments have no answer yet.", row.unanswered
            )
            reasons.append(words % {"n": row.unanswered})
            weight = MUST
        yield Proposed(row.title, tuple(reasons), row.pk, ("planning_staff:edition", {"pk": row.pk}), weight)


def names(edition: Edition) -> Q:
    """Meetings with an item about this edition."""
    by_title = Q(items__title__icontains=edition.title)
    return by_title | Q(items__source_name=SOURCE, items__source_id=edition.pk)


def register() -> None:
    agenda.add(Source(SOURCE, gettext_lazy("Editions in work"), proposed, order=5))
