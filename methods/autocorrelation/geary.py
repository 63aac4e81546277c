"""Geary's C. Formulas, sources, limits: docs/methods/autocorrelation.md"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from methods.autocorrelation.values import Floats, GlobalTest, checked_values, global_test, weight_sums
from methods.neighbours import Neighbours


def geary(values: ArrayLike, neighbours: Neighbours, *, permutations: int = 0, seed: int = 0) -> GlobalTest:
    """Geary's C with row-standardised weights: below 1 where like lies beside like.

    values  (areas,), one per area of the neighbours, none missing
    source  Geary 1954, Cliff and Ord 1981; agrees with esda 2.9 `Geary`
    """
    pairs = neighbours.row_standardised()
    x = checked_values(values, pairs)
    z, n = x - x.mean(), len(x)
    sums = weight_sums(pairs)
    s0, s1, s2 = sums.s0, sums.s1, sums.s2
    scale = (n - 1) / (2 * s0 * float(z @ z))
    normal = ((2 * s1 + s2) * (n - 1) - 4 * s0**2) / (2 * (n + 1) * s0**2)
    k, random = n * float((z**4).sum()) / float(z @ z) ** 2, math.nan
    if n > 3:
        random = (
            (n - 1) * s1 * (n**2 - 3 * n + 3 - (n - 1) * k)
            - (n - 1) * s2 / 4 * (n**2 + 3 * n - 6 - (n**2 - n + 2) * k)
            + s0**2 * (n**2 - 3 - (n - 1) ** 2 * k)
        ) / (n * (n - 2) * (n - 3) * s0**2)

    def statistic(z: Floats) -> float:
        return float((pairs.weights * (z[pairs.areas] - z[pairs.others]) ** 2).sum()) * scale

    permuted = None
    if permutations:
        deal = np.random.default_rng(seed)
        permuted = np.array([statistic(deal.permutation(z)) for _ in range(permutations)])
    return global_test(statistic(z), 1.0, normal, random, permuted)
