"""Phases on the clock: which one is open at an instant, and what a list of phases must not be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from zoneinfo import ZoneInfo

from ..masking import MASK

# In this order; a process need not have all of them.
ORDER = ("collect", "discuss", "prioritise", "decide", "account")
# Below so many answers a group's number stays closed (data protection §7, the stricter threshold).
FEWEST = 10
# A group is missing where its share of those who take part is less than this part of its share of the population.
MISSING_BELOW = 0.5


@dataclass(frozen=True)
class Span:
    """One phase: open from `opens_at` on, until before `closes_at`. Instants, never wall times."""

    kind: str
    opens_at: datetime
    closes_at: datetime

    def is_open(self, at: datetime) -> bool:
        return self.opens_at <= at < self.closes_at


def phase_at(phases: Sequence[Span], at: datetime) -> Span | None:
    """The phase that is open; None before, between and after them."""
    return next((one for one in phases if one.is_open(at)), None)


def next_phase(phases: Sequence[Span], at: datetime) -> Span | None:
    coming = [one for one in phases if one.opens_at > at]
    return min(coming, key=lambda one: one.opens_at, default=None)


def is_over(phases: Sequence[Span], at: datetime) -> bool:
    return bool(phases) and all(one.closes_at <= at for one in phases)


def may_become(box: Span, wanted: Span | None, at: datetime) -> bool:
    """Whether a phase in which people vote may be set so. Once the box has opened it may only stay open longer."""
    if at < box.opens_at:
        return True
    if wanted is None or wanted.opens_at != box.opens_at:
        return False
    return wanted.closes_at == box.closes_at or at < box.closes_at < wanted.closes_at


def only_taken_out(before: str, after: str) -> bool:
    """Whether the words are those of before, with passages replaced by the mask at most."""
    if MASK not in after:
        return before == after
    first, *middle, last = after.split(MASK)
    if not before.startswith(first):
        return False
    at = len(first)
    for piece in middle:
        found = before.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return before.endswith(last) and len(before) - len(last) >= at


class PhaseFault(Enum):
    ENDS_BEFORE_IT_BEGINS = auto()
    BEGINS_BEFORE_THE_ONE_BEFORE_ENDS = auto()


def faults(phases: Sequence[Span]) -> dict[str, PhaseFault]:
    """kind → what is wrong with it. Phases follow each other in their order; between two of them may be a pause."""
    found: dict[str, PhaseFault] = {}
    ends: datetime | None = None
    for one in sorted(phases, key=lambda one: ORDER.index(one.kind)):
        if one.closes_at <= one.opens_at:
            found[one.kind] = PhaseFault.ENDS_BEFORE_IT_BEGINS
        elif ends is not None and one.opens_at < ends:
            found[one.kind] = PhaseFault.BEGINS_BEFORE_THE_ONE_BEFORE_ENDS
        ends = max(filter(None, (ends, one.closes_at)))
    return found


class NoSuchTime(ValueError):
    """The clocks are put forward over this time of day: it does not exist. `next` is the first that does."""

    def __init__(self, following: time) -> None:
        super().__init__("skipped when the clocks change")
        self.next = following


class TwiceThatNight(ValueError):
    """The clocks are put back over this time of day: it comes twice."""


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The instant at which a clock on the wall shows this time. Raises NoSuchTime and TwiceThatNight."""
    first = datetime.combine(day, clock.replace(fold=0), zone)  # which of two times is meant nobody types
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    if first.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) != first.replace(tzinfo=None):
        minute = first.replace(tzinfo=None)
        while not _exists(minute, zone):
            minute = minute.replace(second=0, microsecond=0) + timedelta(minutes=1)
        raise NoSuchTime(minute.time())
    raise TwiceThatNight


def _exists(wall: datetime, zone: ZoneInfo) -> bool:
    return wall.replace(tzinfo=zone).astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) == wall


@dataclass(frozen=True)
class GroupShare:
    """percent None: too few to show; missing: fewer of them take part than live there."""

    group: str
    n: int | None
    percent: int | None
    population: int | None
    missing: bool


def shares(counts: Sequence[tuple[str, int, int | None]], asked: int) -> list[GroupShare]:
    """(group, how many, share of the population) → what may be said about each, of so many who answered.

    With fewer than FEWEST answers nothing is shown. A group below FEWEST is shown without its number; whether it is
    missing can be told all the same, since that says "fewer than", never how many.
    """
    found = []
    for group, n, population in counts:
        open_ = asked >= FEWEST and n >= FEWEST
        found.append(
            GroupShare(
                group,
                n if open_ else None,
                round(100 * n / asked) if open_ else None,
                population,
                asked >= FEWEST and population is not None and 100 * n / asked < MISSING_BELOW * population,
            )
        )
    return found
