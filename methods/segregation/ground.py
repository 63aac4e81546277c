"""The outlines that counts belong to, with what spatial indices need of them computed once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from methods import neighbours
from methods.geometry import Outlines
from methods.neighbours import Neighbours
from methods.segregation.proximity import Proximity

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Clustering:
    """Proximity sums of one group; c is the proximity matrix, x the group, t the total.

    to_all, to_group, to_total  c transposed times 1, x, t, (areas,)
    from_total                  c times t, (areas,)
    """

    to_all: Floats
    to_group: Floats
    to_total: Floats
    from_total: Floats


@dataclass(frozen=True)
class Ground:
    """Outlines of exactly the areas that the counts are of, in their order, in metres."""

    outlines: Outlines
    _clustering: dict[bytes, Clustering] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def queen(self) -> Neighbours:
        return neighbours.queen(self.outlines.shapes)

    @cached_property
    def borders(self) -> Neighbours:
        """Rook neighbours; the weight is the length of the common border in metres."""
        self.outlines.require_metres()
        shapes = self.outlines.shapes
        return neighbours.with_border_lengths(neighbours.rook(shapes), shapes)

    @cached_property
    def proximity(self) -> Proximity:
        return Proximity(self.outlines.centroids, self.outlines.areas_m2)

    def clustering(self, group: Floats, total: Floats) -> Clustering:
        """Computed once for the five indices that use it; only the last group is kept."""
        key = group.tobytes() + total.tobytes()
        if key not in self._clustering:
            columns, from_total = self.proximity.products(np.column_stack([group, total]), total)
            self._clustering.clear()
            self._clustering[key] = Clustering(columns[:, 0], columns[:, 1], columns[:, 2], from_total)
        return self._clustering[key]
