"""What every index starts from: counts per area, checked once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from methods.refusal import Refused

Floats = NDArray[np.float64]


def checked(group: ArrayLike, total: ArrayLike) -> tuple[Floats, Floats]:
    """Counts of one group and of everybody, as floats of the same shape.

    group, total  (areas,) persons
    raises        Refused for missing or negative counts, a group larger than its total, a group that is nobody or everybody
    """
    x, t = np.asarray(group, dtype=np.float64), np.asarray(total, dtype=np.float64)
    if x.ndim != 1 or x.shape != t.shape:
        raise Refused(f"group and total must be two lists of the same length, got {x.shape} and {t.shape}")
    _refuse_where(~(np.isfinite(x) & np.isfinite(t)), "a count is missing")
    _refuse_where((x < 0) | (t < 0), "a count is below zero")
    _refuse_where(x > t, "the group is larger than the total")
    if not 0 < x.sum() < t.sum():
        who = "nobody" if x.sum() == 0 else "everybody"
        raise Refused(f"the group is {who}: segregation from the rest is not defined")
    return x, t


def checked_groups(counts: ArrayLike) -> Floats:
    """Counts of several groups that do not overlap, shape (areas, groups)."""
    table = np.asarray(counts, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] < 2:
        raise Refused(f"counts must be areas x groups with two groups or more, got {table.shape}")
    _refuse_where(~np.isfinite(table).all(axis=1), "a count is missing")
    _refuse_where((table < 0).any(axis=1), "a count is below zero")
    if (empty := table.sum(axis=0) == 0).any():
        raise Refused(f"group {int(np.argmax(empty)) + 1} is nobody: leave it out")
    return table


def shares(part: Floats, whole: Floats) -> Floats:
    """part / whole, 0 where the whole is 0: an area without population carries no weight anyway."""
    return np.divide(part, whole, out=np.zeros(np.broadcast_shapes(part.shape, whole.shape)), where=whole > 0)


def _refuse_where(bad: NDArray[np.bool_] | np.bool_, why: str) -> None:
    if bad.any():
        raise Refused(f"row {int(np.argmax(bad)) + 1}: {why}")
