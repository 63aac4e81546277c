"""What a person decides after reading a voice: for everybody, for the giver only, or held back."""

import hashlib
from dataclasses import dataclass

from django.db import transaction

from quartierwerk import journal, rights
from quartierwerk.languages.states import TranslationState
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility

from .. import rules
from ..models import Voice, VoiceState, VoiceText
from ..moving import NotNow, locked, move


@dataclass(frozen=True)
class Translated:
    """Typed in by a person; origin says by whom or with what."""

    language: str
    words: str
    origin: str
    is_machine: bool = False


def fingerprint(voice: Voice) -> str:
    """Of what a person decides upon: where it is another one than on her page, somebody decided meanwhile."""
    shown = "\0".join((voice.state, voice.visibility, voice.public_words))
    return hashlib.sha256(shown.encode()).hexdigest()[:20]


def _as_read(voice: Voice, read: str | None, by: Person) -> Voice:
    voice = locked(voice)
    rights.require(by, "voices.write", voice)
    if read is not None and read != fingerprint(voice):
        raise NotNow
    return voice


@transaction.atomic
def check(
    voice: Voice,
    *,
    words: str,
    is_public: bool,
    by: Person,
    topics: list[str],
    translated: Translated | None = None,
    read: str | None = None,
) -> Voice:
    """The words as everybody may read them, as the checking person typed or confirmed them. Raises NotNow, Refused.

    read  fingerprint of the voice as the person read it, where she decides on a page
    """
    voice = _as_read(voice, read, by)
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
def hold(voice: Voice, reason: str, *, by: Person, read: str | None = None) -> Voice:
    """Insults are shown to nobody; kind, quarter and topic go on counting. Raises NotNow, Refused."""
    voice = _as_read(voice, read, by)
    move(voice, VoiceState.HELD)
    journal.record("voice held back", voice, by=by)
    # Only the original stays, which those who check read.
    voice.public_words, voice.held_reason, voice.visibility = "", reason, Visibility.TENANT
    voice.save(update_fields=["state", "public_words", "held_reason", "visibility"])
    voice.translations.all().delete()
    return voice
