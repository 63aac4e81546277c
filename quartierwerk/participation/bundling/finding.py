"""Voices that may say the same as one: the newest of its quarter that share a telling key, ranked by likeness."""

from django.db.models import Q

from quartierwerk.participation.models import Voice, VoiceOriginal, VoiceState

from . import similar

SHOWN = 3
# How often a key occurs is read off the newest; the rarest of a voice's keys lead to few others, the common ones to all.
SAMPLE, RAREST = 200, 6
# No index on the keys: behind row-level security PostgreSQL looks for shared elements in every row it may show. So only
# the newest of the quarter are looked at, by their index; what lies further back was answered long ago.
LOOKED_AT, MOST_COMPARED = 1_500, 200


def alike(voice: Voice, most: int = SHOWN) -> list[Voice]:
    """Proposed to be bundled with a voice, best first; within the scope of its municipality. People decide."""
    original = voice.original
    keys = frozenset(original.keys)
    rows = Voice.objects.exclude(pk=voice.pk).exclude(state__in=(VoiceState.WITHDRAWN, VoiceState.HELD))
    if voice.space_id:
        rows = rows.filter(Q(space=voice.space_id) | Q(space=None))
    newest = list(rows.order_by("-received_on", "-id").values_list("id", flat=True)[:LOOKED_AT])
    said_in = VoiceOriginal.objects.filter(voice__in=newest[:SAMPLE]).values_list("keys", flat=True)
    sample = list(map(frozenset, said_in))
    telling = sorted(keys, key=similar.weights_of([keys, *sample]), reverse=True)[:RAREST]
    sharing = VoiceOriginal.objects.filter(voice__in=newest, keys__overlap=telling)
    found = list(
        sharing.values_list("voice_id", "keys", "words", "voice__language", "voice__space")[:MOST_COMPARED]
    )
    said = _said(keys, original.words, voice.language, voice.space_id)
    others = [_said(frozenset(keys), *about) for _pk, keys, *about in found]
    weight = similar.weights_of([*sample, said.keys, *(other.keys for other in others)])
    best = [found[place][0] for place in similar.ranked(said, others, weight, most)]
    voices = Voice.objects.select_related("space").prefetch_related("originals").in_bulk(best)
    return [voices[pk] for pk in best]


def _said(keys: frozenset[str], words: str, language: str, space) -> similar.Said:
    return similar.Said(keys | similar.grams_of(words, language), str(space) if space else None)
