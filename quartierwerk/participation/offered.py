"""What participation gives the registers of lower packages: a voice as the first knot of the chain."""

from uuid import UUID

from django.db.models import TextField, Value
from django.db.models.functions import Cast, Coalesce, Left, NullIf
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from quartierwerk.chain.models import Relation
from quartierwerk.chain.register import Kind, Knot, Reader, Title, kinds
from quartierwerk.chain.titles import translated
from quartierwerk.web import addresses

from .models import Voice, VoiceText

LONGEST = 160  # letters of somebody's words that stand for them in the chain
_words = translated(VoiceText, "public_words")


def _counted(n: int) -> str:
    return ngettext("%(n)s voice", "%(n)s voices", n) % {"n": n}


def _title(lang: str) -> Title:
    """The checked words; before the check there are none that others may read."""
    found = _words(lang)
    words = NullIf(Cast(found.words, TextField()), Value(""))
    return Title(Left(Coalesce(words, Value(_("A voice"))), LONGEST), found.language)


def _url(reader: Reader, pk: UUID, inside: bool) -> str:
    if inside:
        return addresses.staff("participation_staff:voice", reader, pk=pk)
    return addresses.public("participation:heard", reader) + f"#voice-{pk}"


def register() -> None:
    kinds.add(
        Kind(
            name="voice",
            label=pgettext_lazy("chain", "Voice"),
            counted=_counted,
            icon="voice",
            knot=Knot.VOICE,
            model=Voice,
            action="voices.read",
            url=_url,
            title=_title,
            leads_to={
                Relation.LED_TO: frozenset({"need"}),
                Relation.ANSWERED_BY: frozenset({"answer", "offer"}),
            },
        )
    )
