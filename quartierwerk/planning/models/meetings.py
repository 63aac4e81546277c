"""Meetings of groups: agenda, attendance, decisions, and who does what until when. Closed minutes are kept as they are."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from quartierwerk.calendar.models import PublicDate
from quartierwerk.journal.history import tracked
from quartierwerk.tenants.models import Municipal, Visible

from .concepts import Concept
from .means import StaffPost
from .measures import Measure
from .passages import only_taken_out
from .people import Team
from .steering import Group, GroupMember

# Minutes that are closed stay as they are; what is wrong in them is said in an addition. Only a passage may be taken
# out, for instance somebody's name, and then a mark stands in its place (`passages.py`).
CLOSED = f"""
if tg_op = 'DELETE' then
    raise exception 'closed minutes stay' using errcode = 'integrity_constraint_violation';
end if;
if to_jsonb(new) - 'public_date_id' is distinct from to_jsonb(old) - 'public_date_id'
   and not {only_taken_out(("title", "minutes_text"), "r.meeting_id = new.id")} then
    raise exception 'the minutes are closed' using errcode = 'integrity_constraint_violation';
end if;
return new;
"""


def part_of_minutes(
    name: str,
    meeting: str,
    changeable: tuple[str, ...] = (),
    also: str = "false",
    texts: tuple[str, ...] = (),
) -> pgtrigger.Trigger:
    """Refuses what would change closed minutes through one of their parts.

    meeting     SQL that gives a row's meeting, for `row`
    changeable  columns that are no part of the minutes
    also        SQL for a further change that is allowed
    texts       columns of which a passage may be taken out
    """
    left = "".join(f" - '{column}'" for column in changeable)
    if texts:
        also += f" or {only_taken_out(texts, 'r.meeting_id = ' + meeting.format(row='new'), changeable)}"
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("held_in", "uuid"), ("closed_at", "timestamptz")],
        func=f"""
if tg_op = 'UPDATE' and (to_jsonb(new){left} = to_jsonb(old){left} or {also}) then
    return new;
end if;
if tg_op <> 'DELETE' then
    held_in := {meeting.format(row="new")};
    -- Locked, so that who closes the minutes at this moment is waited for.
    select m.frozen_at into closed_at from planning_meeting m
     where m.tenant_id = new.tenant_id and m.id = held_in for share;
    if closed_at is not null then
        raise exception 'the minutes are closed' using errcode = 'integrity_constraint_violation';
    end if;
end if;
if tg_op <> 'INSERT' then
    held_in := {meeting.format(row="old")};
    select m.frozen_at into closed_at from planning_meeting m
     where m.tenant_id = old.tenant_id and m.id = held_in for share;
    if closed_at is not null then
        raise exception 'the minutes are closed' using errcode = 'integrity_constraint_violation';
    end if;
end if;
if tg_op = 'DELETE' then
    return old;
