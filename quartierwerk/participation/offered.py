"""What participation gives the registers of lower packages: voices and answers, the two ends of the chain."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import TextField, Value
from django.db.models.functions import Cast, Coalesce, Left, NullIf
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from quartierwerk.chain.models import Relation
from quartierwerk.chain.register import Kind, Knot, Reader, Title, kinds
from quartierwerk.chain.titles import translated
from quartierwerk.web import addresses

from .models import Voice, VoiceAnswer, VoiceAnswerText, VoiceText

LONGEST = 160  # letters of somebody's words that stand for them in the chain
_words_of_voice = translated(VoiceText, "public_words")
_words_of_answer = translated(VoiceAnswerText, "words")


def _voices_counted(n: int) -> str:
    return ngettext("%(n)s voice", "%(n)s voices", n) % {"n": n}


def _answers_counted(n: int) -> str:
    return ngettext("%(n)s answer", "%(n)s answers", n) % {"n": n}


def _title_of_voice(lang: str) -> Title:
    """The checked words; before the check there are none that others may read."""
    found = _words_of_voice(lang)
    words = NullIf(Cast(found.words, TextField()), Value(""))
    return Title(Left(Coalesce(words, Value(_("A voice"))), LONGEST), found.language)


def _title_of_answer(lang: str) -> Title:
    found = _words_of_answer(lang)
    return Title(Left(Cast(found.words, TextField()), LONGEST), found.language)


def _page(name: str) -> Callable[[Reader, UUID, bool], str]:
    def url(reader: Reader, pk: UUID, inside: bool) -> str:
        build = addresses.staff if inside else addresses.public
        return build(f"participation_staff:{name}" if inside else f"participation:{name}", reader, pk=pk)

    return url


def register() -> None:
    kinds.add(
        Kind(
            name="voice",
            label=pgettext_lazy("chain", "Voice"),
            counted=_voices_counted,
            icon="voice",
            knot=Knot.VOICE,
            model=Voice,
            action="voices.read",
            url=_page("voice"),
            title=_title_of_voice,
            leads_to={
                Relation.LED_TO: frozenset({"need"}),
                Relation.ANSWERED_BY: frozenset({"answer", "offer"}),
            },
        )
    )
    kinds.add(
        Kind(
            name="answer",
            label=pgettext_lazy("chain", "Answer"),
            counted=_answers_counted,
            icon="answer",
            knot=Knot.ANSWER,
            model=VoiceAnswer,
            action="voices.read_answers",
            url=_page("answer"),
            title=_title_of_answer,
        )
    )
