"""Voices that may say the same as one: candidates by the index of keys, ranked by likeness."""

from quartierwerk.participation.models import Voice, VoiceOriginal, VoiceState

from . import similar

SHOWN = 3
# Of those that share a key in the same quarter, the newest: what lies further back was answered long ago.
MOST_COMPARED = 1_500


def alike(voice: Voice, most: int = SHOWN) -> list[Voice]:
    """Proposed to be bundled with a voice, best first; within the scope of its municipality. People decide."""
    said = similar.Said(frozenset(voice.original.keys), _place(voice.space_id))
    rows = (
        VoiceOriginal.objects.filter(keys__overlap=sorted(said.keys))
        .exclude(voice=voice)
        .exclude(voice__state__in=(VoiceState.WITHDRAWN, VoiceState.HELD))
    )
    if voice.space_id:
        rows = rows.filter(voice__space=voice.space_id) | rows.filter(voice__space=None)
    found = list(
        rows.order_by("-voice__received_on", "-voice_id").values_list("voice_id", "keys", "voice__space")[
            :MOST_COMPARED
        ]
    )
    others = [similar.Said(frozenset(keys), _place(space)) for _pk, keys, space in found]
    weight = similar.weights_of([said.keys, *(other.keys for other in others)])
    best = [found[place][0] for place in similar.ranked(said, others, weight, most)]
    voices = Voice.objects.select_related("space").prefetch_related("originals").in_bulk(best)
    return [voices[pk] for pk in best]


def _place(space) -> str | None:
    return str(space) if space else None
