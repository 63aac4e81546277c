"""The list of voices with its filters, and the questions to a person."""

from collections.abc import Iterable
from datetime import date

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from quartierwerk import rights
from quartierwerk.languages import tags
from quartierwerk.places.models import SocialSpace
from quartierwerk.planning.measures.tables import Filter, equals, narrowed, page_of
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses

from ..following.pages import STATE_SIGNS
from ..models import Voice, VoiceAnswer, VoiceKind, VoiceState
from . import rows

ANY = ("", gettext_lazy("all"))


def _filters(today: date, languages: Iterable[str], reader: str) -> list[Filter]:
    spaces = SocialSpace.objects.on(today).filter(kind=SocialSpace.Kind.QUARTER).values_list("pk", "name")
    return [
        Filter("state", _("State"), [ANY, *VoiceState.choices], equals("state")),
        Filter("kind", _("What it is"), [ANY, *VoiceKind.choices], equals("kind")),
        Filter(
            "space", _("Quarter"),
            [ANY, *((str(pk), name) for pk, name in spaces), ("none", _("whole municipality"))],
            lambda found, value: found.filter(space=None) if value == "none" else found.filter(space=value),
        ),
        Filter(
            "language", _("Language"), [ANY, *((code, tags.name(code, reader)) for code in languages)],
            equals("language"),
        ),
        Filter(
            "due", pgettext("chain", "Answer"), [ANY, ("overdue", _("overdue")), ("reopened", _("said to be not solved"))],
            lambda found, value: rows.overdue(found, today) if value == "overdue"
            else found.exclude(reopened_on=None).filter(state=VoiceState.IN_WORK),
        ),
    ]  # fmt: skip


@needs("voices.read")
def voices(request):
    found, today = rows.readable(request.person), timezone.localdate()
    languages = sorted(set(found.order_by().values_list("language", flat=True).distinct()))
    filters = _filters(today, languages, request.lang)
    page = page_of(narrowed(found, filters, request).order_by("-received_on", "-pk"), request)
    values = {
        "page": page,
        "lines": [line_of(one, today) for one in page],
        "filters": filters,
        "is_filtered": any(one.chosen for one in filters),
        "may_write": may(request.person, "voices.write"),
        "may_set_terms": may(request.person, "voices.set_terms"),
    }
    return render(request, "participation/staff/voices.html", values)


def line_of(one: Voice, today: date) -> tuple[Voice, str, bool]:
    """The voice, its sign, whether its answer is overdue."""
    return one, STATE_SIGNS[VoiceState(one.state)], one.is_overdue(today)


@needs("voices.read_answers")
def answer(request, pk):
    """It stands with the voice that it answers."""
    found = rights.find_or_404(request.person, "voices.read_answers", VoiceAnswer, pk)
    return redirect(addresses.staff("participation_staff:voice", request, pk=found.voice_id))


@needs("voices.write")
def questions(request):
    """Who wants to speak with a person: answered or passed on within the term."""
    today = timezone.localdate()
    found = rows.open_questions(request.person).prefetch_related("originals")
    page = page_of(found, request)
    values = {"page": page, "lines": [line_of(one, today) for one in page]}
    return render(request, "participation/staff/questions.html", values)
