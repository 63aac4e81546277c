"""Which further cells to hide: for one unprotected cell, the cheapest way to let it move.

One linear program moves the cell by the width it needs and lets other cells balance it. Moving a printed cell
costs per person moved, moving a hidden one next to nothing; what had to move must be hidden (the flows of
Kelly, Castro, Fischetti and Salazar, for relations of any kind).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from methods.suppression.family import Floats
from methods.suppression.primary import Needs
from methods.suppression.system import EPSILON, System, Truths, highs, solved

FREE = 1e-3  # of a hidden cell: short ways are preferred, but never against a printed cell
TASTE = 0.05  # part of the price that depends on the size of a cell: totals go last
NODES = 300  # branches of a search in whole numbers, which is the last resort
Way = tuple[Floats, Floats]  # (columns,) deviations of two tables that lie the width apart in the cell


class Grow:
    def __init__(self, system: System, needs: Needs, values: Floats):
        self.system, self.needs, self.values = system, needs, values
        size = np.log1p(np.abs(values))
        self.price = np.ones(system.items)
        self.price[: system.cells] += TASTE * size / max(1.0, float(size.max(initial=0.0)))
        self.one_way, self.two_ways = Flows(system, 1), Flows(system, 2)

    def way(self, cell: int, hidden: Truths) -> Way | None:
        """The way that hides fewest items more; None if nothing protects the cell.

        A flow and its reverse, split so that both tables stay possible, moves every cell it touches by the
        same width: what it hides is then protected as well. Only if no split works, two flows are asked for.
        """
        found: list[tuple[float, int, Way]] = []
        for number, down in enumerate(self._splits(cell)):
            if way := self._split_way(cell, hidden, down):
                found.append((self.price[self.opened_by(way, hidden)].sum(), number, way))
        if found:
            return min(found, key=lambda item: item[:2])[2]
        return self._two_way(cell, hidden, self.two_ways)

    def opened_by(self, way: Way, hidden: Truths) -> list[int]:
        """Items that must be hidden so that these tables fit."""
        low, high = self.system.limits(hidden)
        outside = np.zeros(self.system.columns, dtype=bool)
        for deviation in way:
            outside |= (deviation < low - EPSILON) | (deviation > high + EPSILON)
        return sorted(set(self.system.item[outside].tolist()))

    def _splits(self, cell: int) -> list[float]:
        """Parts of the width to go downwards: as far as the cell can, half of it, not at all."""
        width, value = self.needs.width[cell], self.values[cell]
        most = 1.0
        if self.system.hidden_low[cell] > -np.inf:
            most = min(most, -self.system.hidden_low[cell] / width)
        if self.needs.reach[cell] > value:
            most = min(most, 1.0 - (self.needs.reach[cell] - value) / width)
        return [most, most / 2, 0.0] if most > EPSILON else [0.0] if most > -EPSILON else []

    def _split_way(self, cell: int, hidden: Truths, down: float) -> Way | None:
        low, high = _split(*self.system.limits(~self.system.fixed), down)
        rows = _split(self.system.row_low, self.system.row_high, down)
        width = self.needs.width[cell]
        if low[cell] > width + EPSILON or high[cell] < width - EPSILON:
            return None
        low[cell] = high[cell] = width
        flow = self.one_way.cheapest(self._price(hidden), [(low, high)], rows)
        return None if flow is None else ((1.0 - down) * flow[0], -down * flow[0])

    def _two_way(self, cell: int, hidden: Truths, model: Flows) -> Way | None:
        low, high = self.system.limits(~self.system.fixed)
        up = low.copy()
        up[cell] = max(0.0, self.needs.reach[cell] - self.values[cell])
        if up[cell] > high[cell]:
            return None
        rows = (self.system.row_low, self.system.row_high)
        flows = model.cheapest(
            self._price(hidden), [(up, high), (low, high)], rows, (cell, self.needs.width[cell])
        )
        return None if flows is None else (flows[0], flows[1])

    def _price(self, hidden: Truths) -> Floats:
        low, high = self.system.limits(~self.system.fixed)
        shown_low, shown_high = self.system.limits(hidden)
        # A printed share pays from the first step, though its rounding leaves some room: the tidying sees it.
        free = (shown_low < low + EPSILON) & (shown_high > high - EPSILON)
        return np.where(free, FREE, self.price[self.system.item])


class Flows:
    """One or two copies of the relations, each unknown as a part above and a part below the true value."""

    def __init__(self, system: System, copies: int, *, whole: bool = False):
        self.copies, self.columns, self.rows = copies, system.columns, len(system.starts) - 1
        index: list[npt.NDArray[np.integer]] = []
        factor: list[Floats] = []
        lengths: list[int] = []
        for copy in range(copies):
            for row in range(self.rows):
                span = slice(system.starts[row], system.starts[row + 1])
                above = system.index[span] + 2 * copy * self.columns
                index += [above, above + self.columns]
                factor += [system.factor[span], -system.factor[span]]
                lengths.append(2 * len(above))
        if copies == 2:  # the row for the distance; its columns are moved to the cell asked for
            index.append(np.arange(4) * self.columns)
            factor.append(np.array([1.0, -1.0, -1.0, 1.0]))
            lengths.append(4)
        self.at = 0
        count = 2 * copies * self.columns
        self.model = highs(
            np.zeros(count),
            np.zeros(count),
            np.zeros(count),
            (
                np.cumsum([0, *lengths]).astype(np.int32),
                np.concatenate([np.zeros(0), *index]).astype(np.int32),
                np.concatenate([np.zeros(0), *factor]),
            ),
            (np.zeros(len(lengths)), np.zeros(len(lengths))),
            whole=np.flatnonzero(np.tile(system.whole, 2 * copies)).tolist() if whole else (),
        )
        self.model.setOptionValue("mip_max_nodes", NODES)

    def cheapest(
        self,
        price: Floats,
        limits: list[tuple[Floats, Floats]],
        row_limits: tuple[Floats, Floats],
        apart: tuple[int, float] | None = None,
    ) -> Floats | None:
        """(copies, columns) deviations within limits at the least price * distance; None if there are none.

        apart  (column, width): the two copies differ in it by at least that
        """
        n, copies = self.columns, self.copies
        low = np.concatenate([np.concatenate([np.maximum(lo, 0), np.maximum(-hi, 0)]) for lo, hi in limits])
        high = np.concatenate([np.concatenate([np.maximum(hi, 0), np.maximum(-lo, 0)]) for lo, hi in limits])
        columns = np.arange(2 * copies * n, dtype=np.int32)
        self.model.changeColsBounds(len(columns), columns, low, high)
        self.model.changeColsCost(len(columns), columns, np.tile(price, 2 * copies))
        for copy in range(copies):
            for row in range(self.rows):
                self.model.changeRowBounds(copy * self.rows + row, row_limits[0][row], row_limits[1][row])
        if apart:
            for block, sign in enumerate((1.0, -1.0, -1.0, 1.0)):
                self.model.changeCoeff(copies * self.rows, self.at + block * n, 0.0)
                self.model.changeCoeff(copies * self.rows, apart[0] + block * n, sign)
            self.at = apart[0]
            self.model.changeRowBounds(copies * self.rows, apart[1], np.inf)
        if not solved(self.model, may_stop=True):
            return None
        parts = np.array(self.model.getSolution().col_value).reshape(copies, 2, n)
        return np.asarray(parts[:, 0] - parts[:, 1])


def _split(low: Floats, high: Floats, down: float) -> tuple[Floats, Floats]:
    """Limits of x such that both (1 - down) * x and -down * x lie within low and high."""
    up = 1.0 - down
    least, most = np.full_like(low, -np.inf), np.full_like(high, np.inf)
    if up > 0:
        least, most = np.maximum(least, low / up), np.minimum(most, high / up)
    if down > 0:
        least, most = np.maximum(least, -high / down), np.minimum(most, -low / down)
    return least, most
