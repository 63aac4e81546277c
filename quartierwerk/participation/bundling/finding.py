"""Voices that may say the same as one: candidates by the index of keys, ranked by likeness."""

from django.db.models import Q

from quartierwerk.participation.models import Voice, VoiceOriginal, VoiceState

from . import similar

SHOWN = 3
# How often a key occurs is read off the newest; the rarest of a voice's keys lead to few others, the common ones to all.
SAMPLE, RAREST = 400, 6
MOST_COMPARED = 300


def alike(voice: Voice, most: int = SHOWN) -> list[Voice]:
    """Proposed to be bundled with a voice, best first; within the scope of its municipality. People decide."""
    original = voice.original
    keys = frozenset(original.keys)
    newest = VoiceOriginal.objects.order_by("-voice__received_on", "-voice_id")
    sample = list(map(frozenset, newest.values_list("keys", flat=True)[:SAMPLE]))
    telling = sorted(keys, key=similar.weights_of([keys, *sample]), reverse=True)[:RAREST]
    rows = (
        VoiceOriginal.objects.filter(
            Q(voice__space=voice.space_id) | Q(voice__space=None), keys__overlap=telling
        )
        if voice.space_id
        else VoiceOriginal.objects.filter(keys__overlap=telling)
    )
    rows = rows.exclude(voice=voice).exclude(voice__state__in=(VoiceState.WITHDRAWN, VoiceState.HELD))
    found = list(
        rows.order_by("-voice__received_on", "-voice_id").values_list(
            "voice_id", "keys", "words", "voice__language", "voice__space"
        )[:MOST_COMPARED]
    )
    said = _said(keys, original.words, voice.language, voice.space_id)
    others = [_said(frozenset(keys), *about) for _pk, keys, *about in found]
    weight = similar.weights_of([*sample, said.keys, *(other.keys for other in others)])
    best = [found[place][0] for place in similar.ranked(said, others, weight, most)]
    voices = Voice.objects.select_related("space").prefetch_related("originals").in_bulk(best)
    return [voices[pk] for pk in best]


def _said(keys: frozenset[str], words: str, language: str, space) -> similar.Said:
    return similar.Said(keys | similar.grams_of(words, language), str(space) if space else None)
