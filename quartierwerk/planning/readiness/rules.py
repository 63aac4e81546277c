"""From pieces of evidence and a day to the state of a hint (R2.08). Pure: no query, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from quartierwerk.privacy.retention import Span


class State(StrEnum):
    FULFILLED = "fulfilled"
    OUTDATED = "outdated"
    OPEN = "open"


@dataclass(frozen=True)
class Piece:
    """One record that may prove a hint, as it stands today.

    on       the day that it speaks of; without one it proves nothing
    proves   whether it proves the hint, or stands beside what does
    holds    whether the record still is what it was linked for: adopted, filled, public
    is_gone  it was deleted after it was linked
    """

    on: date | None
    proves: bool = True
    holds: bool = True
    is_gone: bool = False


@dataclass(frozen=True)
class Judged:
    """`until`: the last day on which the newest evidence counts, or counted; None where there is none."""

    state: State
    until: date | None = None


def last_day(on: date, months: int) -> date:
    """The last day on which evidence of that day counts: the same day `months` later."""
    return Span(months=months).after(datetime.combine(on, time())).date()


def counts(piece: Piece, day: date) -> bool:
    """Not what is still to come, has ended, or was deleted; how old it is does not matter here."""
    return piece.proves and piece.holds and not piece.is_gone and piece.on is not None and piece.on <= day


def judged(pieces: Iterable[Piece], day: date, months: int) -> Judged:
    """Fulfilled by one piece that is young enough, outdated by one that was, open without any."""
    ends = [last_day(piece.on, months) for piece in pieces if counts(piece, day) and piece.on]
    until = max(ends, default=None)
    state = State.OPEN
    if until is not None:
        state = State.FULFILLED if day <= until else State.OUTDATED
    return Judged(state, until)
