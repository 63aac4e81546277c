"""The fewest cells that protect a family, proven: for small tables, and to measure the usual way by.

Benders' decomposition: a master program over "hidden or not" proposes a pattern; where the attacker still
succeeds, the dual of his program tells which cells would have stopped him, and that becomes a new row.

source  Fischetti and Salazar-González (2001), see docs/methods/disclosure-control.md
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from methods.suppression.family import Floats
from methods.suppression.primary import Needs
from methods.suppression.system import System, Truths, highs, solved
from methods.suppression.witness import Attack, Witnesses

NOISE = 1e-9  # of a dual: below it a cell has no part in stopping the attacker


class TooHard(RuntimeError):
    """No proof within the rounds allowed."""


class Master:
    """least number of items hidden, under all rows learnt so far. Columns: the items that are free to choose."""

    def __init__(self, system: System, needs: Needs, *, relaxed: bool = False):
        """relaxed: items may be hidden in part while choosing; the bound holds, and thousands of items are fast"""
        self.system, self.relaxed = system, relaxed
        self.free = np.flatnonzero(~system.fixed & ~system.starts_hidden)
        self.column = {int(item): column for column, item in enumerate(self.free)}
        n = len(self.free)
        self.model: Any = highs(
            np.ones(n), np.zeros(n), np.ones(n),
            (np.zeros(1, np.int32), np.zeros(0, np.int32), np.zeros(0)), (np.zeros(0), np.zeros(0)),
            whole=() if relaxed else range(n), presolve=not relaxed,
        )  # fmt: skip
        self._never_alone(needs)

    def _never_alone(self, needs: Needs) -> None:
        """In an exact relation a single hidden cell is found by subtracting."""
        system = self.system
        for row in np.flatnonzero(system.row_high - system.row_low <= 0):
            items = system.item[system.index[system.starts[row] : system.starts[row + 1]]].tolist()
            if max(items) >= system.cells:
                continue  # the rounding of a share leaves room
            for item in items:
                if not system.fixed[item] and needs.width[item] > 0:
                    gains = np.zeros(system.items)
                    gains[[other for other in items if other != item]] = 1.0
                    self.learn(item, gains, 1.0)

    def learn(self, cell: int, gains: Floats, wanted: float) -> None:
        """If the cell is hidden, the gains (items,) of the hidden items must add up to what is wanted."""
        always = self.system.starts_hidden.copy()
        always[cell] = False
        wanted -= float(gains[always].sum())
        if wanted <= NOISE:
            return
        gains = np.where(self.system.fixed, 0.0, np.minimum(gains, wanted))
        gains[cell] = 0.0
        index = [self.column[item] for item in np.flatnonzero(gains).tolist() if item in self.column]
        factor = [float(gains[self.free[column]]) for column in index]
        if cell in self.column:
            index, factor, wanted = [*index, self.column[cell]], [*factor, -wanted], 0.0
        self.model.addRow(wanted, np.inf, len(index), np.array(index, np.int32), np.array(factor))

    def proposal(self, nodes: int | None = None) -> tuple[Truths, int] | None:
        """The items to hide (items,), and how many free ones every protecting pattern hides at least.

        nodes  branches tried before giving up; None: until proven
        None   if the search gave up, or no pattern protects
        """
        hidden = self.system.starts_hidden.copy()
        if not len(self.free):
            return hidden, 0
        if nodes is not None:
            self.model.setOptionValue("mip_max_nodes", nodes)
        if not solved(self.model, may_stop=True):
            return None
        hidden[self.free] = np.array(self.model.getSolution().col_value) > 0.5 - NOISE
        return hidden, math.ceil(self.model.getInfo().objective_function_value - 1e-6)


def fewest(system: System, needs: Needs, values: Floats, rounds: int = 400) -> tuple[Truths, Witnesses]:
    """The items to hide (items,) and their proof, hiding as few as possible.

    rounds  proposals tried before giving up
    raises  TooHard after that many rounds; ValueError if no pattern protects
    """
    master = Master(system, needs)
    attack = Attack(system, needs, values, system.starts_hidden)
    for _ in range(rounds):
        proposal = master.proposal()
        if proposal is None:
            raise ValueError("no pattern protects this family")
        attack.turn_to(proposal[0])
        if witnesses := learn(master, attack):
            return proposal[0], witnesses
    raise TooHard(f"no proof after {rounds} rounds")


def learn(master: Master, attack: Attack) -> Witnesses | None:
    """Attack every hidden cell; the proof if all hold, else None and the master knows better."""
    witnesses = Witnesses(attack.system, attack.needs, attack.values)
    open_cells: list[int] = []
    while left := [cell for cell in witnesses.unproven(attack.hidden) if cell not in open_cells]:
        if _learnt(master, attack, witnesses, left[0]):
            open_cells.append(left[0])
    return None if open_cells else witnesses


def _learnt(master: Master, attack: Attack, witnesses: Witnesses, cell: int) -> bool:
    """Attack one cell; True if he succeeds and the master learnt a row that forbids it."""
    needs, hidden = attack.needs, attack.hidden
    gains, rest = [], []
    for sign in (1.0, -1.0):
        witnesses.add(attack.furthest(cell, sign))
        if cell not in witnesses.unproven(hidden):
            return False
        gain, constant = _dual_bound(attack, cell, sign)
        gains.append(gain)
        rest.append(constant)
    up, down = (table[cell] for table in witnesses.tables[-2:])
    width, reach = needs.width[cell], needs.reach[cell] - attack.values[cell]
    if up - down < width - NOISE:
        master.learn(cell, gains[0] + gains[1], width - rest[0] - rest[1])
    if up < reach - NOISE:
        master.learn(cell, gains[0], reach - rest[0])
    return True


def _dual_bound(attack: Attack, cell: int, sign: float) -> tuple[Floats, float]:
    """How far the cell moves at most: constant + gains (items,) of the hidden items, by weak duality.

    Holds for every pattern that hides the cell, whatever the duals are; their quality only makes it tight.
    """
    system = attack.system
    price = -np.array(attack.model.getSolution().row_dual)
    price[np.abs(price) < NOISE] = 0.0
    reduced = np.zeros(system.columns)
    reduced[cell] = sign
    rows = np.repeat(np.arange(len(price)), np.diff(system.starts))
    np.subtract.at(reduced, system.index, system.factor * price[rows])
    reduced[np.abs(reduced) < NOISE] = 0.0
    shown = _most(reduced, system.shown_low, system.shown_high)
    gains = np.zeros(system.items)
    finite = np.isfinite(shown)  # a side that even printing leaves open: its price can only be noise
    shown[~finite] = 0.0
    hidden = np.where(finite, _most(reduced, system.hidden_low, system.hidden_high), 0.0)
    np.add.at(gains, system.item, hidden - shown)
    constant = float(_most(price, system.row_low, system.row_high).sum() + shown.sum()) + gains[cell]
    gains[cell] = 0.0
    return gains, constant


def _most(price: Floats, low: Floats, high: Floats) -> Floats:
    """The largest price * x for x within the bounds; 0 * infinity is 0."""
    end = np.where(price > 0, high, np.where(price < 0, low, 0.0))
    return np.where(price == 0, 0.0, price * np.where(price == 0, 0.0, end))
