"""What whoever gave a voice may do with it, and nobody else: say that it is not solved, take it back."""

from django.db import transaction
from django.utils import timezone

from quartierwerk import journal
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility

from .. import rules, terms
from ..models import Voice, VoiceOriginal, VoicePhoto, VoiceState
from ..moving import NotNow, locked, move
from ..telling import tell_of_reopening


def answered_on(voice: Voice):
    return timezone.localdate(voice.answered_at) if voice.answered_at else None


@transaction.atomic
def reopen(voice: Voice, words: str, *, by: Person) -> Voice:
    """Not solved: back to the same owner with a new term, and on the steering group's list. Raises NotNow."""
    voice, today = locked(voice), timezone.localdate()
    if not rules.may_reopen(voice.state, answered_on(voice), today):
        raise NotNow
    move(voice, VoiceState.IN_WORK)
    voice.reopened_on, voice.answered_at, voice.escalated_at = today, None, None
    voice.due_on = terms.due_on(voice.tenant, voice.kind, today)
    voice.save(update_fields=["state", "reopened_on", "answered_at", "escalated_at", "due_on"])
    original = VoiceOriginal.objects.select_for_update().get(voice=voice)
    original.reopened_words = words
    original.save(update_fields=["reopened_words"])
    journal.record("voice reopened", voice, by=by)
    tell_of_reopening(voice)
    return voice


@transaction.atomic
def withdraw(voice: Voice, *, by: Person) -> None:
    """The words go from everywhere: original, checked words, translations, photo. That there was a voice, stays.

    None of them stands in the history, the index or the journal (`models/voices.py`).
    """
    voice = locked(voice)
    if voice.state == VoiceState.WITHDRAWN:
        return
    move(voice, VoiceState.WITHDRAWN)
    journal.record("voice taken back", voice, by=by)
    voice.public_words = voice.held_reason = ""
    voice.visibility = Visibility.TENANT
    voice.answered_at = voice.answered_at or timezone.now()
    voice.save(update_fields=["state", "public_words", "held_reason", "visibility", "answered_at"])
    voice.translations.all().delete()
    VoicePhoto.objects.filter(voice=voice).delete()
    original = VoiceOriginal.objects.select_for_update().get(voice=voice)
    original.words = original.reach = original.reopened_words = ""
    original.save(update_fields=["words", "reach", "reopened_words"])


@transaction.atomic
def end_notices(voice: Voice, *, by: Person) -> None:
    """The way to her goes; the code goes on opening the answer."""
    original = VoiceOriginal.objects.select_for_update().get(voice=voice)
    if original.reach:
        original.reach = ""
        original.save(update_fields=["reach"])
        journal.record("way to the person removed", voice, by=by)
