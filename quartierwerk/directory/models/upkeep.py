"""How the directory stays true: asking organisations, checking their changes, mending what is double or broken."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.calendar.models import PublicDate
from quartierwerk.journal.history import tracked
from quartierwerk.tenants.models import Municipal, Visibility, Visible

from .offers import Offer
from .organisations import Organisation


@tracked(leave_out=["token_hash"])
class ConfirmationLink(Municipal):
    """The link of one mail with which an organisation says "still true", once."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="confirmation_links", db_index=False
    )
    token_hash = models.CharField(max_length=64, editable=False)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    valid_until = models.DateTimeField(_("valid until"))
    # The mail it stands in, without a foreign key: mails are emptied earlier.
    mail_id = models.UUIDField(null=True, blank=True, editable=False)

    class Meta(Municipal.Meta):
        verbose_name = _("link for confirming")
        verbose_name_plural = _("links for confirming")
        ordering = ["-sent_at"]
        indexes = [models.Index(fields=["tenant", "organisation", "-sent_at"], name="confirmations_sent")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "token_hash"], name="confirmation_token_once")
        ]

    def __str__(self):
        return f"{self.sent_at:%d.%m.%Y}"


@tracked(leave_out=["fields"])
class PendingChange(Municipal):
    """What an organisation said or wrote that the staff have not looked at yet."""

    class What(models.TextChoices):
        REPORT = "report", pgettext_lazy("change", "reported when confirming")
        EDIT = "edit", pgettext_lazy("change", "written by its editor")
        PUBLISH = "publish", pgettext_lazy("change", "to be published")
        CANCEL = "cancel", pgettext_lazy("change", "why a date is cancelled")

    class Decision(models.TextChoices):
        OPEN = "open", pgettext_lazy("change", "waits")
        ACCEPTED = "accepted", pgettext_lazy("change", "accepted")
        DECLINED = "declined", pgettext_lazy("change", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("change", "taken back")

    offer = models.ForeignKey(
        Offer, models.CASCADE, null=True, blank=True, related_name="pending_changes", db_index=False
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="pending_changes", db_index=False
    )
    date = models.ForeignKey(
        PublicDate,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="pending_changes",
        db_index=False,
        verbose_name=_("public date"),
    )
    what = models.CharField(_("what"), max_length=10, choices=What, default=What.REPORT)
    # A report: {"says", "note"}. An edit: {"typed": {name in the form: [values]}}, the form as it was sent. Why a date
    # is cancelled: {"why"}.
    fields = models.JSONField(default=dict, blank=True)
    by = models.UUIDField(_("person"), null=True, editable=False)
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, default=Decision.OPEN)
    decided_by = models.UUIDField(_("decided by"), null=True, editable=False)
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta(Municipal.Meta):
        verbose_name = _("change to be checked")
        verbose_name_plural = _("changes to be checked")
        ordering = ["asked_at", "id"]
        indexes = [
            models.Index(fields=["tenant", "decision", "asked_at"], name="changes_in_order"),
            models.Index(fields=["tenant", "offer"], name="changes_of_offer"),
            models.Index(fields=["tenant", "organisation"], name="changes_of_organisation"),
            models.Index(fields=["tenant", "date"], name="changes_of_date"),
        ]
        constraints = [
            models.CheckConstraint(
                name="change_of_one_record",
                condition=Q(offer=None, organisation__isnull=False, date=None)
                | Q(offer__isnull=False, organisation=None, date=None)
                | Q(offer=None, organisation=None, date__isnull=False),
            ),
            # Reports add up; of what an editor wrote there is one last word.
            models.UniqueConstraint(
                fields=["tenant", "offer", "what"],
                name="one_open_change_of_offer",
                condition=Q(decision="open") & ~Q(what="report"),
            ),
            models.UniqueConstraint(
                fields=["tenant", "organisation", "what"],
                name="one_open_change_of_organisation",
                condition=Q(decision="open") & ~Q(what="report"),
            ),
            models.UniqueConstraint(
                fields=["tenant", "date", "what"],
                name="one_open_change_of_date",
                condition=Q(decision="open") & ~Q(what="report"),
            ),
        ]

    def __str__(self):
        return f"{self.asked_at:%d.%m.%Y}"

    @property
    def record(self) -> Offer | Organisation | PublicDate:
        return self.offer or self.organisation or self.date  # type: ignore[return-value]  # the constraint sees to it

    @property
    def is_open(self) -> bool:
        return self.decision == self.Decision.OPEN


