from datetime import timedelta
from secrets import token_hex

import pgtrigger
from django.utils import timezone

from ...models import Ballot, Phase, Process, RollEntry, Vote
from ...processes.tests import factories as processes
from .. import box, codes


def vote(*titles: str, now: str = "decide", costs: tuple[int, ...] = (), **values) -> Vote:
    """Points among these proposals, or a budget where they cost something; open unless `now` is another phase."""
    given: Process = values.pop("process", None) or processes.process(now=now)
    for place, title in enumerate(titles or ("Bänke", "Bäume", "Brunnen")):
        cost = costs[place] if costs else None
        processes.proposal(title, process=given, cost_cents=cost)
    method = (
        {"method": "budget", "sum_cents": 100_000} if costs else {"method": "points", "points": 5}
    ) | values
    phase = Phase.objects.get(process=given, kind="decide")
    return Vote.objects.create(process=given, phase=phase, **method)


def code(vote: Vote) -> str:
    return codes.draw(box.key_of(vote))


def ids(vote: Vote) -> dict[str, str]:
    """title → id, as ballots name proposals."""
    return {one.title: str(one.pk) for one in vote.process.proposals.all()}


def close(vote: Vote) -> None:
    """Its phase ended a moment ago. No page and no query can set it so while the box is open: here time passes."""
    with pgtrigger.ignore("participation.Phase:voted_in"):
        Phase.objects.filter(pk=vote.phase_id).update(closes_at=timezone.now() - timedelta(seconds=1))


def roll_entry(token: str, **values) -> RollEntry:
    given = values.pop("vote", None) or vote()
    shown = {"way": RollEntry.Way.MAIL, "mail": f"{token.lower()}@beispiel.example", **values}
    return RollEntry.objects.create(vote=given, name=token, **shown)


def vote_row(token: str) -> Vote:
    """For walks over the registry."""
    return vote(process=processes.process(f"Frage {token}", now="decide"))


def ballot_row(token: str) -> Ballot:
    """Some row of a box; the token stands where a code's digest would."""
    return Ballot.objects.create(vote=vote(), key=token + token_hex(8), choices={token: 1})
