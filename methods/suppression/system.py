"""A family as the linear system an attacker would write down, in deviations from the true values.

A column is one unknown. Printing an item (a cell or a share) narrows its columns, hiding it opens them:
a printed cell may deviate by 0, a hidden one from -value upwards. A share has two columns, the room above
and below its rounding; they come from part - (printed ± rounding) / factor * whole, which is linear because
the printed figure is a number. A third column is its whole once more: where a share is printed, somebody
is there. The dot says nothing, for empty wholes have it too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from methods.suppression.family import Bound, Family, Floats, Sum
from methods.suppression.primary import Needs

Truths = npt.NDArray[np.bool_]
EPSILON = 1e-7  # solver noise; counts are whole, so nothing real is that small
Row = tuple[list[int], list[float], float, float]


@dataclass(frozen=True)
class System:
    """rows of matrix * deviation within [row_low, row_high]; deviation within the bounds of its item.

    matrix         (rows, columns) by rows: starts, index, factor
    item           (columns,) the item a column belongs to; items are cells, then shares
    shown_low …    (columns,) bounds of the deviation while the item is printed / hidden
    fixed          (items,) known already, can never be hidden
    starts_hidden  (items,) primary, never printed, or hidden in an earlier release
    whole          (columns,) counts of people
    """

    starts: npt.NDArray[np.int32]
    index: npt.NDArray[np.int32]
    factor: Floats
    row_low: Floats
    row_high: Floats
    item: npt.NDArray[np.int64]
    shown_low: Floats
    shown_high: Floats
    hidden_low: Floats
    hidden_high: Floats
    fixed: Truths
    starts_hidden: Truths
    whole: Truths
    cells: int

    @property
    def columns(self) -> int:
        return len(self.item)

    @property
    def items(self) -> int:
        return len(self.fixed)

    def limits(self, hidden: Truths) -> tuple[Floats, Floats]:
        """Bounds of the deviations when exactly the items in `hidden` (items,) are hidden."""
        opened = hidden[self.item]
        return (
            np.where(opened, self.hidden_low, self.shown_low),
            np.where(opened, self.hidden_high, self.shown_high),
        )

    def rounded(self, deviation: Floats) -> Floats:
        """Without the solver's noise in whole numbers."""
        return np.where(self.whole, np.round(deviation), deviation)

    def holds(self, deviations: Floats, hidden: Truths) -> Truths:
        """(tables,) whether each row of (tables, columns) is a table that fits everything printed.

        A relation may be off by what the size of its terms makes unavoidable in floating point.
        """
        low, high = self.limits(hidden)
        fits = ((deviations >= low - EPSILON) & (deviations <= high + EPSILON)).all(1)
        if len(self.index):
            terms = deviations[:, self.index] * self.factor
            rows = np.add.reduceat(terms, self.starts[:-1], axis=1)
            noise = EPSILON * np.maximum(1.0, np.maximum.reduceat(np.abs(terms), self.starts[:-1], axis=1))
            fits &= ((rows >= self.row_low - noise) & (rows <= self.row_high + noise)).all(1)
        return np.asarray(fits, dtype=bool)


