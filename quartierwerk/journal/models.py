import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from quartierwerk.tenants.models import Municipal


class Entry(models.Model):
    """What happened: who, when, to which record. Identifiers only, never contents (data protection §4)."""

    at = models.DateTimeField(_("time"), auto_now_add=True)
    # The account's id, without a foreign key: erasing a person must leave the trail standing, nameless.
    actor = models.UUIDField(_("person"), null=True)
    job = models.CharField(_("job"), max_length=100, blank=True)
    roles = ArrayField(models.CharField(max_length=40), default=list, verbose_name=_("roles"))
    action = models.CharField(_("action"), max_length=100)
    object_kind = models.CharField(_("kind of record"), max_length=100, blank=True)
    object_id = models.CharField(_("record"), max_length=40, blank=True)
    fields = ArrayField(models.CharField(max_length=100), default=list, verbose_name=_("fields"))
    purpose = models.CharField(_("purpose"), max_length=60, blank=True)
    request = models.CharField(_("request"), max_length=40, blank=True)
    result = models.CharField(_("result"), max_length=20, default="done")

    class Meta:
        abstract = True


class JournalEntry(Entry, Municipal):
    """One action in a municipality."""

    append_only = True

    class Meta(Municipal.Meta):
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        indexes = [
            models.Index(fields=["tenant", "-at"], name="journal_by_time"),
            models.Index(fields=["tenant", "object_id", "-at"], name="journal_by_object"),
            models.Index(fields=["tenant", "actor", "-at"], name="journal_by_actor"),
        ]

    def __str__(self):
        return f"{self.action} {self.object_kind}"


class SecurityEvent(Entry):
    """Log-ins, second factors, refusals: events of the installation, before any municipality is known."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Shortened after seven days, deleted after ninety (data protection §3).
    address = models.GenericIPAddressField(_("address"), null=True, blank=True)

    class Meta:
        verbose_name = _("security event")
        verbose_name_plural = _("security events")
        indexes = [
            models.Index(fields=["-at"], name="security_by_time"),
            models.Index(fields=["actor", "-at"], name="security_by_actor"),
        ]

    def __str__(self):
        return self.action