class ViewCount(Municipal):
    """How often an offer's page was opened in a month. No cookie, no address, and no history: that would tell when."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="view_counts", db_index=False)
    month = models.DateField(_("month"))  # its first day
    count = models.PositiveIntegerField(_("views"), default=0)

    class Meta(Municipal.Meta):
        verbose_name = _("views of an offer")
        verbose_name_plural = _("views of offers")
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "offer", "month"], name="views_once_a_month"),
            models.CheckConstraint(name="views_of_a_whole_month", condition=Q(month__day=1)),
        ]

    def __str__(self):
        return f"{self.month:%m/%Y}: {self.count}"


class RecordKind(models.TextChoices):
    """A record named by kind and number, where a foreign key would not do."""

    OFFER = "offer", pgettext_lazy("kind", "offer")
    ORGANISATION = "organisation", pgettext_lazy("kind", "organisation")
    LOCATION = "location", pgettext_lazy("kind", "location")


@tracked()
class Moved(Visible):
    """After merging two records the old address leads to the one that stays, and a list finds that one, too."""

    kind = models.CharField(_("kind"), max_length=20, choices=RecordKind)
    old = models.UUIDField(_("old number"))
    new = models.UUIDField(_("new number"))
    moved_at = models.DateTimeField(_("merged on"), default=timezone.now)
    # The list that brought the old one: imported again, it must not bring it back.
    source = models.CharField(_("imported from"), max_length=120, blank=True, editable=False)
    source_id = models.CharField(_("number in the source"), max_length=200, blank=True, editable=False)
    # Neighbours on whose pages the old one stood: there its address leads on as well.
    serves_tenants = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)

    class Meta(Visible.Meta):
        verbose_name = _("moved record")
        verbose_name_plural = _("moved records")
        indexes = [
            models.Index(fields=["tenant", "kind", "new"], name="moved_here"),
            models.Index(
                fields=["tenant", "source", "source_id"], name="moved_of_list", condition=~Q(source="")
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "kind", "old"], name="moved_once"),
            models.CheckConstraint(name="moved_elsewhere", condition=~Q(old=models.F("new"))),
        ]

    def __str__(self):
        return f"{self.kind} {self.old} → {self.new}"

    def save(self, **kwargs):
        # An address that was public must lead on for everybody; it tells nothing but two numbers.
        self.visibility = Visibility.PUBLIC
        super().save(**kwargs)


@tracked()
class UnreachableLink(Municipal):
    """A website in a record that does not answer any more."""

    kind = models.CharField(_("kind"), max_length=20, choices=RecordKind)
    record_id = models.UUIDField(_("record"))
    url = models.URLField(_("website"), max_length=500)
    # What the server answered; empty where there was no answer.
    status = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)
    # On so many days it did not answer; the staff hear of it from the third on (`links/rules.py`).
    failures = models.PositiveSmallIntegerField(_("failures"), default=3)
    checked_at = models.DateTimeField(_("last tried"), default=timezone.now)

    class Meta(Municipal.Meta):
        verbose_name = _("unreachable website")
        verbose_name_plural = _("unreachable websites")
        ordering = ["since", "id"]
        indexes = [models.Index(fields=["tenant", "since"], name="unreachable_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kind", "record_id", "url"], name="unreachable_link_once"
            )
        ]

    def __str__(self):
        return self.url


@tracked(leave_out=["text"])
class SentToMany(Municipal):
    """One mail that went to many organisations, each on its own: what was said and to how many, not to whom."""

    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    # The filter in words, as it stood on the page.
    chosen = models.CharField(_("to which organisations"), max_length=500, blank=True)
    number = models.PositiveIntegerField(_("mails"), default=0)
    without_address = models.PositiveIntegerField(_("without a mail address"), default=0)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    sent_by = models.UUIDField(_("person"), null=True, editable=False)
    # Of subject, text and recipients: the same twice within a day is a mistake.
    digest = models.CharField(max_length=64, editable=False)

    class Meta(Municipal.Meta):
        verbose_name = _("mail to many organisations")
        verbose_name_plural = _("mails to many organisations")
        ordering = ["-sent_at", "id"]
        indexes = [models.Index(fields=["tenant", "-sent_at"], name="mails_to_many")]

    def __str__(self):
        return self.subject
