"""Which cells are too small or too much one unit's own, and how well each hidden cell must be protected.

source  docs/methods/disclosure-control.md
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from methods.suppression.family import Cell, Family, Floats, Name, Sum

LOWEST_THRESHOLD = 3
Reason = Literal["small", "dominance", "zero", "earlier"]


@dataclass(frozen=True)
class Rule:
    """When a cell is hidden for its own sake.

    threshold  persons; a count above zero and below it is small; never below 3
    zeros      "group": a zero is small where it reveals a group, i.e. where all persons of a total stand
               in one of its parts; "all": every zero; "open": none
    dominance  no single unit above this part of a sum, 0 < dominance <= 0.5 (looser is refused)
    """

    threshold: int = 5
    zeros: Literal["open", "group", "all"] = "group"
    dominance: float = 0.5

    def __post_init__(self) -> None:
        if self.threshold < LOWEST_THRESHOLD or self.threshold != round(self.threshold):
            raise ValueError(f"threshold: a whole number, not below {LOWEST_THRESHOLD}")
        if self.zeros not in ("open", "group", "all"):
            raise ValueError("zeros: open, group or all")
        if not 0 < self.dominance <= 0.5:
            raise ValueError("dominance: above 0, at most 0.5")

    def threshold_of(self, cell: Cell) -> int:
        own = self.threshold if cell.threshold is None else cell.threshold
        if own < LOWEST_THRESHOLD:
            raise ValueError(f"threshold of {cell.name}: not below {LOWEST_THRESHOLD}")
        return own


@dataclass(frozen=True)
class Needs:
    """What must be hidden, and the protection every cell needs once it is hidden.

    primary  cell -> reason, in the family's order
    shares   shares that say by themselves that all of a group are alike
    width    (cells,) least distance between the bounds an attacker may find; 0: none needed
    reach    (cells,) least upper bound an attacker may find; -inf: none needed
    """

    primary: dict[Name, Reason]
    shares: frozenset[Name]
    width: Floats
    reach: Floats


def needs_of(family: Family, rule: Rule) -> Needs:
    """Find the primary cells and the protection of each cell.

    A hidden count must stay open by at least the threshold and up to at least the threshold. A hidden sum
    must stay open by its largest contribution, and up to where that contribution would no longer dominate.
    """
    small_zeros = _small_zeros(family, rule)
    sums = [cell.largest for cell in family.cells if cell.units is not None and cell.largest]
    least_sum = min(sums, default=0.0)
    primary: dict[Name, Reason] = {}
    width, reach = np.zeros(len(family.cells)), np.full(len(family.cells), -np.inf)
    for index, cell in enumerate(family.cells):
        reason = _reason(cell, rule, index in small_zeros)
        if reason:
            primary[cell.name] = reason
        if cell.known or (not cell.released and not reason):
            continue
        limit = float(rule.threshold_of(cell))
        undominated = (cell.largest or 0.0) / rule.dominance
        if cell.signed:
            width[index] = limit if cell.units is None else max(cell.largest or 0.0, least_sum)
        elif cell.units is not None:
            width[index] = max(cell.largest or 0.0, least_sum)
            reach[index] = undominated
        else:
            width[index] = max(limit, undominated - cell.value)
            reach[index] = max(limit, undominated)
    return Needs(primary, _telling_shares(family, rule, primary), width, reach)


def _telling_shares(family: Family, rule: Rule, primary: dict[Name, Reason]) -> frozenset[Name]:
    """0 % of a hidden zero and 100 % of a group: they tell without any count what hiding the zeros keeps."""
    if rule.zeros == "open":
        return frozenset()
    telling = set()
    for share in family.shares:
        part, whole = (family.cells[family.place[name]] for name in (share.part, share.whole))
        all_alike = part.units is None and whole.units is None and part.value == whole.value > 0
        both_known = part.known and whole.known
        if not share.known and not both_known and (primary.get(part.name) == "zero" or all_alike):
            telling.add(share.name)
    return frozenset(telling)


def _reason(cell: Cell, rule: Rule, is_small_zero: bool) -> Reason | None:
    if cell.known:
        return None
    if cell.hidden:
        return "earlier"
    if cell.signed:
        return None
    persons = cell.value if cell.units is None else cell.units
    if 0 < persons < rule.threshold_of(cell):
        return "small"
    if cell.largest is not None and cell.largest > rule.dominance * cell.value:
        return "dominance"
    return "zero" if is_small_zero else None


def _small_zeros(family: Family, rule: Rule) -> set[int]:
    """Zeros beside a single filled part of a total: the table would say that all of the group are alike.

    A zero below an empty total is left open: that nobody is there says nothing about anybody.
    """
    if rule.zeros == "open":
        return set()
    empty = {
        i for i, cell in enumerate(family.cells) if cell.value == 0 and not cell.signed and cell.released
    }
    if rule.zeros == "all":
        return {i for i in empty if not family.cells[i].known}
    telling: set[int] = set()
    evident: set[int] = set()
    for link in family.links:
        if not isinstance(link, Sum):
            continue
        parts = family.indices(link.parts)
        filled = sum(i not in empty for i in parts)
        if family.values[family.place[link.total]] == 0:
            evident.update(parts)
        elif filled == 1:
            telling.update(i for i in parts if i in empty and not family.cells[i].known)
    return telling - evident
