"""Getis-Ord G, global and local: do high values, or low ones, lie together.

Formulas, sources, limits: docs/methods/autocorrelation.md
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from methods.autocorrelation.permutation import conditional_p
from methods.autocorrelation.values import Floats, GlobalTest, checked_values, global_test, weight_sums
from methods.neighbours import Neighbours
from methods.refusal import Refused


@dataclass(frozen=True)
class LocalGetisOrd:
    """One value per area; nan on islands.

    value  (areas,) share of the city's sum that lies in the neighbourhood
    z      (areas,) standardised: above 0 among high values, below 0 among low ones
    p      (areas,) one-sided pseudo p-value of the conditional permutation; None without permutations
    """

    value: Floats
    z: Floats
    p: Floats | None


def getis_ord(
    values: ArrayLike, neighbours: Neighbours, *, permutations: int = 0, seed: int = 0
) -> GlobalTest:
    """Global G, each neighbour counting 1: above its expectation where high values lie together.

    values  (areas,), not negative, none missing
    source  Getis and Ord 1992; agrees with esda 2.9 `G`
    """
    pairs = _binary(neighbours)
    x = _not_negative(checked_values(values, pairs))
    n = len(x)
    sums = weight_sums(pairs)
    s0, s1, s2 = sums.s0, sums.s1, sums.s2
    m1, m2, m3, m4 = (float((x**power).sum()) for power in (1, 2, 3, 4))
    expected = s0 / (n * (n - 1))
    random = math.nan
    if n > 3:
        squares = (
            ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2) * m2**2
            - ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2) * m4
            - (2 * n * s1 - (n + 3) * s2 + 6 * s0**2) * m1**2 * m2
            + (4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * s0**2) * m1 * m3
            + (s1 - s2 + s0**2) * m1**4
        )
        random = squares / ((m1**2 - m2) ** 2 * n * (n - 1) * (n - 2) * (n - 3)) - expected**2

    def statistic(x: Floats) -> float:
        return float(x @ pairs.lag(x)) / (m1**2 - m2)

    permuted = None
    if permutations:
        deal = np.random.default_rng(seed)
        permuted = np.array([statistic(deal.permutation(x)) for _ in range(permutations)])
    return global_test(statistic(x), expected, math.nan, random, permuted)


def local_getis_ord(
    values: ArrayLike,
    neighbours: Neighbours,
    *,
    star: bool = False,
    permutations: int = 999,
    seed: int | None = None,
) -> LocalGetisOrd:
    """Local G of each area: its neighbours without itself, or with itself (G*).

    values  (areas,), not negative, none missing
    source  Ord and Getis 1995; agrees with esda 2.9 `G_Local` on binary weights
    """
    around = _binary(neighbours)
    x = _not_negative(checked_values(values, around))
    n, pairs = len(x), around.with_self() if star else around
    lag, count = pairs.lag(x), pairs.counts.astype(np.float64)
    # Without the star an area is compared with the others only, so mean and variance are theirs.
    others = float(n if star else n - 1)
    mean = np.full(n, x.mean()) if star else (x.sum() - x) / others
    variance = np.full(n, x.var()) if star else ((x**2).sum() - x**2) / others - mean**2
    spread = np.sqrt(variance * (others * count - count**2) / (others - 1))
    island = count == 0
    z = np.divide(lag - count * mean, spread, out=np.full(n, np.nan), where=~island & (spread > 0))
    whole = np.full(n, x.sum()) if star else x.sum() - x
    value = np.divide(lag, whole, out=np.full(n, np.nan), where=~island & (whole > 0))
    p = None
    if permutations:
        if seed is None:
            raise ValueError("permutations need a seed")
        # The area's own value is in every permutation alike, so G* ranks as G does.
        p = conditional_p(x, around, permutations=permutations, seed=seed)
    return LocalGetisOrd(value, z, p)


def _binary(neighbours: Neighbours) -> Neighbours:
    apart = neighbours.areas != neighbours.others
    ones = np.ones(int(apart.sum()))
    return Neighbours(neighbours.size, neighbours.areas[apart], neighbours.others[apart], ones)


def _not_negative(x: Floats) -> Floats:
    if (x < 0).any():
        raise Refused(f"row {int(np.argmax(x < 0)) + 1}: G needs values that are not below zero")
    return x
