"""The cells of all tables that are released together, and what ties them to each other.

Two tables that count the same people protect, or betray, each other's cells. So nothing here knows a
"table": a family is a list of cells plus the relations that anybody can write down, and the builders in
`tables.py` and `links.py` turn tables, years and area cuts into one.

source  docs/methods/disclosure-control.md
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from methods.refusal import Refused

Name = str | tuple[str, ...]
Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

# Totals of sums (euros, hours) carry rounding of the source; counts must add up exactly.
RELATIVE_TOLERANCE = 1e-9
# Above it the solver's arithmetic no longer tells cells apart (measured: fails from 3e9).
LARGEST = 1e9


def spoken(name: Name) -> str:
    """The name as it stands in a message: the parts of a cell of a crossed table, joined."""
    return name if isinstance(name, str) else " / ".join(name)


class DirtyInput(Refused):
    """The input contradicts itself or is impossible; the message names the cell."""

    def __init__(self, name: Name, problem: str):
        self.name = name
        super().__init__(f"{spoken(name)}: {problem}")


class Unprotectable(Refused):
    """No choice of hidden cells protects this cell, because too much is already known."""

    def __init__(self, name: Name):
        self.name = name
        super().__init__(
            f"{spoken(name)}: cannot be protected, the values already known reveal it. "
            "Merge categories, or do not release this table."
        )


@dataclass(frozen=True)
class Cell:
    """One number of a table.

    value      count of persons (whole, not negative); a sum (euros, hours) if `units` is given
    units      persons or bodies behind a sum; None for a count
    largest    the largest single contribution, same unit as `value`; required for a sum, for a count only
               where bodies contribute several persons (one shelter in a district)
    threshold  own minimum instead of the rule's, e.g. 10 in tables with origin, religion or health
    known      everybody knows the value already (an earlier release, an impossible combination): it is
               never hidden and never needs protection
    released   False for numbers that stand in no table but follow from several, e.g. the people in the
               overlap of two area cuts: hidden anyway, protected if small, never counted as a loss
    hidden     already hidden in an earlier, frozen release: stays hidden and protected, is no new loss
    signed     may be negative (a change between two years); never small by itself
    """

    name: Name
    value: float
    units: int | None = None
    largest: float | None = None
    threshold: int | None = None
    known: bool = False
    released: bool = True
    hidden: bool = False
    signed: bool = False


@dataclass(frozen=True)
class Sum:
    """`total` is the sum of `parts`, and every reader knows it."""

    total: Name
    parts: tuple[Name, ...]


@dataclass(frozen=True)
class Bound:
    """low <= sum of factor * cell <= high, known to readers: "changes by at most 20 in a year"."""

    terms: tuple[tuple[Name, float], ...]
    low: float = -math.inf
    high: float = math.inf


@dataclass(frozen=True)
class Share:
    """`part` as a share of `whole`, released rounded: percent has factor 100, a mean of a sum factor 1.

    published  the figure as printed, same unit as factor * part / whole; None for an empty whole: that share has
               no value and is printed as ".", so that it does not differ from a hidden one
    decimals   digits behind the point it was rounded to; may be negative (rounded to tens)
    known      already public, cannot be hidden
    """

    name: Name
    part: Name
    whole: Name
    published: float | None
    decimals: int = 1
    factor: float = 100.0
    known: bool = False

    @property
    def slack(self) -> float:
        """Largest distance between the printed and the exact figure. 1e-9 covers binary fractions."""
        return 0.5 * 10.0**-self.decimals + 1e-9


Link = Sum | Bound | Share


@dataclass(frozen=True)
class Family:
    """Checked cells and links. Two families with the same content in the same order behave alike.

    cells   in the order of release
    links   sums, bounds and shares
    raises  DirtyInput naming the cell: missing, not a number, negative, not whole, double, unknown in a
            link, totals that do not add up, shares that do not fit their counts
    """

    cells: tuple[Cell, ...]
    links: tuple[Link, ...] = ()
    place: dict[Name, int] = field(init=False, repr=False, compare=False)
    values: Floats = field(init=False, repr=False, compare=False)

    def __init__(self, cells: Iterable[Cell], links: Iterable[Link] = ()):
        object.__setattr__(self, "cells", tuple(cells))
        object.__setattr__(self, "links", tuple(links))
        object.__setattr__(self, "place", {cell.name: index for index, cell in enumerate(self.cells)})
        for cell in self.cells:
            _check_cell(cell)
        object.__setattr__(self, "values", np.array([cell.value for cell in self.cells], dtype=float))
        names = set(self.place)
        if len(names) < len(self.cells):
            doubles = [cell.name for index, cell in enumerate(self.cells) if self.place[cell.name] != index]
            raise DirtyInput(doubles[0], "stands twice in the input")
        for link in self.links:
            self._check_link(link)
            if isinstance(link, Share):
                if link.name in names:
                    raise DirtyInput(link.name, "stands twice in the input")
                names.add(link.name)

    @property
    def shares(self) -> tuple[Share, ...]:
        return tuple(link for link in self.links if isinstance(link, Share))

    @property
    def items(self) -> tuple[Name, ...]:
        """Everything that is printed or hidden: cells, then shares."""
        return tuple(cell.name for cell in self.cells) + tuple(share.name for share in self.shares)

    def indices(self, names: Sequence[Name]) -> list[int]:
        return [self.place[name] for name in names]

    def _value(self, name: Name, of: Name) -> float:
        if name not in self.place:
            raise DirtyInput(name, f"is missing, but {spoken(of)} refers to it")
        return self.cells[self.place[name]].value

    def _check_link(self, link: Link) -> None:
        if isinstance(link, Sum):
            parts = [self._value(name, link.total) for name in link.parts]
            total = self._value(link.total, link.parts[0] if link.parts else link.total)
            if not parts or len(set(link.parts)) < len(link.parts) or link.total in link.parts:
                raise DirtyInput(link.total, "needs different parts and must not be one of them")
            size = max(1.0, sum(abs(part) for part in parts))
            if abs(total - sum(parts)) > RELATIVE_TOLERANCE * size:
                named = ", ".join(spoken(part) for part in link.parts)
                raise DirtyInput(link.total, f"is {total:g}, but its parts add up to {sum(parts):g}: {named}")
        elif isinstance(link, Bound):
            if not link.terms:
                raise DirtyInput("?", "a bound needs at least one cell")
            first = link.terms[0][0]
            level = sum(factor * self._value(name, first) for name, factor in link.terms)
            if not link.low <= level <= link.high:
                raise DirtyInput(
                    first, f"the bound says {link.low:g} to {link.high:g}, the cells give {level:g}"
                )
        else:
            part, whole = self._value(link.part, link.name), self._value(link.whole, link.name)
            if link.published is None and whole == 0 and not link.known:
                return
            if whole <= 0:
                raise DirtyInput(link.name, f"has no value, because {spoken(link.whole)} is {whole:g}")
            if link.published is None:
                raise DirtyInput(link.name, f"has no value, although {spoken(link.whole)} is {whole:g}")
            exact = link.factor * part / whole
            if not abs(exact - link.published) <= link.slack:
                raise DirtyInput(link.name, f"is printed as {link.published:g}, but its cells give {exact:g}")


def _check_cell(cell: Cell) -> None:
    value = cell.value
    if value is None or isinstance(value, str) or not math.isfinite(value):
        raise DirtyInput(cell.name, f"is missing or not a number: {value!r}")
    if value < 0 and not cell.signed:
        raise DirtyInput(cell.name, f"is negative: {value:g}")
    if cell.units is None and value != round(value):
        raise DirtyInput(cell.name, f"is a count but not whole: {value:g}")
    if abs(value) > LARGEST:
        raise DirtyInput(cell.name, f"is above a thousand million: {value:g}. Give the table in thousands.")
    if cell.units is not None and (cell.units < 0 or cell.units != round(cell.units)):
        raise DirtyInput(cell.name, f"has an impossible number of contributors: {cell.units!r}")
    if cell.units is not None and cell.largest is None:
        raise DirtyInput(cell.name, "is a sum and needs its largest single contribution")
    most = math.inf if cell.signed else value + RELATIVE_TOLERANCE * max(1.0, value)
    if cell.largest is not None and not 0 <= cell.largest <= most:
        raise DirtyInput(cell.name, f"has an impossible largest contribution: {cell.largest!r} of {value:g}")
    if cell.units == 0 and value != 0:
        raise DirtyInput(cell.name, f"is {value:g} although nobody contributes")
    if cell.known and (cell.hidden or not cell.released):
        raise DirtyInput(cell.name, "cannot be known and hidden at once")
