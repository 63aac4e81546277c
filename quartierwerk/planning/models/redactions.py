"""That a passage was taken out of what is closed or adopted: who, when, why, how often; never the passage itself."""

from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quartierwerk.tenants.models import Municipal

from .editions import Edition
from .meetings import Meeting
from .principles import PrincipleVersion
from .readiness import Campaign

OF = ("edition", "meeting", "version", "campaign")


def _of_one() -> Q:
    found = Q()
    for name in OF:
        found |= Q(**{f"{one}__isnull": one != name for one in OF})
    return found


class Redaction(Municipal):
    """The note without which the database lets no frozen text be touched (`passages.py`, and the editions' own trigger)."""

    append_only = True

    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="redaction_notes", db_index=False
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="redaction_notes", db_index=False
    )
    version = models.ForeignKey(
        PrincipleVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="redaction_notes",
        db_index=False,
    )
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="redaction_notes", db_index=False
    )
    number = models.PositiveSmallIntegerField(_("number"))
    reason = models.TextField(_("reason"))
    passages = models.PositiveIntegerField(_("passages"))
    sha256_before = models.CharField(_("fingerprint before"), max_length=64)
    by = models.UUIDField(_("person"), null=True, editable=False)
    at = models.DateTimeField(_("on"), default=timezone.now)
    # The one transaction in which texts may change beside this note.
    in_transaction = models.CharField(
        max_length=20,
        editable=False,
        db_default=Cast(Func(function="pg_current_xact_id"), models.CharField()),
    )

    class Meta(Municipal.Meta):
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        ordering = ["number"]
        constraints = [
            *(
                models.UniqueConstraint(fields=["tenant", name, "number"], name=f"redaction_of_{name}_once")
                for name in OF
            ),
            models.CheckConstraint(name="redaction_of_one", condition=_of_one()),
            models.CheckConstraint(name="redaction_with_reason", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.edition_id or self.meeting_id or self.version_id or self.campaign_id} {self.number}"
