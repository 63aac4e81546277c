"""What of a concept counts, in its number of measures and in its sums: one rule for every page and every paper. Pure.

put off  the council did not decide on it: neither counted nor part of any sum
stopped  no longer counted, and of its money nothing is planned or promised any more; what was spent on it was spent,
         stays in the sums and is said beside them
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .money import Line, Sums, by_year, total
from .stages import Stage


@dataclass(frozen=True)
class Entry:
    """A measure, as far as it can count."""

    stage: str
    lines: Sequence[Line] = ()
    is_put_off: bool = False

    @property
    def is_stopped(self) -> bool:
        return not self.is_put_off and self.stage == Stage.STOPPED

    @property
    def counts(self) -> bool:
        return not (self.is_put_off or self.is_stopped)

    @property
    def counted_lines(self) -> list[Line]:
        """Its cost lines as they go into sums."""
        if self.is_stopped:
            return [Line(one.year, 0, one.spent) for one in self.lines if one.spent]
        return [] if self.is_put_off else list(self.lines)


@dataclass(frozen=True)
class Counted:
    """years: in order; they add up to `total`."""

    measures: int = 0
    put_off: int = 0
    stopped: int = 0
    years: Mapping[int, Sums] = field(default_factory=dict)
    spent_on_stopped: int = 0

    @property
    def total(self) -> Sums:
        return sum(self.years.values(), Sums())


def counted(entries: Iterable[Entry]) -> Counted:
    rows = list(entries)
    stopped = [one for one in rows if one.is_stopped]
    return Counted(
        measures=sum(one.counts for one in rows),
        put_off=sum(one.is_put_off for one in rows),
        stopped=len(stopped),
        years=by_year(line for one in rows for line in one.counted_lines),
        spent_on_stopped=total(line for one in stopped for line in one.counted_lines).spent,
    )
