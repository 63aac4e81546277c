import hashlib
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quartierwerk.journal.history import tracked
from quartierwerk.tenants.managers import ScopedManager
from quartierwerk.tenants.models import Municipal


class ConsentText(Municipal):
    """What people are asked, in one language and version. Never changed: a new wording is a new version."""

    append_only = True

    purpose = models.SlugField(_("purpose"), max_length=60)
    # Version of the source text; a translation carries the version that it translates.
    version = models.PositiveIntegerField(_("version"))
    language = models.CharField(_("language"), max_length=35)
    recipient = models.CharField(_("recipient"), max_length=200)
    data_kinds = models.CharField(_("which data"), max_length=300)
    words = models.TextField(_("wording"))
    written_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)

    class Meta(Municipal.Meta):
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "purpose", "version", "language"], name="one_consent_text"
            )
        ]

    def __str__(self):
        return f"{self.purpose} {self.version} {self.language}"


class ConsentQuerySet(models.QuerySet):
    def running(self, now=None):
        now = now or timezone.now()
        return self.filter(agreed=True, withdrawn_at=None, ends_at__gt=now)


@tracked()
class Consent(Municipal):
    """One answer to one text: agreed or refused, when, how, recorded by whom, until when (data protection §6)."""

    class Way(models.TextChoices):
        ONLINE = "online", _("on this website")
        PAPER = "paper", _("signed on paper")
        SPOKEN = "spoken", _("spoken, in a talk")
        PHONE = "phone", _("on the phone")

    # The account, or the record of somebody without one (a profile, a booking): an id without foreign key.
    subject = models.UUIDField(_("person"))
    text = models.ForeignKey(ConsentText, models.PROTECT, verbose_name=_("wording shown"))
    purpose = models.SlugField(_("purpose"), max_length=60)
    agreed = models.BooleanField(_("agreed"))
    interpreter_helped = models.BooleanField(_("an interpreter helped"), default=False)
    by_guardian = models.BooleanField(_("given by the guardians of a minor"), default=False)
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    way = models.CharField(_("way"), max_length=10, choices=Way, default=Way.ONLINE)
    # Empty where the person did it herself.
    recorded_by = models.UUIDField(_("recorded by"), null=True, blank=True, editable=False)
    # Expiry, or the earlier end by withdrawal; a refusal allowed nothing and ends at once.
    ends_at = models.DateTimeField(_("valid until"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = ScopedManager.from_queryset(ConsentQuerySet)()  # type: ignore[misc]

    class Meta(Municipal.Meta):
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        indexes = [
            models.Index(fields=["tenant", "subject", "purpose", "-given_at"], name="consents_of_person")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(agreed=True), name="only_a_consent_can_be_withdrawn"
            )
        ]

    def __str__(self):
        return f"{self.purpose} {self.given_at:%Y-%m-%d}"


class DataRequest(models.Model):
    """Somebody without account asks for her data: a link to her mail address proves who she is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mail = models.EmailField(_("mail address"), max_length=320, blank=True)
    # Only the fingerprint: whoever reads the database can open nothing.
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(_("opened"), null=True)
    erased_at = models.DateTimeField(_("erased"), null=True)

    class Meta:
        verbose_name = _("request about one's own data")
        verbose_name_plural = _("requests about one's own data")

    def __str__(self):
        return str(self.pk)

    @staticmethod
    def fingerprint(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()

    def empty(self) -> None:
        self.mail = ""
        self.save(update_fields=["mail"])
