"""Decisions on plain values: which dates come in each other's way."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from .recurrence import Occurrence, Rule, occurrences

# So long something may last whose end is not known.
ASSUMED = timedelta(hours=2)
# What a diary shows differently: a change of these is told to programs that subscribed.
TIME_AND_PLACE = frozenset(
    {
        "title", "freq", "interval", "weekdays", "month_days", "nth", "starts_on", "until", "opens_at", "closes_at",
        "skip_holidays", "skip_dates", "address", "space",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Planned:
    """A date as it is compared. place: the same text for the same house; empty where none is known."""

    key: UUID
    rule: Rule
    space: UUID | None = None
    place: str = ""
    closed: Collection[date] = frozenset()


@dataclass(frozen=True)
class Collision:
    """other takes place at the same time; at the same place, or only in the same quarter."""

    other: UUID
    day: date
    is_same_place: bool


def collisions(one: Planned, others: Iterable[Planned], first: date, last: date) -> list[Collision]:
    """The first overlap with each other date at the same place or in the same quarter, the same place first."""
    mine = occurrences(one.rule, first, last, one.closed)
    found = []
    for other in others:
        same_place = bool(one.place) and one.place == other.place
        same_quarter = one.space is not None and one.space == other.space
        if other.key == one.key or not (same_place or same_quarter):
            continue
        day = _first_overlap(mine, occurrences(other.rule, first, last, other.closed))
        if day:
            found.append(Collision(other.key, day, same_place))
    return sorted(found, key=lambda each: (not each.is_same_place, each.day, str(each.other)))


def _first_overlap(mine: list[Occurrence], theirs: list[Occurrence]) -> date | None:
    """Two ordered lists walked side by side."""
    here = there = 0
    while here < len(mine) and there < len(theirs):
        (begin, end), (other_begin, other_end) = _span(mine[here]), _span(theirs[there])
        if begin < other_end and other_begin < end:
            return mine[here].day
        if end <= other_end:
            here += 1
        else:
            there += 1
    return None


def _span(occurrence: Occurrence) -> tuple[datetime, datetime]:
    begin, end = occurrence.start.astimezone(UTC), occurrence.end.astimezone(UTC)
    return begin, end if end > begin else begin + ASSUMED