end if;
return new;
""",  # noqa: S608 - our own column names
    )


@tracked()
class Meeting(Visible):
    """A meeting of a group, or the public kick-off (R2.07): from the agenda to the minutes."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("meeting", "planned")
        INVITED = "invited", pgettext_lazy("meeting", "invited")
        HELD = "held", pgettext_lazy("meeting", "held")
        CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")

    class Kind(models.TextChoices):
        MEETING = "meeting", pgettext_lazy("meeting", "Meeting of a group")
        KICK_OFF = "kick_off", pgettext_lazy("meeting", "Public kick-off")

    concept = models.ForeignKey(Concept, models.PROTECT, related_name="meetings", db_index=False)
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("group")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.MEETING.value)
    title = models.CharField(_("title"), max_length=300)
    starts_at = models.DateTimeField(_("begins at"))
    place = models.CharField(_("place"), max_length=300, blank=True)
    public_date = models.ForeignKey(
        PublicDate,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("public date"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED.value)
    cancelled_reason = models.TextField(_("why it does not take place"), blank=True)
    # What the last invitation said, to tell whether it still holds; how many there were.
    invited_at = models.DateTimeField(_("invited on"), null=True, blank=True, editable=False)
    invited_with = models.CharField(max_length=64, blank=True, editable=False)
    invitations = models.PositiveSmallIntegerField(_("invitations"), default=0, editable=False)
    minutes_text = models.TextField(_("minutes"), blank=True)
    # As it was on that day: the group's own may change later.
    quorum_percent = models.PositiveSmallIntegerField(_("quorum in percent"), null=True, editable=False)
    # From then on the minutes are as they were approved.
    frozen_at = models.DateTimeField(_("minutes closed"), null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(Visible.Meta):
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at", "id"]
        indexes = [models.Index(fields=["tenant", "concept", "-starts_at"], name="meetings_in_order")]
        constraints = [
            models.CheckConstraint(
                name="meeting_of_a_group", condition=Q(kind="kick_off") | Q(group__isnull=False)
            ),
            models.CheckConstraint(
                name="meeting_cancelled_with_reason",
                condition=~Q(state="cancelled") | ~Q(cancelled_reason=""),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="closed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__frozen_at__isnull=False),
                func=CLOSED,
            )
        ]

    def __str__(self):
        return self.title


@tracked(leave_out=["name", "deputy_name"])
class Attendance(Municipal):
    """Whether a member was there, or who came instead. With the minutes it keeps whose seat it was."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", db_index=False)
    member = models.ForeignKey(GroupMember, models.CASCADE, related_name="attendances", db_index=False)
    present = models.BooleanField(_("was there"), default=False)
    by_deputy = models.BooleanField(_("the deputy came"), default=False)
    # As the seat was when the minutes were closed: another person may sit on it later.
    has_vote = models.BooleanField(_("has a vote"), default=True, editable=False)
    name = models.CharField(_("name"), max_length=200, blank=True, editable=False)
    deputy_name = models.CharField(_("deputy"), max_length=200, blank=True, editable=False)
    function = models.CharField(_("function or body"), max_length=200, blank=True, editable=False)

    class Meta(Municipal.Meta):
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "meeting", "member"], name="attendance_once"),
            models.CheckConstraint(
                name="deputy_counts_as_present", condition=Q(by_deputy=False) | Q(present=True)
            ),
        ]
        # Names go when a person is erased; the seat stays counted.
        triggers = [
            part_of_minutes(
                "closed",
                "{row}.meeting_id",
                also="to_jsonb(new) - 'name' - 'deputy_name' = to_jsonb(old) - 'name' - 'deputy_name'"
                " and new.name in ('', old.name) and new.deputy_name in ('', old.deputy_name)",
                texts=("name", "deputy_name", "function"),
            )
        ]

    def __str__(self):
        return f"{self.meeting_id} {self.member_id}"


@tracked()
class AgendaItem(Municipal):
    """One item of a meeting; taken from the proposal it remembers what it was about and why."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", db_index=False)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    title = models.CharField(_("title"), max_length=300)
    # In mails and on paper, where the title holds words that stay inside.
    outside = models.CharField(_("in the invitation"), max_length=300, blank=True)
    reason = models.TextField(_("why it is here"), blank=True)
    source_name = models.CharField(max_length=40, blank=True, editable=False)
    source_id = models.UUIDField(null=True, blank=True, editable=False)
    minutes = models.TextField(_("what was said"), blank=True)

    class Meta(Municipal.Meta):
        verbose_name = _("item of the agenda")
        verbose_name_plural = _("items of the agenda")
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["tenant", "meeting", "position"], name="items_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "meeting", "source_name", "source_id"],
                name="agenda_item_proposed_once",
                condition=Q(source_id__isnull=False),
            )
        ]
        triggers = [
            part_of_minutes("closed", "{row}.meeting_id", texts=("title", "outside", "reason", "minutes"))
        ]

    def __str__(self):
        return self.title

    @property
    def in_invitation(self) -> str:
        return self.outside or self.title


