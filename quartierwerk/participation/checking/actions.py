"""What a person decides after reading a voice: for everybody, for the giver only, or held back."""

from dataclasses import dataclass

from django.db import transaction

from quartierwerk import journal, rights
from quartierwerk.languages.states import TranslationState
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility

from .. import rules
from ..models import Voice, VoiceState, VoiceText
from ..moving import locked, move


@dataclass(frozen=True)
class Translated:
    """Typed in by a person; origin says by whom or with what."""

    language: str
    words: str
    origin: str
    is_machine: bool = False


@transaction.atomic
def check(
    voice: Voice,
    *,
    words: str,
    is_public: bool,
    by: Person,
    topics: list[str],
    translated: Translated | None = None,
) -> Voice:
    """The words as everybody may read them, as the checking person typed or confirmed them. Raises NotNow, Refused."""
    voice = locked(voice)
    rights.require(by, "voices.write", voice)
    move(voice, VoiceState(rules.state_after_check(voice.state)))
    journal.record("voice checked", voice, by=by)
    if voice.public_words != words:
        # What was masked now may still stand in a translation of the words before.
        voice.translations.all().delete()
    voice.public_words, voice.topics, voice.held_reason = words, topics, ""
    voice.visibility = Visibility.PUBLIC if is_public and words else Visibility.TENANT
    voice.save(update_fields=["state", "public_words", "topics", "held_reason", "visibility"])
    if translated:
        _keep(voice, translated)
    return voice


def _keep(voice: Voice, translated: Translated) -> None:
    state = TranslationState.MACHINE if translated.is_machine else TranslationState.HUMAN
    VoiceText.objects.update_or_create(
        record=voice,
        text_name="public_words",
        language=translated.language,
        defaults={
            "text": translated.words,
            "state": state,
            "source_text": voice.public_words,
            "origin": translated.origin,
        },
    )


@transaction.atomic
def hold(voice: Voice, reason: str, *, by: Person) -> Voice:
    """Insults are shown to nobody; kind, quarter and topic go on counting. Raises NotNow, Refused."""
    voice = locked(voice)
    rights.require(by, "voices.write", voice)
    move(voice, VoiceState.HELD)
    journal.record("voice held back", voice, by=by)
    voice.held_reason, voice.visibility = reason, Visibility.TENANT
    voice.save(update_fields=["state", "held_reason", "visibility"])
    return voice
