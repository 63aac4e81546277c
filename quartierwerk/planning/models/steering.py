"""Groups that write and steer the concept, whose seats they have, and what they were asked."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.journal.history import tracked
from quartierwerk.tenants.models import Municipal, Visible

from .concepts import Concept, FieldOfAction
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


@tracked(leave_out=["name", "deputy_name", "account_id", "deputy_account_id"])
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
    deputy_account_id = models.UUIDField(_("account of the deputy"), null=True, blank=True)
    is_voting = models.BooleanField(_("has a vote"), default=True)
    # First and last day; empty: from the beginning, without end.
    since = models.DateField(_("since"), null=True, blank=True)
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
            models.Index(
                fields=["tenant", "deputy_account_id"],
                name="groups_of_deputy",
                condition=Q(deputy_account_id__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(name="seat_is_called_something", condition=~Q(name="") | ~Q(function=""))
        ]

    def __str__(self):
        return self.name or self.function

    @staticmethod
    def sitting(first: date, last: date | None = None) -> Q:
        """Seats held on a day, or on any from the first to the last one."""
        began = Q(since=None) | Q(since__lte=last or first)
        return began & (Q(until=None) | Q(until__gte=first))


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