@tracked()
class Decision(Municipal):
    """What a group decided; without a quorum it is a recommendation. Open until its tasks are done (R2.10)."""

    class Kind(models.TextChoices):
        DECISION = "decision", pgettext_lazy("of a group", "decision")
        RECOMMENDATION = "recommendation", pgettext_lazy("of a group", "recommendation")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("decision", "open")
        DONE = "done", pgettext_lazy("decision", "done")
        WITHDRAWN = "withdrawn", pgettext_lazy("decision", "withdrawn")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions", db_index=False)
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="decisions", verbose_name=_("item")
    )
    words = models.TextField(_("wording"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.DECISION.value)
    votes_yes = models.PositiveSmallIntegerField(_("yes"), default=0)
    votes_no = models.PositiveSmallIntegerField(_("no"), default=0)
    votes_abstained = models.PositiveSmallIntegerField(_("abstained"), default=0)
    # Who was biased took no part; the number is minuted, the person in the minutes' own words.
    biased = models.PositiveSmallIntegerField(_("took no part for bias"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN.value)
    withdrawn_reason = models.TextField(_("why it was withdrawn"), blank=True)
    decided_on = models.DateField(_("decided on"))
    # Minutes are often written days later: then it is news.
    entered_on = models.DateField(_("entered on"), default=timezone.localdate, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(Municipal.Meta):
        verbose_name = pgettext_lazy("of a group", "decision")
        verbose_name_plural = pgettext_lazy("of a group", "decisions")
        ordering = ["-decided_on", "id"]
        indexes = [models.Index(fields=["tenant", "state", "-decided_on"], name="decisions_by_state")]
        constraints = [
            models.CheckConstraint(
                name="decision_withdrawn_with_reason",
                condition=~Q(state="withdrawn") | ~Q(withdrawn_reason=""),
            ),
            models.CheckConstraint(name="decision_has_words", condition=~Q(words="")),
        ]
        triggers = [
            part_of_minutes(
                "closed", "{row}.meeting_id", ("state", "withdrawn_reason", "changed_at"), texts=("words",)
            )
        ]

    def __str__(self):
        return self.words


@tracked()
class Task(Municipal):
    """What follows from a decision, a measure or a change of law: somebody does it until a day."""

    decision = models.ForeignKey(
        Decision, models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name=_("decision")
    )
    measure = models.ForeignKey(
        Measure, models.SET_NULL, null=True, blank=True, related_name="tasks", verbose_name=_("measure")
    )
    post = models.ForeignKey(
        StaffPost, models.SET_NULL, null=True, blank=True, related_name="tasks", verbose_name=_("staff post")
    )
    context_change = models.ForeignKey(
        "planning.ContextChange",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("change of law or policy"),
    )
    words = models.TextField(_("what is to be done"))
    owner_team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("team")
    )
    # No foreign key: erasing an account leaves the task standing, and its owner is looked for again.
    owner_account_id = models.UUIDField(_("person"), null=True, blank=True)
    given_on = models.DateField(_("given on"), default=timezone.localdate)
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    withdrawn_reason = models.TextField(_("why it was withdrawn"), blank=True)
    # Who had it when the minutes were closed: they say so for good, whoever takes it over.
    minuted_team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", editable=False, db_index=False
    )
    minuted_account_id = models.UUIDField(null=True, blank=True, editable=False)

    class Meta(Municipal.Meta):
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["tenant", "due_on"], name="tasks_open", condition=Q(done_on__isnull=True)),
            models.Index(
                fields=["tenant", "owner_account_id"],
                name="tasks_of_account",
                condition=Q(owner_account_id__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="task_has_an_owner",
                condition=Q(owner_team__isnull=False) | Q(owner_account_id__isnull=False),
            ),
            models.CheckConstraint(name="task_due_after_given", condition=Q(due_on__gte=F("given_on"))),
        ]
        # Handing it over, doing it and withdrawing it are no part of the minutes.
        triggers = [
            part_of_minutes(
                "closed",
                "(select d.meeting_id from planning_decision d"
                " where d.tenant_id = {row}.tenant_id and d.id = {row}.decision_id)",
                (
                    "owner_team_id",
                    "owner_account_id",
                    "done_on",
                    "withdrawn_reason",
                    "measure_id",
                    "post_id",
                    "context_change_id",
                ),
                texts=("words",),
            )
        ]

    def __str__(self):
        return self.words

    @property
    def comes_from(self) -> str:
        """In words: of which meeting, and whether that only recommended it."""
        if self.decision is None:
            return ""
        if self.decision.kind == Decision.Kind.RECOMMENDATION:
            return gettext("only recommended: %(meeting)s") % {"meeting": self.decision.meeting.title}
        return gettext("decided: %(meeting)s") % {"meeting": self.decision.meeting.title}


class MinutesAddition(Municipal):
    """What somebody set right in closed minutes: with day and name, never in the minutes themselves."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="additions", db_index=False)
    words = models.TextField(_("addition"))
    by = models.UUIDField(_("person"), null=True, editable=False)
    at = models.DateTimeField(_("on"), default=timezone.now)

    class Meta(Municipal.Meta):
        verbose_name = _("addition to minutes")
        verbose_name_plural = _("additions to minutes")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["tenant", "meeting", "at"], name="additions_of_meeting")]
        constraints = [models.CheckConstraint(name="addition_has_words", condition=~Q(words=""))]
        triggers = [
            pgtrigger.Trigger(
                name="stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
if tg_op = 'UPDATE' and {only_taken_out(("words",), "r.meeting_id = new.meeting_id")} then
    return new;
end if;
raise exception 'additions to closed minutes stay' using errcode = 'integrity_constraint_violation';
""",
            )
        ]

    def __str__(self):
        return self.words
