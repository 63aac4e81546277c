"""What all tests need: checked values, and the sums over weights that their variances are made of."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from methods.neighbours import Neighbours
from methods.refusal import Refused

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class GlobalTest:
    """One statistic for the whole city.

    value            the statistic
    expected         without any spatial pattern
    variance_normal  if the values were normally distributed; nan where the statistic has none
    variance_random  if the values were dealt out at random
    p_random         two-sided, from variance_random and the normal distribution
    p_permuted       share of permutations at least as far on one side, doubled, at most 1; None without permutations
    """

    value: float
    expected: float
    variance_normal: float
    variance_random: float
    p_random: float
    p_permuted: float | None


@dataclass(frozen=True)
class WeightSums:
    """S0, S1, S2 of Cliff and Ord."""

    s0: float
    s1: float
    s2: float


def checked_values(values: ArrayLike, neighbours: Neighbours) -> Floats:
    """The values as floats.

    raises  Refused for a wrong length, a missing value (named by its row), values that do not vary, no neighbours
    """
    x = np.asarray(values, dtype=np.float64)
    if x.shape != (neighbours.size,):
        raise Refused(f"{neighbours.size} areas need as many values, got {x.shape}")
    if not np.isfinite(x).all():
        row = int(np.argmax(~np.isfinite(x))) + 1
        raise Refused(
            f"row {row}: the value is missing; leave the area out of values and neighbours, or fill it"
        )
    if np.ptp(x) <= 1e-12 * np.abs(x).max(initial=0):
        raise Refused("all areas have the same value: there is no pattern to test")
    if not neighbours.weights.any():
        raise Refused("no area has a neighbour")
    return x


def weight_sums(neighbours: Neighbours) -> WeightSums:
    w, size = neighbours.weights, neighbours.size
    forth, back = neighbours.areas * size + neighbours.others, neighbours.others * size + neighbours.areas
    at = np.minimum(np.searchsorted(forth, back), len(forth) - 1)
    opposite = np.where(forth[at] == back, w[at], 0.0)
    rows = np.bincount(neighbours.areas, w, minlength=size)
    columns = np.bincount(neighbours.others, w, minlength=size)
    s1 = float((w**2).sum() + (w * opposite).sum())
    return WeightSums(float(w.sum()), s1, float(((rows + columns) ** 2).sum()))


def two_sided(z: float) -> float:
    """Chance of a standard normal value as far from 0 as z."""
    return math.erfc(abs(z) / math.sqrt(2))


def global_test(
    value: float, expected: float, normal: float, random: float, permuted: Floats | None
) -> GlobalTest:
    p = None
    if permuted is not None:
        slack = 1e-12 * max(abs(value), 1e-300)
        one_side = min((permuted >= value - slack).sum(), (permuted <= value + slack).sum())
        p = min(1.0, 2 * float(one_side + 1) / (len(permuted) + 1))
    z = (value - expected) / math.sqrt(random) if random > 0 else math.nan
    return GlobalTest(value, expected, normal, random, two_sided(z), p)
