"""How far a goal is: from where it started, on the way to where it shall be (R3.05)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class State(StrEnum):
    NO_EVIDENCE = "no evidence"  # neither an indicator nor agreed qualitative evidence
    QUALITATIVE = "qualitative"
    NO_START = "no start"
    NO_TARGET = "no target"
    NO_VALUES = "no values"
    AWAY = "away"  # further from the target than at the start
    BEHIND = "behind"  # on the way, but later than planned
    ON_WAY = "on way"
    REACHED = "reached"


@dataclass(frozen=True)
class Indicator:
    """direction: "up" or "down", the way to the better."""

    baseline: Decimal | None
    target: Decimal | None
    direction: str = "up"
    baseline_on: date | None = None
    target_on: date | None = None


@dataclass(frozen=True)
class Progress:
    """share: 0 at the start, 1 at the target; None where it cannot be said. expected: where it should be today."""

    state: State
    share: Decimal | None = None
    expected: Decimal | None = None
    last: Decimal | None = None
    last_on: date | None = None

    @property
    def percent(self) -> int | None:
        """For a bar: between 0 and 100."""
        return None if self.share is None else int(min(max(self.share, Decimal(0)), Decimal(1)) * 100)


def problems(indicator: Indicator) -> list[str]:
    """Names of what contradicts itself: "target" against the direction or equal to the start, "target_on" too early."""
    found = []
    if indicator.baseline is not None and indicator.target is not None:
        rises = indicator.target > indicator.baseline
        if indicator.target == indicator.baseline or rises != (indicator.direction == "up"):
            found.append("target")
    if indicator.baseline_on and indicator.target_on and indicator.target_on <= indicator.baseline_on:
        found.append("target_on")
    return found


def progress(
    evidence: str, indicator: Indicator, values: Sequence[tuple[date, Decimal]], today: date
) -> Progress:
    """evidence: "", "indicator" or "qualitative". values: (day, value) in any order; those after today do not count."""
    if evidence == "qualitative":
        return Progress(State.QUALITATIVE)
    if evidence != "indicator":
        return Progress(State.NO_EVIDENCE)
    known = sorted(pair for pair in values if pair[0] <= today)
    if not known:
        return Progress(State.NO_VALUES)
    last_on, last = known[-1]
    if indicator.target is None:
        return Progress(State.NO_TARGET, last=last, last_on=last_on)
    reached = last >= indicator.target if indicator.direction == "up" else last <= indicator.target
    if indicator.baseline is None or indicator.baseline == indicator.target:
        state = State.REACHED if reached else State.NO_START
        return Progress(state, last=last, last_on=last_on)
    share = (last - indicator.baseline) / (indicator.target - indicator.baseline)
    expected = _expected(indicator, today)
    if reached:
        state = State.REACHED
    elif share < 0:
        state = State.AWAY
    elif expected is not None and share < expected:
        state = State.BEHIND
    else:
        state = State.ON_WAY
    return Progress(state, share, expected, last, last_on)


def _expected(indicator: Indicator, today: date) -> Decimal | None:
    """A straight line from the start to the target day."""
    if not indicator.baseline_on or not indicator.target_on or indicator.target_on <= indicator.baseline_on:
        return None
    whole = (indicator.target_on - indicator.baseline_on).days
    passed = (today - indicator.baseline_on).days
    return Decimal(min(max(passed, 0), whole)) / Decimal(whole)