def system_of(family: Family, needs: Needs) -> System:
    values, count = family.values, len(family.cells)
    item = list(range(count))
    bounds = [(0.0, 0.0, -np.inf if c.signed else -c.value, np.inf) for c in family.cells]
    fixed, hidden = [c.known for c in family.cells], [c.hidden or not c.released for c in family.cells]
    rows: list[Row] = []
    for link in family.links:
        if isinstance(link, Sum):
            parts = family.indices(link.parts)
            rows.append(([family.place[link.total], *parts], [-1.0] + [1.0] * len(parts), 0.0, 0.0))
        elif isinstance(link, Bound):
            index = family.indices([name for name, _ in link.terms])
            factors = [factor for _, factor in link.terms]
            level = float(np.dot(factors, values[index]))
            rows.append((index, factors, link.low - level, link.high - level))
        else:
            fixed.append(link.known)
            hidden.append(link.published is None or link.name in needs.shares)
            if link.published is None:
                continue
            share = len(fixed) - 1
            part, whole = family.indices([link.part, link.whole])
            for sign in (1.0, -1.0):
                ratio = (link.published + sign * link.slack) / link.factor
                room = values[part] - ratio * values[whole]  # at most 0 above, at least 0 below
                column = len(item)
                item.append(share)
                bounds.append((-np.inf, max(0.0, -room), -np.inf, np.inf) if sign > 0 else
                              (min(0.0, -room), np.inf, -np.inf, np.inf))  # fmt: skip
                rows.append(([part, whole, column], [1.0, -ratio, -1.0], 0.0, 0.0))
            if family.cells[whole].units is None:
                rows.append(([whole, len(item)], [1.0, -1.0], 0.0, 0.0))
                item.append(share)
                bounds.append((1.0 - values[whole], np.inf, -np.inf, np.inf))
    limits = np.array(bounds, dtype=float).reshape(-1, 4)
    lengths = np.array([0] + [len(row[0]) for row in rows])
    return System(
        starts=np.cumsum(lengths).astype(np.int32),
        index=np.array([i for row in rows for i in row[0]], dtype=np.int32),
        factor=np.array([f for row in rows for f in row[1]], dtype=float),
        row_low=np.array([row[2] for row in rows], dtype=float),
        row_high=np.array([row[3] for row in rows], dtype=float),
        item=np.array(item, dtype=np.int64),
        shown_low=limits[:, 0],
        shown_high=limits[:, 1],
        hidden_low=limits[:, 2],
        hidden_high=limits[:, 3],
        fixed=np.array(fixed, dtype=bool),
        starts_hidden=np.array(hidden, dtype=bool) | _primary(family, needs, len(fixed)),
        whole=np.array([i < count and family.cells[i].units is None for i in range(len(item))], dtype=bool),
        cells=count,
    )


def _primary(family: Family, needs: Needs, items: int) -> Truths:
    mask = np.zeros(items, dtype=bool)
    mask[family.indices(list(needs.primary))] = True
    return mask


def highs(
    cost: Floats,
    low: Floats,
    high: Floats,
    rows: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Floats],
    row_limits: tuple[Floats, Floats],
    whole: Sequence[int] = (),
    *,
    presolve: bool = False,
) -> Any:
    """A HiGHS model, minimising, single-threaded and silent, so that the same input gives the same answer.

    rows        starts, index, factor of the matrix by rows
    row_limits  (rows,) low, high
    whole       columns that must be whole numbers
    presolve    only for programs without equations: with those of printed shares it can go round in circles for
                ever (HiGHS 1.15, its aggregator), and no limit stops it there. Off, hot starts are faster, too.
    """
    import highspy

    model = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", 0),
        ("primal_feasibility_tolerance", 1e-9),
        ("presolve", "choose" if presolve else "off"),
    ):
        model.setOptionValue(option, value)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(cost), len(rows[0]) - 1
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, low, high
    lp.row_lower_, lp.row_upper_ = row_limits
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = rows
    if whole:
        kinds = [highspy.HighsVarType.kContinuous] * len(cost)
        for column in whole:
            kinds[column] = highspy.HighsVarType.kInteger
        lp.integrality_ = kinds
        model.setOptionValue("mip_rel_gap", 0.0)
        model.setOptionValue("mip_feasibility_tolerance", 1e-9)
    if model.passModel(lp) == highspy.HighsStatus.kError:
        raise RuntimeError("the solver refused the model")
    return model


def solved(model: Any, *, may_stop: bool = False) -> bool:
    """Run; True if optimal, False if infeasible; anything else is an error, never a silent number.

    may_stop  False also where the limit on the search was reached
    """
    import highspy

    model.run()
    status = model.getModelStatus()
    if status in (highspy.HighsModelStatus.kSolveError, highspy.HighsModelStatus.kUnknown):
        model.clearSolver()  # a hot start can go astray; from scratch it does not
        model.run()
        status = model.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        return True
    if status == highspy.HighsModelStatus.kInfeasible:
        return False
    if may_stop and status == highspy.HighsModelStatus.kSolutionLimit:
        return False
    raise RuntimeError(f"the solver stopped: {model.modelStatusToString(status)}")
