"""Two processes of the example town: one in which people vote now, one that was accounted for. All invented."""

import json
import random
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from quartierwerk.languages.states import TranslationState
from quartierwerk.places.models import SocialSpace
from quartierwerk.tenants import example
from quartierwerk.tenants.models import Tenant, Visibility

from ..models import (
    Checked,
    GroupCount,
    Phase,
    Process,
    ProcessText,
    Proposal,
    ProposalComment,
    RollEntry,
    SideFormat,
    Vote,
)
from ..votes import box, codes

SEED = 6  # the same ballots in every example town


@example.part(order=85)
def processes(town: Tenant) -> None:
    path = Path(__file__).parents[1] / "data" / "example" / town.slug / "processes.json"
    if path.exists():
        spaces = {space.name: space for space in SocialSpace.objects.all()}
        for entry in json.loads(path.read_text()):
            _process(entry, spaces[entry["quarter"]])


def _at(words: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(words))


def _process(entry: dict[str, Any], space: SocialSpace) -> None:
    process = Process.objects.create(
        **{name: entry.get(name, "") for name in ("title", "description", "account", "kind")},
        space=space,
        visibility=Visibility.PUBLIC,
    )
    ProcessText.objects.bulk_create(
        ProcessText(
            record=process,
            text_name=name,
            language=language,
            text=text,
            state=TranslationState.MACHINE,
            source_text=getattr(process, name),
            origin="team, unreviewed",
        )
        for name, texts in entry["texts"].items()
        for language, text in texts.items()
    )
    phases = {
        kind: Phase.objects.create(process=process, kind=kind, opens_at=_at(opens), closes_at=_at(closes))
        for kind, (opens, closes) in entry["phases"].items()
    }
    side = SideFormat.objects.create(process=process, **entry["side_format"])
    proposals = [_proposal(process, one, side, phases["collect"].opens_at) for one in entry["proposals"]]
    for one in entry["waiting"]:
        Proposal.objects.create(process=process, given_title=one["title"], given_words=one["words"])
    GroupCount.objects.bulk_create(
        GroupCount(process=process, group=group, n=n, share_percent=share)
        for group, (n, share) in entry["groups"].items()
    )
    _vote(process, phases.get("decide") or phases["prioritise"], proposals, entry)


def _proposal(process: Process, entry: dict[str, Any], side: SideFormat, at: datetime) -> Proposal:
    made = Proposal.objects.create(
        process=process,
        **{name: entry[name] for name in ("title", "words", "cost_cents", "origin")},
        side_format=side if entry["origin"] == Proposal.Origin.SIDE else None,
        state=Checked.SHOWN,
        visibility=Visibility.PUBLIC,
        received_at=at,
    )
    ProposalComment.objects.bulk_create(
        ProposalComment(
            proposal=made, words=words, language="de", state=Checked.SHOWN, visibility=Visibility.PUBLIC
        )
        for words in entry["comments"]
    )
    return made


def _vote(process: Process, phase: Phase, proposals: list[Proposal], entry: dict[str, Any]) -> None:
    terms = {name: entry["vote"].get(name) for name in ("method", "sum_cents", "points", "slips")}
    vote = Vote.objects.create(process=process, phase=phase, **terms)
    if turnout := entry["vote"].get("turnout"):
        totals = {str(one.pk): row["points"] for one, row in zip(proposals, entry["proposals"], strict=True)}
        vote.result, vote.counted_at, vote.salt = (
            {"turnout": turnout, "totals": totals},
            phase.closes_at,
            b"",
        )
        vote.save()
        return
    RollEntry.objects.bulk_create(
        RollEntry(vote=vote, name=name, way=RollEntry.Way.DESK, has_code=place < 4)
        for place, name in enumerate(entry["roll"])
    )
    chance = random.Random(SEED)  # noqa: S311 - an example, not a secret
    for _ in range(entry["vote"]["ballots"]):
        chosen, left = {}, vote.sum_cents or 0
        for one in chance.sample(proposals, len(proposals)):
            if (one.cost_cents or 0) <= left:
                chosen[str(one.pk)] = 1
                left -= one.cost_cents or 0
        try:
            box.put_in(vote, codes.draw(box.key_of(vote)), chosen)
        except box.BoxClosed:
            return  # loaded after its last day: the box is empty, and nothing pretends otherwise
