import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quartierwerk.tenants.models import Municipal


class State(models.TextChoices):
    WAITING = "waiting", _("waiting to be sent")
    SENT = "sent", _("sent")
    KEPT = "kept", _("kept here to be read, no mail server is set")
    BOUNCED = "bounced", _("refused for good by the recipient's server")
    GIVEN_UP = "given up", _("given up after several days")


class Mail(models.Model):
    """One mail as it goes out. Written once; afterwards only its fate changes."""

    # The same event never mails twice; holds identifiers, since it outlives the text.
    key = models.CharField(max_length=200)
    kind = models.CharField(_("kind"), max_length=60)
    recipient = models.EmailField(_("mail address"), max_length=320, blank=True)
    # Whose mail it is, where that is known: an id without foreign key, since accounts stand above.
    account_id = models.UUIDField(null=True, editable=False)
    language = models.CharField(_("language"), max_length=35)
    reply_to = models.EmailField(_("answers go to"), max_length=320, blank=True)
    sender_name = models.CharField(_("sender"), max_length=200, blank=True)
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    # A date for the reader's diary (iCalendar), sent along as a file.
    calendar = models.TextField(_("date for the diary"), blank=True)
    # Set before the first try, so that a crash after the server took it can only repeat this very mail.
    message_id = models.CharField(max_length=200, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    problem = models.CharField(_("last problem"), max_length=40, blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(_("sent or given up"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.kind} {self.state}"

    def prepare(self) -> None:
        """Give a new mail its Message-ID."""
        self.message_id = f"<{self.pk.hex}@{settings.MAIL_DOMAIN}>"

    def empty(self) -> None:
        """Forget whom and what; kind, key, fate and times stay. A mail that still waits does not go out."""
        self.text = self.calendar = self.recipient = self.reply_to = ""
        self.account_id = None
        if self.state == State.WAITING:
            self.state, self.problem, self.ended_at = State.GIVEN_UP, "emptied", timezone.now()
        self.save(
            update_fields=[
                "text", "calendar", "recipient", "reply_to", "account_id", "state", "problem", "ended_at"
            ]
        )  # fmt: skip


class Outgoing(Mail, Municipal):
    """A mail that a municipality sends, behind its wall."""

    class Meta(Municipal.Meta):
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [models.UniqueConstraint(fields=["tenant", "key"], name="mail_once_per_event")]
        indexes = [
            models.Index(fields=["tenant", "-created_at"], name="mails_by_time"),
            models.Index(
                fields=["tenant", "next_try_at"],
                name="mails_waiting",
                condition=models.Q(state=State.WAITING),
            ),
        ]


class InstallationMail(Mail):
    """A mail about an account (a forgotten password), sent before any municipality is known.

    A table of its own rather than `Outgoing` with an empty tenant: that would take the wall from all mails.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("mail about an account")
        verbose_name_plural = _("mails about accounts")
        constraints = [models.UniqueConstraint(fields=["key"], name="installation_mail_once_per_event")]
        indexes = [
            models.Index(fields=["-created_at"], name="installation_mails_by_time"),
            models.Index(
                fields=["next_try_at"],
                name="installation_mails_waiting",
                condition=models.Q(state=State.WAITING),
            ),
        ]
