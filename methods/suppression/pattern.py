"""Choose the cells to hide so that nothing hidden can be narrowed down: the one call users need.

source  docs/methods/disclosure-control.md
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from methods.suppression.family import Family, Floats, Name, Unprotectable
from methods.suppression.grow import Grow
from methods.suppression.primary import Needs, Reason, Rule, needs_of
from methods.suppression.system import System, Truths, system_of
from methods.suppression.witness import Attack, Witnesses

HIDDEN = "."


@dataclass(frozen=True)
class Pattern:
    """What is hidden in a family. Only `released()` may leave the house: the rest says why a cell is hidden.

    primary    cell -> reason
    secondary  items (cells or shares) hidden to protect others
    witnesses  (tables, columns) tables an attacker cannot tell from the true one, as deviations from it
    """

    family: Family
    rule: Rule
    primary: dict[Name, Reason]
    secondary: tuple[Name, ...]
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
            shown[share.name] = HIDDEN if share.name in hidden else share.published
        return shown


def protect(family: Family, rule: Rule | None = None) -> Pattern:
    """Hide small and dominated cells, and as few others as it takes to protect every hidden cell.

    Every hidden cell ends with two tables that fit all that is printed and lie at least the needed width
    apart in it. The same family gives the same pattern on every run.

    raises  Unprotectable naming the cell, if what is known already reveals it
    """
    rule = rule or Rule()
    needs = needs_of(family, rule)
    system = system_of(family, needs)
    hidden, witnesses = _grown(family, system, needs)
    _tidy(family, system, needs, hidden, witnesses)
    if not witnesses.system.holds(witnesses.tables, hidden).all() or witnesses.unproven(hidden):
        raise RuntimeError("the proof does not hold: a fault in the program, nothing may be released")
    items = family.items
    secondary = np.flatnonzero(hidden & ~system.starts_hidden)
    return Pattern(family, rule, needs.primary, tuple(items[i] for i in secondary), witnesses.tables)


def _grown(family: Family, system: System, needs: Needs) -> tuple[Truths, Witnesses]:
    hidden = system.starts_hidden.copy()
    witnesses, grow = Witnesses(system, needs, family.values), Grow(system, needs, family.values)
    while left := witnesses.unproven(hidden):
        cell = left[0]
        way = grow.way(cell, hidden)
        if way is None:
            raise Unprotectable(family.cells[cell].name)
        hidden[grow.opened_by(way, hidden)] = True
        witnesses.add(*way)
    return hidden, witnesses


def _tidy(family: Family, system: System, needs: Needs, hidden: Truths, witnesses: Witnesses) -> None:
    """Print again what turned out not to be needed, the largest cells first. Changes `hidden`."""
    attack = Attack(system, needs, family.values, hidden)
    size = np.append(np.abs(family.values), np.full(system.items - system.cells, np.inf))
    candidates = np.flatnonzero(hidden & ~system.starts_hidden)
    for item in sorted(candidates.tolist(), key=lambda i: (-size[i], i)):
        attack.show([item], shown=True)
        before = witnesses.tables
        hidden[item] = False
        witnesses.keep_valid(hidden)
        if attack.prove(witnesses) is not None:
            hidden[item] = True
            attack.show([item], shown=False)
            witnesses.tables = before
