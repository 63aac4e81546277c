"""What is said of a vote: whether the box is open, and once it is counted the result, as far as it may be told."""

from dataclasses import dataclass

from django.utils import timezone

from quartierwerk.languages.numbers import format_amount
from quartierwerk.languages.showing import Shown, show_all
from quartierwerk.tenants.managers import children

from ..models import Process, Proposal, Vote
from . import box, rules


@dataclass(frozen=True)
class Place:
    """One line of the result; n None where the numbers stay closed."""

    title: Shown
    cost_cents: int | None
    place: int
    n: int | None
    within: bool | None
    tied: bool

    @property
    def cost(self) -> str:
        return "" if self.cost_cents is None else format_amount(self.cost_cents)


@dataclass(frozen=True)
class Outcome:
    """turnout None: fewer than may be told."""

    turnout: int | None
    places: list[Place]
    fewest: int = rules.FEWEST_FOR_NUMBERS


@dataclass(frozen=True)
class OnPage:
    vote: Vote
    state: str  # coming, open, closed, counted
    outcome: Outcome | None


def vote_of(process: Process) -> Vote | None:
    return Vote.everywhere.filter(process=process).select_related("phase").first()


def on_process_page(process: Process, request) -> OnPage | None:
    vote = vote_of(process)
    if vote is None:
        return None
    at = timezone.now()
    if vote.counted_at:
        return OnPage(vote, "counted", outcome(vote, request.lang))
    state = "coming" if at < vote.phase.opens_at else "open" if at < vote.phase.closes_at else "closed"
    return OnPage(vote, state, None)


def choosable(vote: Vote, reader: str) -> list[tuple[Proposal, Shown]]:
    """What stands on the ballot, in the order of arrival."""
    ids = box.terms_of(vote).proposals
    rows = children(Proposal.everywhere.filter(pk__in=list(ids)), "translations")
    return [(one, show_all(one, reader)["title"]) for one in rows]


def outcome(vote: Vote, reader: str) -> Outcome:
    """Numbers from ten ballots on, the order from five on; below that nothing at all."""
    result = vote.result or {}
    turnout, totals = result["turnout"], result["totals"]
    if not rules.shows_order(turnout):
        return Outcome(None, [])
    rows = children(Proposal.everywhere.filter(pk__in=list(totals)), "translations")
    known = {str(one.pk): one for one in rows}
    terms = rules.Terms(
        vote.method,
        {pk: one.cost_cents or 0 for pk, one in known.items()},
        vote.sum_cents or 0,
        vote.points or 0,
    )
    open_ = rules.shows_numbers(turnout)
    places = [
        Place(
            show_all(known[one.proposal], reader)["title"],
            known[one.proposal].cost_cents,
            one.place,
            one.n if open_ else None,
            one.within,
            one.tied,
        )
        for one in rules.ranked(totals, terms)
        if one.proposal in known
    ]
    return Outcome(turnout if open_ else None, places)
