"""How a voice goes from one state to the next: one place that locks, asks the rule and keeps the step."""

from . import rules
from .models import Voice, VoiceState, VoiceStep


class NotNow(ValueError):
    """The voice is in a state from which this does not follow: somebody was faster, or it was taken back."""


def locked(voice: Voice) -> Voice:
    """The row as it stands now, until the end of the transaction."""
    return Voice.objects.select_for_update(of=("self",)).get(pk=voice.pk)


def move(voice: Voice, new: VoiceState) -> None:
    """Set a locked voice's state with its step; the caller saves. Raises NotNow."""
    if not rules.may_become(voice.state, new, is_question=voice.is_question):
        raise NotNow
    if voice.state != new:
        voice.state = new
        VoiceStep.objects.create(voice=voice, state=new)
