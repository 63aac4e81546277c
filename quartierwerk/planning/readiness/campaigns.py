"""Taking stock (R2.03, W2.4): organisations are asked by the directory's own "still true" mail; the close stays.

There is no second mechanism: an organisation that confirms its entries has answered, by the mailed link, on the phone
or in its own account. What cannot be delivered stands on the directory's list of calls.
"""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import Case, Count, F, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk import journal, rights
from quartierwerk.directory.models import Organisation
from quartierwerk.directory.upkeep import actions as upkeep
from quartierwerk.directory.upkeep.rules import MAILED, Step
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility

from ..editions import picture, redacting
from ..models import Campaign, CampaignAnswer, Concept, Redaction
from . import evidence, snapshot

# Whoever was reminded yesterday is left in peace today.
BETWEEN_REMINDERS = timedelta(days=3)


class Refusal(StrEnum):
    ANOTHER_OPEN = "another open"
    END_NOT_AHEAD = "end not ahead"
    NOBODY = "nobody"
    CLOSED = "closed"
    REMINDED_LATELY = "reminded lately"


class Refused(ValueError):
    def __init__(self, reason: Refusal):
        super().__init__(reason)
        self.reason = reason


def words(refusal: Refusal) -> str:
    """What is the matter and what to do."""
    return {
        Refusal.ANOTHER_OPEN: _("Another campaign is running. Please close it first."),
        Refusal.END_NOT_AHEAD: _("The last day for answers must be still to come."),
        Refusal.NOBODY: _("With this choice there is nobody to ask. Please choose more widely."),
        Refusal.CLOSED: _("This campaign is closed. Its numbers stay as they are."),
        Refusal.REMINDED_LATELY: _("A reminder went out less than three days ago. Please wait a little."),
    }[refusal]


def can_be_asked() -> QuerySet[Organisation]:
    """Whose entries visitors read."""
    return Organisation.objects.filter(visibility=Visibility.PUBLIC, is_placeholder=False)


def answers(campaign: Campaign) -> QuerySet[CampaignAnswer]:
    """`answered`: when the organisation confirmed since it was asked; as written down once the campaign is closed."""
    since = When(organisation__confirmed_at__gte=F("asked_at"), then=F("organisation__confirmed_at"))
    rows = CampaignAnswer.objects.filter(campaign=campaign)
    if campaign.frozen_at:
        return rows.annotate(answered=F("answered_at"))
    return rows.annotate(answered=Coalesce(F("answered_at"), Case(since)))


def response(campaign: Campaign) -> tuple[int, int]:
    """(asked, answered), at this moment while it runs."""
    if campaign.snapshot is not None:
        return campaign.snapshot["asked"], campaign.snapshot["answered"]
    found = answers(campaign).aggregate(all=Count("pk"), done=Count("answered"))
    return found["all"], found["done"]


@transaction.atomic
def start(
    concept: Concept, title: str, closes_on: date, organisations: Collection[Organisation], *, by: Person
) -> Campaign:
    """Ask these organisations. Who has an open question already gets no second mail: its answer counts here, too."""
    rights.require(by, "planning.campaign", concept)
    Concept.objects.select_for_update().get(pk=concept.pk)
    if Campaign.objects.filter(concept=concept, frozen_at=None).exists():
        raise Refused(Refusal.ANOTHER_OPEN)
    if closes_on <= timezone.localdate():
        raise Refused(Refusal.END_NOT_AHEAD)
    if not organisations:
        raise Refused(Refusal.NOBODY)
    campaign = Campaign.objects.create(concept=concept, title=title, closes_on=closes_on)
    now = timezone.now()
    CampaignAnswer.objects.bulk_create(
        CampaignAnswer(campaign=campaign, organisation=row, asked_at=now) for row in organisations
    )
    for row in organisations:
        if row.confirmation not in MAILED:
            upkeep.ask_now(row, by=by)
    journal.record("campaign begun", campaign, by=by)
    return campaign


@transaction.atomic
def remind(campaign: Campaign, *, by: Person) -> tuple[int, int]:
    """The next reminder for whoever has not answered: (mails, organisations that have to be called instead)."""
    campaign = _locked(campaign, by)
    now = timezone.now()
    if campaign.reminded_at and now < campaign.reminded_at + BETWEEN_REMINDERS:
        raise Refused(Refusal.REMINDED_LATELY)
    mailed = called = 0
    rows = answers(campaign).select_related("organisation").order_by("organisation__sort_key", "pk")
    for one in rows:
        if one.answered:  # type: ignore[attr-defined]
            continue
        step = upkeep.remind_now(one.organisation, by=by)
        mailed += step in MAILED
        called += step == Step.PHONE
    campaign.reminded_at = now
    campaign.save(update_fields=["reminded_at"])
    journal.record("campaign reminded", campaign, by=by)
    return mailed, called


@transaction.atomic
def close(campaign: Campaign, *, by: Person) -> Campaign:
    """Write down who answered and what there is, and freeze it: from now on it is evidence for the first hint."""
    campaign = _locked(campaign, by)
    rows = list(
        answers(campaign).select_related("organisation__space").order_by("organisation__sort_key", "pk")
    )
    for row in rows:
        row.answered_at = row.answered  # type: ignore[attr-defined]
    CampaignAnswer.objects.bulk_update(rows, ["answered_at"], batch_size=500)
    today = timezone.localdate()
    campaign.snapshot = snapshot.taken(rows, today)
    campaign.snapshot_sha256 = picture.fingerprint(campaign.snapshot)
    campaign.frozen_at = timezone.now()
    campaign.save(update_fields=["snapshot", "snapshot_sha256", "frozen_at"])
    journal.record("campaign closed", campaign, by=by)
    evidence.link(campaign.concept, 1, "campaign", campaign.pk, day=today, by=by)
    return campaign


@transaction.atomic
def redact(campaign: Campaign, passage: str, reason: str, *, by: Person) -> int:
    """Take a passage out of a closed campaign, when a consent was withdrawn; in how many places. 0 changes nothing.

    The fingerprint of what was closed stays with the reason, as with an edition.
    """
    rights.require(by, "planning.adopt", campaign)
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if campaign.snapshot is None:
        return 0
    content, count = redacting.redacted(campaign.snapshot, passage)
    if count:
        Redaction.objects.create(
            campaign=campaign,
            number=campaign.redactions + 1,
            reason=reason,
            passages=count,
            sha256_before=campaign.snapshot_sha256,
            by=by.account_id,
        )
        Campaign.objects.filter(pk=campaign.pk).update(
            snapshot=content,
            snapshot_sha256=picture.fingerprint(content),
            redactions=campaign.redactions + 1,
        )
        journal.record("campaign redacted", campaign, by=by)
    return count


def _locked(campaign: Campaign, by: Person) -> Campaign:
    rights.require(by, "planning.campaign", campaign)
    row = Campaign.objects.select_for_update(of=("self",)).select_related("concept").get(pk=campaign.pk)
    if row.frozen_at:
        raise Refused(Refusal.CLOSED)
    return row
