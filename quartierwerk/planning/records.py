"""What each model holds, why and how long. Account ids are pseudonyms as in the journal: nameless once the account goes."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quartierwerk.people.models import Account
from quartierwerk.privacy.registry import DataClass, Retention, TenantExport, register

from .models import (
    AgendaItem,
    Attendance,
    Campaign,
    CampaignAnswer,
    Concept,
    ConceptText,
    ContextChange,
    ContextField,
    ContextMeasure,
    CostLine,
    CouncilDecision,
    Decision,
    Deferral,
    Edition,
    EditionComment,
    EditionFile,
    FieldChange,
    FieldMapping,
    FieldOfAction,
    FieldOfActionText,
    Goal,
    GoalInField,
    GoalText,
    GoalValue,
    Group,
    GroupMember,
    GuidingPrinciple,
    GuidingPrincipleText,
    HintEvidence,
    KickOff,
    MailSwitchedOff,
    MandateQuestion,
    Measure,
    MeasureCitesPrinciple,
    MeasureInField,
    MeasurePartner,
    MeasureResource,
    MeasureTeam,
    MeasureText,
    Meeting,
    MeetingInvitation,
    Milestone,
    MinutesAddition,
    Need,
    NeedInField,
    NeedText,
    Obstacle,
    ObstacleStep,
    PlanLink,
    PrincipleComment,
    PrincipleParagraph,
    PrincipleParagraphText,
    PrincipleVersion,
    Redaction,
    Resource,
    ResourceInField,
    SelfCheck,
    StaffPost,
    StageChange,
    StateReport,
    Task,
    Team,
    TeamMember,
    TeamSuccession,
    UpdateLink,
)

# In place of words that are gone, where something has to stand.
TAKEN_OUT = "…"
PUBLIC, INTERNAL = {"default": DataClass.PUBLIC}, {"default": DataClass.INTERNAL}
IN_OTHER_LANGUAGES = {"purpose": _("The same in other languages"), **PUBLIC}

register(Concept, purpose=_("What the municipality has set out to do"), **PUBLIC)
register(ConceptText, **IN_OTHER_LANGUAGES)
register(FieldOfAction, purpose=_("The chapters of the concept"), **PUBLIC)
register(FieldOfActionText, **IN_OTHER_LANGUAGES)
register(FieldChange, purpose=_("Reading older editions of the concept"), **INTERNAL)
register(
    FieldMapping,
    purpose=_("Reporting to the Region without typing again"),
    factory="quartierwerk.planning.tests.factories:field_mapping",
    **INTERNAL,
)
register(Resource, purpose=_("What a field of action can build on"), **PUBLIC)
register(ResourceInField, purpose=_("Which resource serves which field"), **PUBLIC)
register(Need, purpose=_("What is missing, and what came of it"), **PUBLIC)
register(NeedText, **IN_OTHER_LANGUAGES)
register(NeedInField, purpose=_("Which need belongs to which field"), **PUBLIC)
register(Obstacle, purpose=_("What keeps measures from working"), **PUBLIC)
register(ObstacleStep, purpose=_("What was done about an obstacle"), **PUBLIC)
register(PlanLink, purpose=_("Which other plans the concept touches"), **PUBLIC)
register(Goal, purpose=_("What shall be different, and how one will know"), **PUBLIC)
register(GoalText, **IN_OTHER_LANGUAGES)
register(GoalInField, purpose=_("Which goal belongs to which field"), **PUBLIC)
register(GoalValue, purpose=_("Whether a goal is being reached"), **PUBLIC)
register(
    Measure,
    purpose=_("What is done, by whom, until when, with what"),
    fields={"internal_notes": DataClass.INTERNAL, "lead_account_id": DataClass.INTERNAL},
    factory="quartierwerk.planning.tests.factories:measure",
    **PUBLIC,
)
register(MeasureText, **IN_OTHER_LANGUAGES)
register(MeasureInField, purpose=_("Which measure belongs to which field"), **PUBLIC)
register(MeasureResource, purpose=_("What a measure builds on"), **PUBLIC)
register(MeasureTeam, purpose=_("Which teams work along on a measure"), **PUBLIC)
register(MeasurePartner, purpose=_("Which organisations work along on a measure"), **PUBLIC)
register(
    StageChange,
    purpose=_("How a measure went from proposal to end, and why"),
    factory="quartierwerk.planning.tests.factories:stage_change",
    **INTERNAL,
)
register(Milestone, purpose=_("Whether a measure keeps its dates"), **PUBLIC)
register(
    CostLine,
    purpose=_("What a measure costs, and who pays"),
    factory="quartierwerk.planning.tests.factories:cost_line",
    **PUBLIC,
)
register(
    StaffPost,
    purpose=_("Until when the money for a post is promised"),
    factory="quartierwerk.planning.tests.factories:post",
    **INTERNAL,
)
register(
    StateReport,
    purpose=_("How far measures are"),
    factory="quartierwerk.planning.tests.factories:state_report",
    **INTERNAL,
)
register(
    UpdateLink,
    purpose=_("A team reports once a month without signing in"),
    withheld={"token_hash": _("a secret")},
    retention=Retention.INVITATION,
    starts="valid_until",
    factory="quartierwerk.planning.tests.factories:update_link",
    **INTERNAL,
)
register(Team, purpose=_("Who is responsible for what"), **PUBLIC)
register(TeamSuccession, purpose=_("Which team goes on after a reorganisation"), **INTERNAL)


def forget_member(member: TeamMember) -> None:
    """The function stays, so that the team does; the person goes."""
    member.name, member.account_id = "", None
    member.save(update_fields=["name", "account_id"])


register(
    TeamMember,
    purpose=_("Whom one asks in a team, and who stands in"),
    default=DataClass.INTERNAL,
    fields=dict.fromkeys(("name", "account_id"), DataClass.PERSONAL),
    person="account_id",
    retention=Retention.CONTACT_PERSON,
    due=lambda before: TeamMember.objects.filter(until__lt=before.date()).exclude(name="", account_id=None),
    erase=forget_member,
    emptied_when_due=True,
    factory="quartierwerk.planning.tests.factories:team_member",
)

register(
    MailSwitchedOff,
    purpose=_("Somebody wants no weekly mail"),
    default=DataClass.INTERNAL,
    fields={"account_id": DataClass.PERSONAL},
    person="account_id",
    retention=Retention.STAFF_ACCOUNT,
    due=lambda _before: MailSwitchedOff.objects.exclude(account_id__in=Account.objects.values("pk")),
    factory="quartierwerk.planning.tests.factories:mail_switched_off",
    export=TenantExport.NOT,  # accounts stay behind, too
)
register(CouncilDecision, purpose=_("What the council decided about the concept"), **PUBLIC)
register(Edition, purpose=_("The concept as the council adopted it"), **PUBLIC)
register(Deferral, purpose=_("Why a measure is put off to a later edition"), **PUBLIC)
register(
    Redaction,
    purpose=_("That a passage was taken out of what was adopted or closed"),
    factory="quartierwerk.planning.tests.factories:redaction",
    **INTERNAL,
)


def forget_comment(comment: EditionComment | PrincipleComment) -> None:
    """What was said goes with who said it; that something was answered stays."""
    comment.words, comment.name, comment.account_id = TAKEN_OUT, "", None
    comment.save(update_fields=["words", "name", "account_id"])


register(
    EditionFile,
    purpose=_("Adopted editions to take along, made again whenever they are missing"),
    export=TenantExport.NOT,
    **PUBLIC,
)
register(
    EditionComment,
    purpose=_("What others said to a draft of the concept, and the answer"),
    default=DataClass.INTERNAL,
    fields=dict.fromkeys(("words", "name", "account_id"), DataClass.PERSONAL),
    person="account_id",
    retention=Retention.PARTICIPATION,
    due=lambda before: EditionComment.objects.filter(at__lt=before).exclude(words=TAKEN_OUT),
    erase=forget_comment,
    emptied_when_due=True,
    factory="quartierwerk.planning.tests.factories:edition_comment",
)
register(
    Group,
    purpose=_("Who writes the concept and who steers it"),
    factory="quartierwerk.planning.tests.factories:group",
    **INTERNAL,
)


def forget_seat(member: GroupMember) -> None:
    """The seat stays with its function; the people go."""
    _forget_holder(member)
    _forget_deputy(member)
    # Closed minutes keep that the seat was there, without the names.
    member.attendances.exclude(name="", deputy_name="").update(name="", deputy_name="")


def forget_in_seat(member: GroupMember, account: UUID) -> None:
    """The holder or the deputy goes, the other one stays."""
    if member.account_id == account:
        _forget_holder(member)
    if member.deputy_account_id == account:
        _forget_deputy(member)


def _forget_holder(member: GroupMember) -> None:
    member.function = member.function or TAKEN_OUT
    member.name, member.account_id = "", None
    member.save(update_fields=["function", "name", "account_id"])


def _forget_deputy(member: GroupMember) -> None:
    member.deputy_name, member.deputy_account_id = "", None
    member.save(update_fields=["deputy_name", "deputy_account_id"])


register(
    GroupMember,
    purpose=_("Who is invited to a group, and who stands in"),
    default=DataClass.INTERNAL,
    fields=dict.fromkeys(("name", "deputy_name", "account_id", "deputy_account_id"), DataClass.PERSONAL),
    person=lambda account: GroupMember.objects.filter(Q(account_id=account) | Q(deputy_account_id=account)),
    retention=Retention.CONTACT_PERSON,
    due=lambda before: GroupMember.objects.filter(until__lt=before.date()).exclude(
        name="", deputy_name="", account_id=None, deputy_account_id=None
    ),
    erase=forget_seat,
    erase_of=forget_in_seat,
    emptied_when_due=True,
    factory="quartierwerk.planning.tests.factories:group_member",
)
register(MandateQuestion, purpose=_("What the concept was asked to answer"), **INTERNAL)
register(
    Meeting,
    purpose=_("When a group meets, and its minutes"),
    factory="quartierwerk.planning.tests.factories:meeting",
    **INTERNAL,
)
register(
    KickOff,
    purpose=_("What came of a public kick-off"),
    factory="quartierwerk.planning.tests.factories:kick_off",
    **PUBLIC,
)

register(GuidingPrinciple, purpose=_("What the concept rests on"), **PUBLIC)
register(GuidingPrincipleText, **IN_OTHER_LANGUAGES)
register(
    PrincipleVersion,
    purpose=_("Which wording of the guiding principle held when"),
    factory="quartierwerk.planning.tests.factories:principle_row",
    **PUBLIC,
)
register(PrincipleParagraph, purpose=_("What the concept rests on"), **PUBLIC)
register(PrincipleParagraphText, **IN_OTHER_LANGUAGES)
register(
    MeasureCitesPrinciple,
    purpose=_("Why a measure is done"),
    factory="quartierwerk.planning.tests.factories:cited",
    **PUBLIC,
)
register(
    PrincipleComment,
    purpose=_("What others said to a draft of the guiding principle, and the answer"),
    default=DataClass.INTERNAL,
    fields=dict.fromkeys(("words", "name", "account_id"), DataClass.PERSONAL),
    person="account_id",
    retention=Retention.PARTICIPATION,
    due=lambda before: PrincipleComment.objects.filter(at__lt=before).exclude(words=TAKEN_OUT),
    erase=forget_comment,
    emptied_when_due=True,
    factory="quartierwerk.planning.tests.factories:principle_comment",
)
register(
    HintEvidence,
    purpose=_("What shows that a hint for the practice is met"),
    factory="quartierwerk.planning.tests.factories:evidence",
    **INTERNAL,
)
register(
    Campaign,
    purpose=_("What there was on the day on which stock was taken"),
    factory="quartierwerk.planning.tests.factories:campaign_row",
    **INTERNAL,
)
register(CampaignAnswer, purpose=_("Whether an organisation confirmed its entries"), **INTERNAL)


def forget_who_came(attendance: Attendance) -> None:
    """That the seat was there stays, since it made the quorum."""
    Attendance.objects.filter(pk=attendance.pk).update(name="", deputy_name="")


def forget_who_came_of(attendance: Attendance, account: UUID) -> None:
    gone = {
        "name": attendance.member.account_id == account,
        "deputy_name": attendance.member.deputy_account_id == account,
    }
    Attendance.objects.filter(pk=attendance.pk).update(**{name: "" for name, goes in gone.items() if goes})


register(
    Attendance,
    purpose=_("Whether a meeting had a quorum"),
    default=DataClass.INTERNAL,
    fields=dict.fromkeys(("name", "deputy_name"), DataClass.PERSONAL),
    person=lambda account: Attendance.objects.filter(
        Q(member__account_id=account) | Q(member__deputy_account_id=account)
    ),
    retention=Retention.CONTACT_PERSON,
    due=lambda before: Attendance.objects.filter(member__until__lt=before.date()).exclude(
        name="", deputy_name=""
    ),
    erase=forget_who_came,
    erase_of=forget_who_came_of,
    emptied_when_due=True,
    factory="quartierwerk.planning.tests.factories:attendance",
)
register(ContextChange, purpose=_("Which decisions of others the concept has to take in"), **INTERNAL)
register(ContextField, purpose=_("Which field a change of law or policy touches"), **INTERNAL)
register(ContextMeasure, purpose=_("Which measure a change of law or policy touches"), **INTERNAL)
register(
    SelfCheck,
    purpose=_("How open the administration is, and whether it gets better"),
    factory="quartierwerk.planning.tests.factories:noted_self_check",
    **INTERNAL,
)
register(MeetingInvitation, purpose=_("Who has to hear when a meeting does not take place"), **INTERNAL)
register(AgendaItem, purpose=_("What a meeting talks about"), **INTERNAL)
register(Decision, purpose=_("What a group decided"), **INTERNAL)
register(Task, purpose=_("Who carries out a decision, until when"), **INTERNAL)
register(MinutesAddition, purpose=_("What was set right in closed minutes"), **INTERNAL)
