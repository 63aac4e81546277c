"""What of the voices waits for somebody, on the work list and on the first page."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk.languages.days import short_day
from quartierwerk.planning.models import Need, Stage
from quartierwerk.rights import may
from quartierwerk.web import addresses
from quartierwerk.web.work import Line, Pile, piles

from .listing import rows
from .models import Voice, VoiceState


def line(one: Voice, request: Any) -> Line:
    day = short_day(one.due_on)
    late = one.due_on < timezone.localdate()
    due = _("overdue since %(day)s") % {"day": day} if late else _("answer until %(day)s") % {"day": day}
    where = one.space.name if one.space else _("whole municipality")
    url = addresses.staff("participation_staff:voice", request, pk=one.pk)
    if one.public_words:
        return Line(one.public_words[:80], url, f"{where}, {due}", one.language)
    return Line(one.get_kind_display(), url, f"{where}, {due}")


def unanswered(request: Any):
    """Checked and not answered yet, the most urgent first."""
    found = rows.readable(request.person, "voices.write").exclude(rows.QUESTION)
    return found.filter(state__in=(VoiceState.CHECKED, VoiceState.IN_WORK)).order_by("due_on", "pk")


def told_line(one: Voice, request: Any) -> Line:
    """With the last thing that happened to what it led to."""
    last = list(one.news.all())[-1]
    state = Need.State(last.became) if last.need else Stage(last.became)
    what = f"{last.need or last.measure}: {state.label}"
    shown = line(one, request)
    return Line(shown.title, shown.url, what, shown.language)


def register() -> None:
    def writes(request: Any) -> bool:
        return may(request.person, "voices.write")

    for pile in (
        Pile(
            "questions",
            gettext_lazy("Questions to a person"),
            rows=lambda request: rows.open_questions(request.person),
            page=lambda request: addresses.staff("participation_staff:questions", request),
            visible=writes,
            order=8,
        ),
        Pile(
            "voices-new",
            gettext_lazy("Voices to be read"),
            rows=lambda request: rows.unchecked(request.person),
            line=line,
            visible=writes,
            hint=gettext_lazy("Nobody else reads them before you have checked names and numbers."),
            first=4,
            order=9,
        ),
        Pile(
            "voices-open",
            gettext_lazy("Voices that wait for an answer"),
            rows=unanswered,
            line=line,
            visible=writes,
            hint=gettext_lazy("Answer them within the term, or say who else is responsible."),
            first=4,
            order=10,
        ),
        Pile(
            "voices-news",
            gettext_lazy("Voices whose need or measure came to an end"),
            rows=lambda request: rows.to_be_told(request.person),
            line=told_line,
            visible=writes,
            hint=gettext_lazy("Answer once more and say what became of it. Then it leaves this list."),
            order=11,
        ),
    ):
        piles.add(pile)
