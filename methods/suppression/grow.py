"""Which further cells to hide: for one unprotected cell, the cheapest way to let it move.

One linear program holds two copies of the table, one going up and one going down, that must differ in the
cell by the width it needs. Moving a printed cell costs per person moved, moving a hidden one next to nothing;
what had to move must be hidden (the "flow" of Castro and of Fischetti and Salazar).
"""

from __future__ import annotations

import numpy as np

from methods.suppression.family import Floats
from methods.suppression.primary import Needs
from methods.suppression.system import EPSILON, System, Truths, highs, solved

FREE = 1e-3  # of a hidden cell: short ways are preferred, but never against a printed cell
TASTE = 0.05  # part of the price that depends on the size of a cell: totals go last


class Grow:
    """Columns: up+, up-, down+, down- of each unknown; rows: the relations twice, then the width."""

    def __init__(self, system: System, needs: Needs, values: Floats):
        self.system, self.needs, self.values = system, needs, values
        n = system.columns
        size = np.log1p(np.abs(values))
        price = np.ones(system.items)
        price[: system.cells] += TASTE * size / max(1.0, float(size.max(initial=0.0)))
        self.price = price
        count = len(system.starts) - 1
        lengths = np.diff(system.starts) * 2
        starts = np.concatenate([[0], np.cumsum(np.tile(lengths, 2)), [0]])
        starts[-1] = starts[-2] + 4
        index, factor = [], []
        for copy in (0, 2 * n):
            for row in range(count):
                span = slice(system.starts[row], system.starts[row + 1])
                index += [system.index[span] + copy, system.index[span] + copy + n]
                factor += [system.factor[span], -system.factor[span]]
        # The width row: its four columns are moved to the cell asked for.
        index.append(np.array([0, n, 2 * n, 3 * n]))
        factor.append(np.array([1.0, -1.0, -1.0, 1.0]))
        self.width_row = 2 * count
        self.at = 0
        self.model = highs(
            np.zeros(4 * n), np.zeros(4 * n), np.zeros(4 * n),
            (starts.astype(np.int32), np.concatenate(index).astype(np.int32), np.concatenate(factor)),
            (np.concatenate([system.row_low, system.row_low, [0.0]]),
             np.concatenate([system.row_high, system.row_high, [np.inf]])),
        )  # fmt: skip

    def way(self, cell: int, hidden: Truths) -> tuple[Floats, Floats] | None:
        """Deviations (columns,) of the upper and the lower table, or None if nothing protects the cell."""
        system, n = self.system, self.system.columns
        low, high = system.limits(~system.fixed)
        shown_low, shown_high = system.limits(hidden)
        # A printed share pays from the first step, though its rounding leaves some room: the tidying sees it.
        free = (shown_low < low + EPSILON) & (shown_high > high - EPSILON)
        price = np.where(free, FREE, self.price[system.item]) / max(1.0, self.needs.width[cell])
        columns = np.arange(4 * n, dtype=np.int32)
        lower, upper = np.zeros(4 * n), np.concatenate([high, -low, high, -low])
        reach = self.needs.reach[cell] - self.values[cell]
        if reach > 0:
            lower[cell] = reach
            upper[cell] = max(upper[cell], 0.0)
            upper[n + cell] = 0.0
            if upper[cell] < reach:
                return None
        self.model.changeColsBounds(4 * n, columns, lower, upper)
        self.model.changeColsCost(4 * n, columns, np.tile(price, 4))
        for block, sign in enumerate((1.0, -1.0, -1.0, 1.0)):
            self.model.changeCoeff(self.width_row, self.at + block * n, 0.0)
            self.model.changeCoeff(self.width_row, cell + block * n, sign)
        self.at = cell
        self.model.changeRowBounds(self.width_row, self.needs.width[cell], np.inf)
        if not solved(self.model):
            return None
        moves = np.array(self.model.getSolution().col_value).reshape(4, n)
        return moves[0] - moves[1], moves[2] - moves[3]

    def opened_by(self, deviations: tuple[Floats, Floats], hidden: Truths) -> list[int]:
        """Items that must be hidden so that these tables fit."""
        low, high = self.system.limits(hidden)
        outside = np.zeros(self.system.columns, dtype=bool)
        for deviation in deviations:
            outside |= (deviation < low - EPSILON) | (deviation > high + EPSILON)
        return sorted(set(self.system.item[outside].tolist()))
