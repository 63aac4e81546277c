"""What whoever gave a voice sees: her words, the answers in her language, and the whole way as far as it is public.

Read inside the municipality, since neither her original words nor an unpublished voice are public; what came of it is
shown through the public rows alone, so that she sees no more of the plan than everybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from quartierwerk.chain import panel, reach
from quartierwerk.chain.register import Knot, Reader
from quartierwerk.directory.requests import about
from quartierwerk.directory.requests.about import About
from quartierwerk.languages import showing, tags
from quartierwerk.languages.showing import Shown
from quartierwerk.planning.measures import facts
from quartierwerk.planning.models import Measure
from quartierwerk.planning.showing import measure_page, money
from quartierwerk.planning.showing.loading import with_children
from quartierwerk.web import hits, markup

from .. import rules
from ..models import Voice, VoiceAnswer, VoiceState
from . import news
from .actions import answered_on

STATE_SIGNS = {
    VoiceState.RECEIVED: "none",
    VoiceState.CHECKED: "none",
    VoiceState.IN_WORK: "warn",
    VoiceState.ANSWERED: "ok",
    VoiceState.NOT_OURS: "done",
    VoiceState.HELD: "none",
    VoiceState.WITHDRAWN: "none",
}


@dataclass(frozen=True)
class AnswerShown:
    words: Shown
    day: str
    signed_as: str


@dataclass
class VoicePage:
    """words: as she gave them; `words_language` is the one they are in."""

    voice: Voice
    words: str
    words_language: str
    sign: str
    is_public: bool
    answers: list[AnswerShown]
    knots: list[hits.Knot]
    about: About | None
    due: str
    may_reopen: bool
    reopen_until: str
    has_reach: bool


def day(value: date) -> str:
    return date_format(value, "DATE_FORMAT")


def of(voice: Voice, request) -> VoicePage:
    """Within the staff scope of the voice's municipality."""
    answered = answered_on(voice)
    until = answered + rules.REOPEN_WITHIN if answered else None
    return VoicePage(
        voice=voice,
        words=voice.original.words or voice.public_words,
        words_language=voice.language,
        sign=STATE_SIGNS[VoiceState(voice.state)],
        is_public=voice.visibility == "public",
        answers=answers_of(voice, request.lang),
        knots=list(way(voice, request)),
        about=about.find(request, voice.about_id) if voice.about_id else None,
        due=day(voice.due_on),
        may_reopen=rules.may_reopen(voice.state, answered, timezone.localdate()),
        reopen_until=day(until) if until else "",
        has_reach=bool(voice.original.reach),
    )


def answers_of(voice: Voice, lang: str) -> list[AnswerShown]:
    """The newest first: in the reader's language, else in the one in which the voice was given, else as written."""
    rows = VoiceAnswer.objects.filter(voice=voice).order_by("-at").prefetch_related("translations")
    return [
        AnswerShown(_words_of(row, lang, voice.language), day(timezone.localdate(row.at)), row.signed_as)
        for row in rows
    ]


def _words_of(answer: VoiceAnswer, lang: str, given_in: str) -> Shown:
    shown = showing.show_all(answer, lang)["words"]
    if not shown.is_fallback or shown.language == given_in:
        return shown
    return showing.show_all(answer, given_in)["words"]


def way(voice: Voice, request) -> Iterator[hits.Knot]:
    """From her words to what came of them, down the page; what is not there yet is dotted."""
    yield _said(voice, request.lang)
    told = news.of(voice, request)
    whole = panel.of(voice, Reader(request.person, request.lang, request.tenant, True))
    measures = _measures(voice)
    for station, drawn in zip(whole.stations, whole.knots, strict=True):
        if station.knot in (Knot.VOICE, Knot.ANSWER):
            continue
        if station.entries:
            yield from (_reached(drawn, entry) for entry in station.entries)
        else:
            yield (_paid(measures) if station.knot == Knot.FUNDING else None) or drawn
        yield from told.get(station.knot, ())
        if station.knot == Knot.MEASURE:
            yield from _decided(measures, request)
    yield _answered(voice)


def _said(voice: Voice, lang: str) -> hits.Knot:
    how = _("in %(language)s") % {"language": tags.name(voice.language, lang)}
    return hits.Knot(
        icon="voice",
        kind=day(voice.received_on),
        title=SafeString(_("You told us something")),
        note=how,
        is_voice=True,
        is_current=True,
    )


def _reached(drawn: hits.Knot, entry: panel.Entry) -> hits.Knot:
    """Each record has a knot of its own here, where the panel counts all but the first."""
    return hits.Knot(icon=drawn.icon, kind=drawn.kind, title=entry.words, url=entry.url, note=entry.where)


def _measures(voice: Voice) -> list[Measure]:
    """The public ones that came of it."""
    came = [group for group in reach.whole_way(voice.tenant_id, voice.element_id) if group.kind == "measure"]
    ids = [pk for group in came for pk in group.ids]
    rows = Measure.published.filter(element_id__in=ids).order_by("element__created_at")
    return with_children(rows.select_related("space"), "cost_lines")


def _decided(measures: list[Measure], request) -> Iterator[hits.Knot]:
    for measure in measures:
        if decision := measure_page.decision_on(measure, measure_page.fields_of(measure, request), request):
            yield hits.Knot(
                icon="measure",
                kind=decision.day,
                title=markup.bdi(_("Decided: %(body)s") % {"body": decision.body}),
                url=decision.url,
            )
            return


def _paid(measures: list[Measure]) -> hits.Knot | None:
    for measure in measures:
        lines = [facts.line(one) for one in measure.cost_lines.all()]
        if lines:
            return hits.Knot(icon="money", kind=_("Money"), title=money.in_short(lines))
    return None


def _answered(voice: Voice) -> hits.Knot:
    answered = answered_on(voice)
    if answered is None:
        return hits.Knot(
            icon="answer", kind=pgettext("chain", "Answer"), title=_("not yet"), is_voice=True, is_open=True
        )
    return hits.Knot(
        icon="answer", kind=day(answered), title=SafeString(_("You were answered")), is_voice=True
    )
