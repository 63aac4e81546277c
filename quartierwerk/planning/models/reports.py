"""What teams report of their measures month by month, and the link by which they do."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.journal.history import tracked
from quartierwerk.tenants.models import Municipal

from .measures import Measure
from .people import Team


@tracked()
class StateReport(Municipal):
    """What a team said about a measure in a month; of several in a month the newest counts."""

    class Said(models.TextChoices):
        NOTHING = "", pgettext_lazy("report on a measure", "not said")
        ON_TRACK = "on_track", pgettext_lazy("report on a measure", "on track")
        AT_RISK = "at_risk", pgettext_lazy("report on a measure", "at risk")
        LATE = "late", pgettext_lazy("report on a measure", "late")
        DONE = "done", pgettext_lazy("report on a measure", "done")

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="reports", db_index=False)
    month = models.DateField(_("month"))  # its first day
    team = models.ForeignKey(Team, models.PROTECT, related_name="reports", db_index=False)
    light_said = models.CharField(
        _("state"), max_length=20, choices=Said, blank=True, default=Said.NOTHING.value
    )
    words = models.TextField(_("in words"), blank=True)
    # The account, without a foreign key; empty where the mailed link was used.
    account_id = models.UUIDField(_("person"), null=True, blank=True, editable=False)
    at = models.DateTimeField(_("reported on"), default=timezone.now)

    class Meta(Municipal.Meta):
        verbose_name = _("report on a measure")
        verbose_name_plural = _("reports on measures")
        ordering = ["-month", "-at"]
        indexes = [
            models.Index(fields=["tenant", "measure", "-month", "-at"], name="reports_of_measure"),
            models.Index(fields=["tenant", "team", "-month"], name="reports_of_team"),
        ]
        constraints = [models.CheckConstraint(name="report_of_a_whole_month", condition=Q(month__day=1))]

    def __str__(self):
        return f"{self.month:%m/%Y}"


@tracked(leave_out=["token_hash"])
class UpdateLink(Municipal):
    """The one mail of a month with which a team reports on its measures, without signing in."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="update_links", db_index=False)
    month = models.DateField(_("month"))  # its first day
    token_hash = models.CharField(max_length=64, editable=False)
    mailed_to_account_id = models.UUIDField(_("sent to"), null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    reminded = models.PositiveSmallIntegerField(_("reminders"), default=0)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    valid_until = models.DateTimeField(_("valid until"))

    class Meta(Municipal.Meta):
        verbose_name = _("link for reporting")
        verbose_name_plural = _("links for reporting")
        ordering = ["-month", "-sent_at"]
        indexes = [models.Index(fields=["tenant", "team", "-month"], name="update_links_of_team")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "token_hash"], name="update_token_once"),
            models.CheckConstraint(name="update_link_of_a_whole_month", condition=Q(month__day=1)),
            models.CheckConstraint(name="update_reminded_twice_at_most", condition=Q(reminded__lte=2)),
        ]

    def __str__(self):
        return f"{self.month:%m/%Y}"
