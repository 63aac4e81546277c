"""Evidence for the seven hints and two campaigns: one closed, one running."""

from collections.abc import Callable
from datetime import date
from typing import Any

from quartierwerk.tenants.example import TODAY

from ..editions import picture
from ..models import Campaign, CampaignAnswer, HintEvidence, PlanLink, PrincipleVersion, StaffPost
from ..readiness import evidence, snapshot
from . import files
from .editions import Editions
from .files import Entry, values
from .plan import Plan
from .rows import Rows
from .steering import Steering


class Readiness(Rows):
    def __init__(self, plan: Plan, steering: Steering, editions: Editions):
        super().__init__([Campaign, CampaignAnswer, HintEvidence])
        self.plan, self.steering, self.editions = plan, steering, editions
        self.campaigns: dict[str, Campaign] = {}

    def store(self) -> None:
        entry = self.plan.read("readiness")
        for one in entry["campaigns"]:
            self.campaign(one)
        titles = {one["key"]: one["title"] for one in self.plan.read("concept")["plan_links"] if "key" in one}
        # In the file a record is called by its table; on the board by what it proves.
        found: dict[str, tuple[str, Callable[[str], Any]]] = {
            "campaign": ("campaign", self.campaigns.__getitem__),
            "principle_version": (
                "principle_version",
                lambda key: PrincipleVersion.objects.get(principle__concept=self.plan.concept, number=key),
            ),
            "edition": ("edition", self.editions.editions.__getitem__),
            "council_decision": ("council_decision", lambda key: self.editions.editions[key].decision),
            "staff_post": ("staff_post", lambda key: StaffPost.objects.get(title=key)),
            "meeting": ("kick_off", self.steering.meetings.__getitem__),
            "plan_link": ("document", lambda key: PlanLink.objects.get(title=titles[key])),
        }
        for one in entry["hint_evidence"]:
            kind, record = found[one["record"]]
            self.evidence(one, kind, record(one["key"]))
        self.write()
        # As the job would: what the board finds by itself is linked, so that its loss is told.
        evidence.remember(self.plan.concept, TODAY)

    def evidence(self, entry: Entry, kind: str, record: Any) -> None:
        self.add(
            HintEvidence(
                **values(HintEvidence, entry) | {"kind": kind, "title": str(record)},
                concept=self.plan.concept,
                record_id=record.pk,
                linked_at=files.moment(entry["shown_on"]),
            )
        )

    def campaign(self, entry: Entry) -> None:
        campaign = self.campaigns[entry["key"]] = self.add(
            Campaign(
                concept=self.plan.concept,
                title=entry["title"],
                opened_on=date.fromisoformat(entry["opened_on"]),
                closes_on=date.fromisoformat(entry["closes_on"]),
            )
        )
        answers = [
            self.add(
                CampaignAnswer(
                    campaign=campaign,
                    organisation=self.plan.organisations[organisation],
                    asked_at=files.moment(asked),
                    answered_at=files.moment(answered) if answered else None,
                )
            )
            for organisation, asked, answered in entry["answers"]
        ]
        if entry["snapshot"]:
            campaign.frozen_at = files.moment(entry["frozen_at"])
            campaign.snapshot = self.snapshot(entry, answers)
            campaign.snapshot_sha256 = picture.fingerprint(campaign.snapshot)

    def snapshot(self, entry: Entry, answers: list[CampaignAnswer]) -> Entry:
        """Who was asked then, and the file's numbers of what there was: the offers of today are others."""
        organisations = [snapshot.organisation_then(one) for one in answers]
        return entry["snapshot"] | {
            "version": snapshot.VERSION,
            "as_of": entry["frozen_at"],
            "asked": len(organisations),
            "answered": sum(bool(one["answered_on"]) for one in organisations),
            "organisations": organisations,
        }
