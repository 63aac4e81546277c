"""Tables that fit everything printed and show how far a hidden cell can move: the proof of protection.

Two such tables whose values for a cell differ by the width needed prove the cell safe, whoever found them
and however. They stay valid when more is hidden, and mostly when little less is, which saves solving.
"""

from __future__ import annotations

import numpy as np

from methods.suppression.family import Floats
from methods.suppression.primary import Needs
from methods.suppression.system import EPSILON, System, Truths, highs, solved


class Witnesses:
    """Deviations (tables, columns) that hold for the items hidden now."""

    def __init__(self, system: System, needs: Needs, values: Floats):
        self.system, self.needs = system, needs
        self.room_to_reach = needs.reach - values  # (cells,) how far up a cell must be able to go
        self.tables = np.zeros((1, system.columns))

    def add(self, *deviations: Floats) -> None:
        self.tables = np.vstack([self.tables, *deviations])

    def unproven(self, hidden: Truths) -> list[int]:
        """Hidden cells without proof, widest need first, then in the family's order."""
        cells = self.system.cells
        high, low = self.tables[:, :cells].max(0), self.tables[:, :cells].min(0)
        proven = (high - low >= self.needs.width - EPSILON) & (high >= self.room_to_reach - EPSILON)
        proven |= (self.needs.width <= 0) & (self.needs.reach == -np.inf)
        left = np.flatnonzero(hidden[:cells] & ~proven)
        return sorted(left.tolist(), key=lambda cell: (-self.needs.width[cell], cell))

    def keep_valid(self, hidden: Truths) -> None:
        low, high = self.system.limits(hidden)
        fits = ((self.tables >= low - EPSILON) & (self.tables <= high + EPSILON)).all(1)
        self.tables = self.tables[fits]


class Attack:
    """The attacker's linear programs, used by the protector on its own draft.

    Finds bounds only as far as they are needed: a cell counts as open once it moves by width and reach.
    """

    def __init__(self, system: System, needs: Needs, values: Floats, hidden: Truths):
        self.system, self.needs, self.values = system, needs, values
        self.hidden = hidden.copy()
        low, high = system.limits(hidden)
        self.model = highs(
            np.zeros(system.columns), low, high,
            (system.starts, system.index, system.factor), (system.row_low, system.row_high),
        )  # fmt: skip

    def show(self, items: list[int], shown: bool) -> None:
        """Print (or hide again) these items."""
        self.hidden[items] = not shown
        if not items:
            return
        low, high = self.system.limits(self.hidden)
        for column in np.flatnonzero(np.isin(self.system.item, items)).tolist():
            self.model.changeColBounds(column, low[column], high[column])

    def turn_to(self, hidden: Truths) -> None:
        """Hide exactly these items (items,)."""
        self.show(np.flatnonzero(self.hidden & ~hidden).tolist(), shown=True)
        self.show(np.flatnonzero(hidden & ~self.hidden).tolist(), shown=False)

    def cap(self, cell: int) -> float:
        """How far the cell has to move at most, whatever it can do on the other side."""
        return float(max(self.needs.width[cell], self.needs.reach[cell] - self.values[cell]))

    def furthest(self, cell: int, sign: float) -> Floats:
        """(columns,) a fitting table in which the cell lies furthest up (sign 1) or down (-1), capped at need."""
        cap = self.cap(cell)
        low, high = self.system.limits(self.hidden)
        self.model.changeColBounds(cell, max(low[cell], -cap), min(high[cell], cap))
        self.model.changeColCost(cell, -sign)
        if not solved(self.model):
            raise RuntimeError("the true table does not fit itself: a fault in the program")
        deviation = np.array(self.model.getSolution().col_value)
        self.model.changeColCost(cell, 0.0)
        self.model.changeColBounds(cell, low[cell], high[cell])
        return deviation

    def prove(self, witnesses: Witnesses) -> int | None:
        """Complete the proof for all hidden cells; the first cell that is not protected, or None."""
        while left := witnesses.unproven(self.hidden):
            cell = left[0]
            witnesses.add(self.furthest(cell, 1.0))
            if cell in witnesses.unproven(self.hidden):
                witnesses.add(self.furthest(cell, -1.0))
                if cell in witnesses.unproven(self.hidden):
                    return cell
        return None
