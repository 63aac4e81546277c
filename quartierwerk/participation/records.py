"""What each model holds, why and how long. What was said goes with its way to an answer; what was checked stays."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from quartierwerk.privacy.registry import DataClass, Retention, register

from .models import (
    AnswerTerm,
    Voice,
    VoiceAnswer,
    VoiceAnswerText,
    VoiceNews,
    VoiceOriginal,
    VoicePhoto,
    VoiceState,
    VoiceStep,
    VoiceText,
)
from .processes import records as processes  # noqa: F401
from .votes import records as votes  # noqa: F401

FACTORIES = "quartierwerk.participation.tests.factories"
PUBLIC, INTERNAL = {"default": DataClass.PUBLIC}, {"default": DataClass.INTERNAL}
IN_OTHER_LANGUAGES = {"purpose": _("The same in other languages"), **PUBLIC}

register(
    Voice,
    purpose=_("What residents say is answered, becomes a need, and can be followed to its end"),
    fields={"owner_account_id": DataClass.INTERNAL, "held_reason": DataClass.INTERNAL},
    factory=f"{FACTORIES}:voice",
    **PUBLIC,
)
register(VoiceText, **IN_OTHER_LANGUAGES)


def forget_original(original: VoiceOriginal) -> None:
    """The voice goes on counting, with its checked words where there are any."""
    original.words = original.reach = original.reopened_words = ""
    original.save(update_fields=["words", "reach", "reopened_words"])


def over_before(before: datetime) -> Q:
    """Answered, passed on or taken back before; what is held back waits for nobody."""
    held = Q(voice__state=VoiceState.HELD, voice__received_on__lt=before.date())
    return Q(voice__answered_at__lt=before) | held


def kept_originals(before: datetime) -> QuerySet[VoiceOriginal]:
    """Those that are empty already left out."""
    return VoiceOriginal.objects.filter(over_before(before)).exclude(words="", reach="", reopened_words="")


register(
    VoiceOriginal,
    purpose=_("Reading what somebody meant, and answering her"),
    default=DataClass.INTERNAL,
    fields=dict.fromkeys(("words", "keys", "reach", "reopened_words"), DataClass.PERSONAL),
    withheld={"code_hash": _("a secret")},
    mail="reach",
    retention=Retention.PARTICIPATION,
    due=kept_originals,
    erase=forget_original,
    emptied_when_due=True,
    factory=f"{FACTORIES}:original",
)
register(
    VoicePhoto,
    purpose=_("Seeing what somebody meant"),
    default=DataClass.INTERNAL,
    fields={"content": DataClass.PERSONAL},
    no_person=_("Who is seen in a picture is written down nowhere."),
    retention=Retention.PARTICIPATION,
    due=lambda before: VoicePhoto.objects.filter(over_before(before)),
    factory=f"{FACTORIES}:photo",
)
register(VoiceStep, purpose=_("How far a voice is"), **PUBLIC)
register(
    VoiceNews,
    purpose=_("Whoever gave a voice hears what became of it"),
    factory=f"{FACTORIES}:news",
    **INTERNAL,
)
register(
    VoiceAnswer,
    purpose=_("Everybody who speaks is answered"),
    fields={"author": DataClass.INTERNAL},
    factory=f"{FACTORIES}:answer",
    **PUBLIC,
)
register(VoiceAnswerText, **IN_OTHER_LANGUAGES)
register(
    AnswerTerm,
    purpose=_("Within how many days voices are answered"),
    factory=f"{FACTORIES}:term",
    **INTERNAL,
)
