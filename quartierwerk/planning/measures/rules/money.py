"""The cost plan of a measure in whole cents. Parts add up exactly: there is no rounding and no float."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Line:
    """planned: None where it is still to be clarified, which is not zero."""

    year: int
    planned: int | None
    spent: int = 0
    is_secured: bool = False
    secured_until: date | None = None

    def __post_init__(self) -> None:
        if (self.planned or 0) < 0 or self.spent < 0:
            raise ValueError("amounts are not negative")


@dataclass(frozen=True)
class Sums:
    planned: int = 0
    secured: int = 0
    spent: int = 0
    unclear: int = 0  # lines without an amount

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.planned + other.planned,
            self.secured + other.secured,
            self.spent + other.spent,
            self.unclear + other.unclear,
        )

    @property
    def unsecured(self) -> int:
        return self.planned - self.secured

    @property
    def left(self) -> int:
        """Negative where more was spent than planned."""
        return self.planned - self.spent


def of_line(line: Line) -> Sums:
    planned = line.planned or 0
    return Sums(planned, planned if line.is_secured else 0, line.spent, int(line.planned is None))


def total(lines: Iterable[Line]) -> Sums:
    return sum(map(of_line, lines), Sums())


def by_year(lines: Iterable[Line]) -> dict[int, Sums]:
    """Years in order; their sums add up to `total`."""
    found: dict[int, Sums] = {}
    for line in lines:
        found[line.year] = found.get(line.year, Sums()) + of_line(line)
    return dict(sorted(found.items()))


def secured_until(lines: Iterable[Line]) -> date | None:
    """The first day on which secured money ends; None where no line names one."""
    return min((line.secured_until for line in lines if line.is_secured and line.secured_until), default=None)
