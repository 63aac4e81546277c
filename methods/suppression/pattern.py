"""Choose the cells to hide so that nothing hidden can be narrowed down: the one call users need.

source  docs/methods/disclosure-control.md
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from methods.suppression.family import Family, Floats, Name, Unprotectable
from methods.suppression.primary import Reason, Rule, needs_of
from methods.suppression.search import SMALL, Search
from methods.suppression.system import system_of
from methods.suppression.whole import is_whole

HIDDEN = "."
ROUNDS = 12


@dataclass(frozen=True)
class Pattern:
    """What is hidden in a family. Only `released()` may leave the house: the rest says why a cell is hidden.

    primary    cell, or share that tells what a hidden zero keeps -> reason
    secondary  items (cells or shares) hidden to protect others
    at_least   no protecting pattern has fewer secondary items than this; 0 where nobody looked
    witnesses  (tables, columns) tables an attacker cannot tell from the true one, as deviations from it
    """

    family: Family
    rule: Rule
    primary: dict[Name, Reason]
    secondary: tuple[Name, ...]
    at_least: int
    witnesses: Floats

    @property
    def hidden(self) -> frozenset[Name]:
        return frozenset(self.primary) | frozenset(self.secondary)

    def released(self) -> dict[Name, float | str]:
        """Every printed figure, "." for everything hidden. Cells that stand in no table are left out."""
        hidden = self.hidden
        shown: dict[Name, float | str] = {}
        for cell in self.family.cells:
            if cell.released:
                value = int(cell.value) if cell.units is None else cell.value
                shown[cell.name] = HIDDEN if cell.name in hidden else value
        for share in self.family.shares:
            shown[share.name] = HIDDEN if share.name in hidden or share.published is None else share.published
        return shown


def protect(family: Family, rule: Rule | None = None, *, rounds: int = ROUNDS, small: int = SMALL) -> Pattern:
    """Hide small and dominated cells, and as few others as it takes to protect every hidden cell.

    Every hidden cell ends with two tables that fit all that is printed and lie at least the needed width
    apart in it. The same family gives the same pattern on every run.

    rounds  steps of the search for fewer cells; 0 is quickest
    small   items up to which whole proposals are tried, slower and better than rounded ones
    raises  Unprotectable naming the cell, if what is known already reveals it
    """
    rule = rule or Rule()
    needs = needs_of(family, rule)
    system = system_of(family, needs)
    search = Search(system, needs, family.values, small)
    start = search.completed(system.starts_hidden)
    if isinstance(start, int):
        raise Unprotectable(family.cells[start].name)
    hidden, witnesses, at_least = search.improved(start, rounds)
    fits = system.holds(witnesses.tables, hidden).all()
    if not fits or not is_whole(system, witnesses.tables.T) or witnesses.unproven(hidden):
        raise RuntimeError("the proof does not hold: a fault in the program, nothing may be released")
    items = family.items
    secondary = tuple(items[i] for i in np.flatnonzero(hidden & ~system.starts_hidden))
    telling: dict[Name, Reason] = {
        share.name: "zero" for share in family.shares if share.name in needs.shares
    }
    return Pattern(family, rule, needs.primary | telling, secondary, at_least, witnesses.tables)
