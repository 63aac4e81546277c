"""What planning holds: the concept and its fields, what there is and is missing, measures, goals, teams."""

from .concepts import (
    Concept,
    ConceptKind,
    ConceptText,
    FieldChange,
    FieldMapping,
    FieldOfAction,
    FieldOfActionText,
)
from .context import ContextChange, ContextField, ContextMeasure
from .editions import CouncilDecision, Deferral, Edition, EditionComment, EditionFile
from .goals import Goal, GoalInField, GoalText, GoalValue
from .invitations import MeetingInvitation
from .kickoff import KickOff
from .matrix import (
    MeasureResource,
    Need,
    NeedInField,
    NeedText,
    Obstacle,
    ObstacleStep,
    PlanLink,
    Resource,
    ResourceInField,
)
from .means import CostLine, StaffPost
from .measures import (
    Light,
    Measure,
    MeasureInField,
    MeasurePartner,
    MeasureTeam,
    MeasureText,
    Milestone,
    Stage,
    StageChange,
)
from .meetings import AgendaItem, Attendance, Decision, Meeting, MinutesAddition, Task
from .people import MailSwitchedOff, Team, TeamMember, TeamSuccession
from .principles import (
    GuidingPrinciple,
    GuidingPrincipleText,
    MeasureCitesPrinciple,
    PrincipleComment,
    PrincipleParagraph,
    PrincipleParagraphText,
    PrincipleVersion,
)
from .readiness import Campaign, CampaignAnswer, HintEvidence
from .redactions import Redaction
from .reports import StateReport, UpdateLink
from .selfcheck import SelfCheck
from .steering import Group, GroupMember, MandateQuestion

__all__ = [
    "AgendaItem",
    "Attendance",
    "Campaign",
    "CampaignAnswer",
    "Concept",
    "ConceptKind",
    "ConceptText",
    "ContextChange",
    "ContextField",
    "ContextMeasure",
    "CostLine",
    "CouncilDecision",
    "Decision",
    "Deferral",
    "Edition",
    "EditionComment",
    "EditionFile",
    "FieldChange",
    "FieldMapping",
    "FieldOfAction",
    "FieldOfActionText",
    "Goal",
    "GoalInField",
    "GoalText",
    "GoalValue",
    "Group",
    "GroupMember",
    "GuidingPrinciple",
    "GuidingPrincipleText",
    "HintEvidence",
    "KickOff",
    "Light",
    "MailSwitchedOff",
    "MandateQuestion",
    "Measure",
    "MeasureCitesPrinciple",
    "MeasureInField",
    "MeasurePartner",
    "MeasureResource",
    "MeasureTeam",
    "MeasureText",
    "Meeting",
    "MeetingInvitation",
    "Milestone",
    "MinutesAddition",
    "Need",
    "NeedInField",
    "NeedText",
    "Obstacle",
    "ObstacleStep",
    "PlanLink",
    "PrincipleComment",
    "PrincipleParagraph",
    "PrincipleParagraphText",
    "PrincipleVersion",
    "Redaction",
    "Resource",
    "ResourceInField",
    "SelfCheck",
    "StaffPost",
    "Stage",
    "StageChange",
    "StateReport",
    "Task",
    "Team",
    "TeamMember",
    "TeamSuccession",
    "UpdateLink",
]
