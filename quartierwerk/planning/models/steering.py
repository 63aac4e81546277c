"""Groups that steer the concept, their meetings, what they decided, and who does it until when."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.calendar.models import PublicDate
from quartierwerk.journal.history import tracked
from quartierwerk.tenants.models import Municipal, Visible

from .concepts import Concept, FieldOfAction
from .measures import Measure
from .people import Team


@tracked()
class Group(Visible):
    """A working group that writes the concept, or the steering group that follows it (R2.01, R2.09)."""

    class Kind(models.TextChoices):
        WORKING = "working_group", _("Working group")
        STEERING = "steering_group", _("Steering group")
        ADVISORY = "advisory", _("Advisory board")

    concept = models.ForeignKey(Concept, models.PROTECT, related_name="groups", db_index=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.STEERING.value)
    name = models.CharField(_("name"), max_length=200)
    mandate = models.TextField(_("mandate"), blank=True)
    result = models.TextField(_("result"), blank=True)
    quorum_percent = models.PositiveSmallIntegerField(
        _("share of voting members that must be present, in percent"), default=50
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(Visible.Meta):
        verbose_name = pgettext_lazy("of the concept", "group")
        verbose_name_plural = pgettext_lazy("of the concept", "groups")
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["tenant", "concept", "name"], name="groups_of_concept")]
        constraints = [
            models.CheckConstraint(
                name="group_quorum", condition=Q(quorum_percent__gte=1, quorum_percent__lte=100)
            )
        ]

    def __str__(self):
        return self.name


@tracked(leave_out=["name", "deputy_name", "account_id"])
class GroupMember(Municipal):
    """A seat: whose it is, for which team or body, and who stands in."""

    group = models.ForeignKey(
        Group,
        models.CASCADE,
        related_name="members",
        db_index=False,
        verbose_name=pgettext_lazy("of the concept", "group"),
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="seats", verbose_name=_("team")
    )
    account_id = models.UUIDField(_("account"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    function = models.CharField(_("function or body"), max_length=200, blank=True)
    deputy_name = models.CharField(_("deputy"), max_length=200, blank=True)
    is_voting = models.BooleanField(_("has a vote"), default=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta(Municipal.Meta):
        verbose_name = _("member of a group")
        verbose_name_plural = _("members of groups")
        ordering = ["function", "name", "id"]
        indexes = [
            models.Index(fields=["tenant", "group"], name="members_of_group"),
            models.Index(
                fields=["tenant", "account_id"],
                name="groups_of_account",
                condition=Q(account_id__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(name="seat_is_called_something", condition=~Q(name="") | ~Q(function=""))
        ]

    def __str__(self):
        return self.name or self.function


@tracked()
class MandateQuestion(Municipal):
    """One question of the mandate; the concept answers it, a body decides it (R2.02)."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("question of a mandate", "open")
        ANSWERED = "answered", pgettext_lazy("question of a mandate", "answered")
        DECIDED = "decided", pgettext_lazy("question of a mandate", "decided")

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="questions", db_index=False)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    words = models.TextField(_("question"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN.value)
    answer = models.TextField(_("answer"), blank=True)
    chapter = models.CharField(_("chapter of the concept"), max_length=200, blank=True)
    # The chapter, where it is one of the fields of action.
    field = models.ForeignKey(
        FieldOfAction,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("field of action"),
    )

    class Meta(Municipal.Meta):
        verbose_name = _("question of the mandate")
        verbose_name_plural = _("questions of the mandate")
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["tenant", "concept", "position"], name="questions_in_order")]
        constraints = [
            models.CheckConstraint(
                name="question_answered_in_words", condition=Q(state="open") | ~Q(answer="")
            )
        ]

    def __str__(self):
        return self.words


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
    minutes_text = models.TextField(_("minutes"), blank=True)
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
            )
        ]

    def __str__(self):
        return self.title


@tracked()
class Attendance(Municipal):
    """Whether a member was there, or who came instead."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", db_index=False)
    member = models.ForeignKey(GroupMember, models.CASCADE, related_name="attendances", db_index=False)
    present = models.BooleanField(_("was there"), default=False)
    by_deputy = models.BooleanField(_("the deputy came"), default=False)

    class Meta(Municipal.Meta):
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "meeting", "member"], name="attendance_once"),
            models.CheckConstraint(
                name="deputy_counts_as_present", condition=Q(by_deputy=False) | Q(present=True)
            ),
        ]

    def __str__(self):
        return f"{self.meeting_id} {self.member_id}"


@tracked()
class AgendaItem(Municipal):
    """One item of a meeting; taken from the proposal it remembers what it was about and why."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", db_index=False)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    title = models.CharField(_("title"), max_length=300)
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

    def __str__(self):
        return self.title


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

    def __str__(self):
        return self.words


@tracked()
class Task(Municipal):
    """What follows from a decision or a measure: somebody does it until a day."""

    decision = models.ForeignKey(
        Decision, models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name=_("decision")
    )
    measure = models.ForeignKey(
        Measure, models.SET_NULL, null=True, blank=True, related_name="tasks", verbose_name=_("measure")
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

    def __str__(self):
        return self.words
