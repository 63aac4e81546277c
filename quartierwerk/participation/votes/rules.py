"""What a ballot may say, and what a box of them comes to. Ids are the proposals', as text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

BUDGET, POINTS = "budget", "points"
# With fewer ballots the numbers stay closed, with still fewer the order, too: of a handful everybody could be told apart.
FEWEST_FOR_NUMBERS, FEWEST_FOR_ORDER = 10, 5

Choices = Mapping[str, int]


@dataclass(frozen=True)
class Terms:
    """What one may choose from. costs: proposal → cents, where the sum counts; points: what each person has."""

    method: str
    proposals: Mapping[str, int]
    sum_cents: int = 0
    points: int = 0


class Fault(Enum):
    NOTHING = auto()
    UNKNOWN = auto()
    NEGATIVE = auto()
    OVER = auto()


def used(choices: Choices, terms: Terms) -> int:
    """Cents or points that a ballot gives away."""
    if terms.method == BUDGET:
        return sum(terms.proposals.get(one, 0) for one in choices)
    return sum(choices.values())


def limit(terms: Terms) -> int:
    return terms.sum_cents if terms.method == BUDGET else terms.points


def fault(choices: Choices, terms: Terms) -> Fault | None:
    """What is wrong with a ballot. Points may be left over, and so may money."""
    if not choices:
        return Fault.NOTHING
    if set(choices) - set(terms.proposals):
        return Fault.UNKNOWN
    if any(n < 1 or (terms.method == BUDGET and n != 1) for n in choices.values()):
        return Fault.NEGATIVE
    if used(choices, terms) > limit(terms):
        return Fault.OVER
    return None


@dataclass(frozen=True)
class Counted:
    turnout: int
    totals: Mapping[str, int]


def count(ballots: Iterable[Choices], proposals: Iterable[str]) -> Counted:
    """Votes or points of each proposal; those that nobody chose with 0."""
    totals = dict.fromkeys(proposals, 0)
    turnout = 0
    for choices in ballots:
        turnout += 1
        for one, n in choices.items():
            totals[one] = totals.get(one, 0) + n
    return Counted(turnout, totals)


def shows_numbers(turnout: int) -> bool:
    return turnout >= FEWEST_FOR_NUMBERS


def shows_order(turnout: int) -> bool:
    return turnout >= FEWEST_FOR_ORDER


@dataclass(frozen=True)
class Ranked:
    """place: 1 for the most; equal numbers share it. within: paid for by the sum; None where no sum counts.

    tied: as many votes as another one of which only one fits. A person decides, no chance and no alphabet.
    """

    proposal: str
    n: int
    place: int
    within: bool | None = None
    tied: bool = False


def ranked(totals: Mapping[str, int], terms: Terms) -> list[Ranked]:
    """Most first. In a budget what has most goes first and takes what it costs, as long as the sum suffices.

    What comes after a tie waits for its decision: nobody knows yet what will be left.
    """
    found: list[Ranked] = []
    left, place, is_decided = terms.sum_cents, 1, True
    for n in sorted(set(totals.values()), reverse=True):
        level = sorted(one for one, have in totals.items() if have == n)
        within, tied = _funded(level, left, terms) if n and is_decided else (set(), set())
        left -= sum(terms.proposals.get(one, 0) for one in within)
        is_decided = is_decided and not tied
        for one in level:
            found.append(
                Ranked(one, n, place, None if terms.method == POINTS else one in within, one in tied)
            )
        place += len(level)
    return found


def _funded(level: Sequence[str], left: int, terms: Terms) -> tuple[set[str], set[str]]:
    """Those of equal votes that the rest pays for, and those between which somebody has to decide."""
    if terms.method == POINTS:
        return set(), set()
    fitting = {one for one in level if terms.proposals.get(one, 0) <= left}
    if sum(terms.proposals.get(one, 0) for one in fitting) <= left:
        return fitting, set()
    return set(), fitting
