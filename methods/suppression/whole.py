"""An attacker who knows that people come in whole numbers.

In plain tables whole numbers tell him nothing more: the extreme tables are whole anyway. A share printed with
two decimals does: 13.79 % of some thirty people can only be 4 of 29. So the proof asks for whole tables.

source  docs/methods/disclosure-control.md
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from methods.suppression.family import Floats
from methods.suppression.grow import Flows, Grow, Way
from methods.suppression.system import EPSILON, System, Truths, highs, solved
from methods.suppression.witness import Attack

NODES = 30  # branches of one attack; a limit in seconds would not be the same everywhere


def is_whole(system: System, deviation: Floats) -> bool:
    counts = deviation[system.whole]
    return bool((np.abs(counts - np.round(counts)) <= EPSILON).all())


class WholeAttack(Attack):
    """Tables with whole counts only. Where the linear program already gives one, nothing else is solved.

    is_patient  whether to search for a whole table where the linear program gives fractions
    """

    is_patient = True

    @cached_property
    def _whole_model(self) -> Any:
        system = self.system
        zeros = np.zeros(system.columns)
        model = highs(
            zeros, zeros, zeros,
            (system.starts, system.index, system.factor), (system.row_low, system.row_high),
            whole=np.flatnonzero(system.whole).tolist(),
        )  # fmt: skip
        model.setOptionValue("mip_max_nodes", NODES)
        return model

    def furthest(self, cell: int, sign: float) -> Floats:
        """As `Attack.furthest`; the true table itself where the search gives up, which proves nothing."""
        relaxed = super().furthest(cell, sign)
        if is_whole(self.system, relaxed):
            return relaxed
        if not self.is_patient:
            return np.zeros(self.system.columns)
        model, columns = self._whole_model, np.arange(self.system.columns, dtype=np.int32)
        low, high = self.system.limits(self.hidden)
        low[cell], high[cell] = max(low[cell], -self.cap(cell)), min(high[cell], self.cap(cell))
        model.changeColsBounds(len(columns), columns, low, high)
        cost = np.zeros(self.system.columns)
        cost[cell] = -sign
        model.changeColsCost(len(columns), columns, cost)
        if not solved(model, may_stop=True):
            return np.zeros(self.system.columns)
        return self.system.rounded(np.array(model.getSolution().col_value))


class WholeGrow(Grow):
    """Ways whose tables are whole, for cells that only fractions of people would protect."""

    @cached_property
    def _whole_flows(self) -> Flows:
        return Flows(self.system, 2, whole=True)

    def splitting_shares(self, way: Way, hidden: Truths) -> list[int]:
        """Printed shares of counts that are fractions in these tables: they are what asks for fractions."""
        system = self.system
        split = np.zeros(system.columns, dtype=bool)
        for table in way:
            split |= system.whole & (np.abs(table - np.round(table)) > EPSILON)
        rows = np.repeat(np.arange(len(system.starts) - 1), np.diff(system.starts))
        touched = np.isin(rows, rows[split[system.index]])
        items = np.unique(system.item[system.index[touched]])
        return [i for i in items.tolist() if i >= system.cells and not hidden[i] and not system.fixed[i]]

    def whole_way(self, cell: int, hidden: Truths) -> Way | None:
        way = self._two_way(cell, hidden, self._whole_flows)
        return None if way is None else (self.system.rounded(way[0]), self.system.rounded(way[1]))
