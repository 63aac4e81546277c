"""Moran's I, global and local. Formulas, sources, limits: docs/methods/autocorrelation.md"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from methods.autocorrelation.permutation import conditional_p
from methods.autocorrelation.values import Floats, GlobalTest, checked_values, global_test, weight_sums
from methods.neighbours import Neighbours

HIGH_HIGH, LOW_HIGH, LOW_LOW, HIGH_LOW = 1, 2, 3, 4  # as esda counts the quadrants; 0 on islands


@dataclass(frozen=True)
class LocalMoran:
    """One value per area; islands have nan, quadrant 0 and no p.

    value     (areas,) local I; above 0 where the neighbours are alike
    lag       (areas,) weighted mean of the neighbours' values, in the unit of the values
    quadrant  (areas,) 1 high among high, 2 low among high, 3 low among low, 4 high among low
    p         (areas,) one-sided pseudo p-value of the conditional permutation; None without permutations
    """

    value: Floats
    lag: Floats
    quadrant: NDArray[np.int64]
    p: Floats | None


def moran(values: ArrayLike, neighbours: Neighbours, *, permutations: int = 0, seed: int = 0) -> GlobalTest:
    """Moran's I with row-standardised weights: above its expectation -1 / (n - 1) where like lies beside like.

    values  (areas,), one per area of the neighbours, none missing
    source  Moran 1950, Cliff and Ord 1981; agrees with esda 2.9 `Moran`
    """
    pairs = neighbours.row_standardised()
    x = checked_values(values, pairs)
    z, n = x - x.mean(), len(x)
    sums, scale = weight_sums(pairs), n / float(z @ z)
    s0, s1, s2 = sums.s0, sums.s1, sums.s2
    expected = -1 / (n - 1)
    kurtosis = n * float((z**4).sum()) / float(z @ z) ** 2
    normal = (n**2 * s1 - n * s2 + 3 * s0**2) / (s0**2 * (n**2 - 1)) - expected**2
    random = math.nan
    if n > 3:
        random = (
            n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
            - kurtosis * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
        ) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - expected**2

    def statistic(z: Floats) -> float:
        return float(z @ pairs.lag(z)) * scale / s0

    permuted = None
    if permutations:
        deal = np.random.default_rng(seed)
        permuted = np.array([statistic(deal.permutation(z)) for _ in range(permutations)])
    return global_test(statistic(z), expected, normal, random, permuted)


def local_moran(
    values: ArrayLike, neighbours: Neighbours, *, permutations: int = 999, seed: int | None = None
) -> LocalMoran:
    """Local Moran with row-standardised weights and conditional permutation.

    values        (areas,), none missing
    permutations  0 leaves p out
    seed          needed with permutations; the same seed gives the same p
    source        Anselin 1995; values agree with esda 2.9 `Moran_Local`, p up to the draw
    """
    pairs = neighbours.row_standardised()
    x = checked_values(values, pairs)
    n, island = len(x), pairs.counts == 0
    z = (x - x.mean()) / x.std()
    lag = pairs.lag(z)
    value = np.where(island, np.nan, (n - 1) / n * z * lag)
    high, among_high = z > 0, lag > 0
    quadrant = np.select(
        [island, high & among_high, ~high & among_high, ~high & ~among_high], [0, 1, 2, 3], default=4
    )
    p = None
    if permutations:
        if seed is None:
            raise ValueError("permutations need a seed")
        p = conditional_p(z, pairs, permutations=permutations, seed=seed)
    lag_in_unit = np.where(island, np.nan, x.mean() + x.std() * lag)
    return LocalMoran(value, lag_in_unit, quadrant, p)
