"""What people said and were answered, by quarter; and how many spoke, whatever became of their words."""

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk.chain import panel
from quartierwerk.chain.register import Reader
from quartierwerk.directory.finding.pages import quarters_of
from quartierwerk.languages import showing
from quartierwerk.languages.showing import Shown
from quartierwerk.rights import open_to_all
from quartierwerk.tenants import scope
from quartierwerk.tenants.managers import children
from quartierwerk.web import addresses

from .. import rules
from ..following.pages import STATE_SIGNS, day
from ..models import Voice, VoiceAnswer, VoiceKind, VoiceState

PER_PAGE = 20


@dataclass(frozen=True)
class Heard:
    voice: Voice
    words: Shown
    sign: str
    received: str
    answer: Shown | None
    answered: str = ""
    signed_as: str = ""


@open_to_all
def heard(request):
    quarters = quarters_of(request)
    space = _chosen(request, {str(one.pk) for one in quarters})
    found = Voice.published.filter(tenant=request.tenant)
    if space:
        found = found.filter(space=space)
    found = children(found.select_related("space"), "translations").order_by("-received_on", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    answers = _answers([one.pk for one in page])
    values = {
        "page": page,
        "voices": [_heard(one, answers.get(one.pk), request.lang) for one in page],
        "quarters": quarters,
        "space": space,
        "counts": _counts(request.tenant, space),
        "crumbs": [
            (_("Your voice"), addresses.public("participation:give", request)),
            (_("What people said"), ""),
        ],
    }
    return render(request, "participation/public/heard.html", values)


@open_to_all
def voice(request, pk):
    """One voice with its answer, what led to it and what came of it."""
    found = children(
        Voice.published.filter(tenant=request.tenant, pk=pk).select_related("space"), "translations"
    )
    record = get_object_or_404(found)
    values = {
        "one": _heard(record, _answers([record.pk]).get(record.pk), request.lang),
        "panel": panel.of(record, Reader.of(request)),
        "crumbs": [
            (_("Your voice"), addresses.public("participation:give", request)),
            (_("What people said"), addresses.public("participation:heard", request)),
            (record.get_kind_display(), ""),
        ],
    }
    return render(request, "participation/public/voice.html", values)


@open_to_all
def answer(request, pk):
    """It stands with the voice that it answers."""
    found = get_object_or_404(VoiceAnswer.published.filter(tenant=request.tenant), pk=pk)
    return redirect(addresses.public("participation:voice", request, pk=found.voice_id))


def _chosen(request, known: set[str]) -> str:
    asked = request.GET.get("space", "")
    return asked if asked in known else ""


def _answers(voices: list[UUID]) -> dict[UUID, VoiceAnswer]:
    """The newest of each."""
    rows = children(VoiceAnswer.published.filter(voice__in=voices), "translations").order_by("at")
    return {one.voice_id: one for one in rows}


def _heard(one: Voice, answer: VoiceAnswer | None, lang: str) -> Heard:
    words, sign = showing.show_all(one, lang)["public_words"], STATE_SIGNS[VoiceState(one.state)]
    if answer is None:
        return Heard(one, words, sign, day(one.received_on), None)
    return Heard(
        one,
        words,
        sign,
        day(one.received_on),
        showing.show_all(answer, lang)["words"],
        day(timezone.localdate(answer.at)),
        answer.signed_as,
    )


def _counts(tenant, space: str) -> list[tuple[str, int]]:
    """By kind, of all that were given: also those held back, taken back, or meant for the office alone.

    A kind of which few were given is left out.
    """
    with scope.entered(scope.Scope((tenant.pk,), tuple(tenant.lineage), 0)):
        rows = Voice.objects.exclude(kind=VoiceKind.QUESTION)
        if space:
            rows = rows.filter(space=space)
        found = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
    return [(str(kind.label), found[kind]) for kind in VoiceKind if found.get(kind, 0) >= rules.FEWEST]
