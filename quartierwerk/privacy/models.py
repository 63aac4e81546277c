"""What the registry's work leaves behind: holds, changed periods, protocols. Identifiers and counts, no values."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quartierwerk.tenants.models import Municipal, Tenant

from .registry import Retention
from .retention import PERIODS, Span


class HoldQuerySet(models.QuerySet):
    def standing(self, now=None):
        now = now or timezone.now()
        return self.filter(ended_at=None).filter(Q(until=None) | Q(until__gt=now))


class Hold(models.Model):
    """A record, or everything about a person, that may be neither erased nor used further for now (Art. 18 GDPR).

    Read by the daily job for all municipalities at once and for accounts too, hence without a wall of its own; pages
    show those of their municipality.
    """

    wall_exempt = "stops the deletion of accounts as well, which belong to no municipality"

    class Kind(models.TextChoices):
        RESTRICTION = "restriction", _("Restriction asked for by the person (Art. 18)")
        DISPUTE = "dispute", _("Legal dispute")
        RETENTION = "retention", _("Kept because a law demands it; locked")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT, null=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    account_id = models.UUIDField(_("person"), null=True, blank=True)
    object_kind = models.CharField(_("kind of record"), max_length=100, blank=True)
    object_id = models.CharField(_("record"), max_length=40, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    set_by = models.UUIDField(null=True, editable=False)
    set_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    ended_by = models.UUIDField(null=True, editable=False)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        constraints = [
            models.CheckConstraint(
                condition=Q(account_id__isnull=False) | Q(object_id__gt=""), name="hold_of_something"
            )
        ]
        indexes = [models.Index(fields=["object_kind", "object_id"], name="hold_of_object")]

    def __str__(self):
        return f"{self.kind} {self.object_kind}"


class PeriodChange(Municipal):
    """Another period for one deletion class in this municipality. Counts once confirmed, where that is needed."""

    retention = models.CharField(_("deletion class"), max_length=60)
    months = models.PositiveSmallIntegerField(_("months"), default=0)
    days = models.PositiveSmallIntegerField(_("days"), default=0)
    hours = models.PositiveSmallIntegerField(_("hours"), default=0)
    reason = models.CharField(_("reason"), max_length=300)
    changed_by = models.UUIDField(editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    # Keeping longer than the default is loosening: a second person agrees first.
    confirmed_by = models.UUIDField(null=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)

    class Meta(Municipal.Meta):
        verbose_name = _("changed retention period")
        verbose_name_plural = _("changed retention periods")
        indexes = [models.Index(fields=["tenant", "retention", "-changed_at"], name="period_changes")]

    def __str__(self):
        return f"{self.retention}: {self.span}"

    @property
    def span(self) -> Span:
        return Span(self.months, self.days, self.hours)

    @property
    def counts(self) -> bool:
        return self.confirmed_by is not None or not PERIODS[Retention(self.retention)].loosens(self.span)


class Run(models.Model):
    """One run of the retention job, or one erasure: when, and in its lines how much of what."""

    class Kind(models.TextChoices):
        RETENTION = "retention", _("Daily deletion")
        ERASURE = "erasure", _("Erasure of a person")
        RESTORE = "restore", _("Repeated after a restore")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    began_at = models.DateTimeField(_("began"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True)
    # An erasure: whose, as ids. Rows without account were found by a mail address, which is not kept.
    account_id = models.UUIDField(null=True, editable=False)
    rows = ArrayField(models.CharField(max_length=150), default=list, editable=False)

    class Meta:
        verbose_name = _("deletion run")
        verbose_name_plural = _("deletion runs")
        indexes = [models.Index(fields=["-began_at"], name="deletion_runs_by_time")]

    def __str__(self):
        return f"{self.kind} {self.began_at:%Y-%m-%d}"


class RunLine(models.Model):
    """The protocol: class and number, no values (data protection §3)."""

    wall_exempt = (
        "counts also of tables that belong to no municipality; the officer's page asks for its own lines"
    )

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, models.CASCADE, related_name="lines")
    tenant = models.ForeignKey(Tenant, models.PROTECT, null=True)
    model = models.CharField(_("records"), max_length=100)
    retention = models.CharField(_("deletion class"), max_length=60)
    deleted = models.PositiveIntegerField(_("deleted"), default=0)
    emptied = models.PositiveIntegerField(_("emptied"), default=0)
    shortened = models.PositiveIntegerField(_("shortened"), default=0)
    history = models.PositiveIntegerField(_("rows of history overwritten"), default=0)
    held = models.PositiveIntegerField(_("held back"), default=0)

    class Meta:
        verbose_name = _("line of a deletion run")
        verbose_name_plural = _("lines of deletion runs")

    def __str__(self):
        return f"{self.model} {self.deleted}"
