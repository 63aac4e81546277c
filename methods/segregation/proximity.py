"""The proximity that clustering and distance-decay indices weigh areas with, without its matrix.

PySAL's proximity of area i to area j is c_ij = 1 - exp(-d_ij / S_j), S_j the sum of all distances to j, and
c_jj = 1 - exp(-(0.6 a_j) ** 0.5) with a_j in square metres. It grows with the distance, which is not what the
textbook means; the same is computed here so that values can be compared, see docs/methods/segregation-space.md.

The matrix of 50,000 areas would take 18.6 GB. Up to some thousand areas it is walked through in blocks; beyond,
d / S is so small that four terms of the series of the exponential give all digits, and those are `DistanceSums`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import factorial

import numpy as np
from numpy.typing import NDArray

from methods.refusal import Refused
from methods.segregation.distance_sums import DistanceSums

Floats = NDArray[np.float64]
BLOCK = 256
WALK_UP_TO = 2_000  # areas; the mesh is quicker beyond
TERMS = 4
REST = 1e-14  # what the series may leave out, relative to a proximity


@dataclass(frozen=True)
class Proximity:
    """The proximity matrix c of some areas, to multiply with.

    centroids   (areas, 2) metres
    areas_m2    (areas,)
    walk_up_to  number of areas up to which all pairs are visited
    raises      Refused where all areas have one centroid
    """

    centroids: Floats
    areas_m2: Floats
    alpha: float = 0.6
    beta: float = 0.5
    walk_up_to: int = WALK_UP_TO

    def __post_init__(self) -> None:
        if len(self.centroids) < 2 or not np.ptp(self.centroids, axis=0).any():
            raise Refused("all areas have the same centroid: there is no distance between them")

    @cached_property
    def distance_sums(self) -> Floats:
        """S_j: distances of all areas to j, (areas,) metres."""
        if len(self.centroids) > self.walk_up_to:
            return self._sums.power(1, np.ones((len(self.centroids), 1)))[:, 0]
        sums = np.zeros(len(self.centroids))
        for here, there in self._blocks():
            sums[there] += self._distances(here, there).sum(axis=0)
        return sums

    @cached_property
    def own(self) -> Floats:
        """c_jj, (areas,)."""
        return 1 - np.exp(-((self.alpha * self.areas_m2) ** self.beta))

    def products(self, columns: Floats, row_weights: Floats) -> tuple[Floats, Floats]:
        """c transposed times (1, columns), (areas, 1 + columns), and c times row_weights, (areas,).

        columns      (areas, columns)
        row_weights  (areas,)
        """
        if len(columns) > self.walk_up_to and self._series_suffices:
            return self._by_series(columns, row_weights)
        sums = self.distance_sums
        columns = np.column_stack([np.ones(len(columns)), columns])
        columns_out, row_out = np.zeros(columns.shape), np.zeros(len(columns))
        for here, there in self._blocks():
            c = self._distances(here, there)
            c /= -sums[there]
            np.expm1(c, out=c)
            np.negative(c, out=c)
            if here == there:
                np.fill_diagonal(c, self.own[here])
            columns_out[there] += c.T @ columns[here]
            row_out[here] += c @ row_weights[there]
        return columns_out, row_out

    @cached_property
    def _sums(self) -> DistanceSums:
        return DistanceSums(self.centroids)

    @cached_property
    def _series_suffices(self) -> bool:
        """Whether the terms leave at most REST of any proximity: the next one is u ** 4 / 5!, u = d / S."""
        centre = self.centroids - self.centroids.mean(axis=0)
        farthest = 2 * float(np.hypot(*centre.T).max())  # no two centroids are farther apart
        largest = farthest / float(self.distance_sums.min())
        return largest**TERMS / factorial(TERMS + 1) < REST

    def _by_series(self, columns: Floats, row_weights: Floats) -> tuple[Floats, Floats]:
        ones = np.ones((len(columns), 1))
        # Distances in units of their mean sum: fourth powers of metres would lose their digits.
        unit = float(self.distance_sums.mean())
        sums = self.distance_sums[:, None] / unit
        columns_out = self.own[:, None] * np.column_stack([ones, columns])
        row_out = self.own * row_weights
        for p in range(1, TERMS + 1):
            scaled = row_weights[:, None] / sums**p
            found = self._sums.power(p, np.column_stack([columns, scaled])) / unit**p
            of_ones = sums if p == 1 else self._sums.power(p, ones) / unit**p
            factor = (-1) ** (p + 1) / factorial(p)
            columns_out += factor * np.column_stack([of_ones, found[:, :-1]]) / sums**p
            row_out += factor * found[:, -1]
        return columns_out, row_out

    def _distances(self, here: slice, there: slice) -> Floats:
        a, b = self.centroids[here], self.centroids[there]
        distance = np.subtract.outer(a[:, 0], b[:, 0])
        distance *= distance
        across = np.subtract.outer(a[:, 1], b[:, 1])
        across *= across
        distance += across
        return np.sqrt(distance, out=distance)

    def _blocks(self) -> Iterator[tuple[slice, slice]]:
        size = len(self.centroids)
        blocks = [slice(start, min(start + BLOCK, size)) for start in range(0, size, BLOCK)]
        for here in blocks:
            for there in blocks:
                yield here, there
