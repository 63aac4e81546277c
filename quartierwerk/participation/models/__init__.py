"""What participation holds: voices with their answers, bundles, processes and votes."""

from ..kinds import VoiceKind, VoiceState
from .voices import (
    AnswerTerm,
    Voice,
    VoiceAnswer,
    VoiceAnswerText,
    VoiceOriginal,
    VoicePhoto,
    VoiceStep,
    VoiceText,
)

__all__ = [
    "AnswerTerm",
    "Voice",
    "VoiceAnswer",
    "VoiceAnswerText",
    "VoiceKind",
    "VoiceOriginal",
    "VoicePhoto",
    "VoiceState",
    "VoiceStep",
    "VoiceText",
]
