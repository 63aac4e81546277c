"""What participation holds: voices with their answers, bundles, processes and votes."""

from ..kinds import VoiceKind, VoiceState
from .ballots import Ballot, RollEntry, Vote
from .processes import (
    Checked,
    GroupCount,
    Phase,
    Process,
    ProcessMeeting,
    ProcessText,
    Proposal,
    ProposalComment,
    ProposalText,
    SideFormat,
)
from .voices import (
    AnswerTerm,
    Voice,
    VoiceAnswer,
    VoiceAnswerText,
    VoiceNews,
    VoiceOriginal,
    VoicePhoto,
    VoiceStep,
    VoiceText,
)

__all__ = [
    "AnswerTerm",
    "Ballot",
    "Checked",
    "GroupCount",
    "Phase",
    "Process",
    "ProcessMeeting",
    "ProcessText",
    "Proposal",
    "ProposalComment",
    "ProposalText",
    "RollEntry",
    "SideFormat",
    "Voice",
    "VoiceAnswer",
    "VoiceAnswerText",
    "VoiceKind",
    "VoiceNews",
    "VoiceOriginal",
    "VoicePhoto",
    "VoiceState",
    "VoiceStep",
    "VoiceText",
    "Vote",
]
