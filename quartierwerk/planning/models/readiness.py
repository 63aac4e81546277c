"""How ready a municipality is: linked evidence for the seven hints, and campaigns that take stock (R2.03, R2.08)."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quartierwerk.directory.models import Organisation
from quartierwerk.journal.history import tracked
from quartierwerk.tenants.models import Municipal, Visible

from .concepts import Concept

# Only a passage may be taken out, counted, after a consent was withdrawn.
FROZEN = """
if tg_op = 'DELETE' then
    raise exception 'a closed campaign stays' using errcode = 'integrity_constraint_violation';
end if;
if to_jsonb(new) - 'snapshot' - 'snapshot_sha256' - 'redactions'
   is distinct from to_jsonb(old) - 'snapshot' - 'snapshot_sha256' - 'redactions'
   or new.redactions <> old.redactions + 1 then
    raise exception 'a closed campaign is frozen' using errcode = 'integrity_constraint_violation';
end if;
return new;
"""


@tracked()
class HintEvidence(Municipal):
    """A record that somebody named as the proof of a hint. How old it is, it says itself wherever it can."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="evidence", db_index=False)
    hint = models.PositiveSmallIntegerField(_("hint"))
    # A name in `readiness/register.py` and the record's id: evidence is of many kinds, also of packages above.
    kind = models.CharField(_("kind"), max_length=40)
    record_id = models.UUIDField(_("record"))
    # What it was called: after the record was deleted, the notice can say what is missing.
    title = models.CharField(_("title"), max_length=400, blank=True)
    # For a record without a day of its own.
    shown_on = models.DateField(_("of which day"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    linked_at = models.DateTimeField(_("linked on"), default=timezone.now)

    class Meta(Municipal.Meta):
        verbose_name = _("evidence for a hint")
        verbose_name_plural = _("evidence for hints")
        ordering = ["hint", "linked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "concept", "hint", "kind", "record_id"], name="evidence_linked_once"
            ),
            models.CheckConstraint(name="evidence_of_a_hint", condition=Q(hint__gte=1, hint__lte=7)),
        ]

    def __str__(self):
        return self.title


@tracked(leave_out=["snapshot"])
class Campaign(Visible):
    """Taking stock: organisations are asked to confirm their entries; closed, the state of that day stays."""

    concept = models.ForeignKey(Concept, models.PROTECT, related_name="campaigns", db_index=False)
    title = models.CharField(_("title"), max_length=300)
    opened_on = models.DateField(_("begun on"), default=timezone.localdate)
    closes_on = models.DateField(_("answers until"))
    reminded_at = models.DateTimeField(_("last reminded"), null=True, blank=True, editable=False)
    # Plain values as `readiness/snapshot.py` makes them, and their fingerprint.
    snapshot = models.JSONField(null=True, blank=True, editable=False)
    snapshot_sha256 = models.CharField(_("fingerprint"), max_length=64, blank=True, editable=False)
    frozen_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    # How often passages were taken out after the close.
    redactions = models.PositiveSmallIntegerField(_("redactions"), default=0, editable=False)

    class Meta(Visible.Meta):
        verbose_name = _("campaign to take stock")
        verbose_name_plural = _("campaigns to take stock")
        ordering = ["-opened_on", "id"]
        indexes = [models.Index(fields=["tenant", "concept", "-opened_on"], name="campaigns_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "concept"], name="campaign_one_open", condition=Q(frozen_at__isnull=True)
            ),
            models.CheckConstraint(
                name="campaign_closed_with_snapshot",
                condition=Q(frozen_at__isnull=True) | Q(snapshot__isnull=False) & ~Q(snapshot_sha256=""),
            ),
            models.CheckConstraint(
                name="campaign_ends_after_it_begins", condition=Q(closes_on__gte=F("opened_on"))
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__frozen_at__isnull=False),
                func=FROZEN,
            )
        ]

    def __str__(self):
        return self.title


@tracked()
class CampaignAnswer(Municipal):
    """One organisation of a campaign. While it runs, the directory's own "still true" is the answer."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="answers", db_index=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="campaign_answers")
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    # Written down when the campaign closes.
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)

    class Meta(Municipal.Meta):
        verbose_name = _("answer to a campaign")
        verbose_name_plural = _("answers to campaigns")
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "campaign", "organisation"], name="campaign_asks_once")
        ]

    def __str__(self):
        return f"{self.campaign_id} {self.organisation_id}"
