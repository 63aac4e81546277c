"""Which areas are neighbours: shared points, shared borders, distance, the nearest few.

Kept as lists of pairs, so memory grows with the neighbours and never with the areas squared.
Definitions and limits: docs/methods/neighbours.md
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from methods.refusal import Refused

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Neighbours:
    """Directed weighted pairs, sorted by the first area, then the second.

    size    number of areas
    areas   (pairs,) the area that has the neighbour
    others  (pairs,) the neighbour
    weights (pairs,) not negative
    """

    size: int
    areas: Integers
    others: Integers
    weights: Floats

    @cached_property
    def counts(self) -> Integers:
        """Neighbours of each area, (areas,)."""
        return np.bincount(self.areas, minlength=self.size)

    @cached_property
    def starts(self) -> Integers:
        """Where the pairs of each area begin, (areas + 1,)."""
        return np.concatenate([[0], np.cumsum(self.counts)])

    @cached_property
    def islands(self) -> Integers:
        """Areas without any neighbour."""
        return np.flatnonzero(self.counts == 0)

    @cached_property
    def has_equal_weights(self) -> bool:
        """Whether all neighbours of one area count alike."""
        if not len(self.weights):
            return True
        first = self.weights[np.minimum(self.starts[:-1], len(self.weights) - 1)]
        return bool((self.weights == first[self.areas]).all())

    def row_standardised(self) -> Neighbours:
        """Weights of each area scaled to sum 1; islands stay without."""
        sums = np.bincount(self.areas, self.weights, minlength=self.size)
        weights = np.divide(
            self.weights, sums[self.areas], out=np.zeros(len(self.weights)), where=sums[self.areas] > 0
        )
        return Neighbours(self.size, self.areas, self.others, weights)

    def lag(self, values: Floats) -> Floats:
        """Weighted sum over the neighbours of each area, (areas,); 0 on islands."""
        sums = np.bincount(self.areas, self.weights * values[self.others], minlength=self.size)
        return sums.astype(np.float64, copy=False)

    def with_self(self) -> Neighbours:
        """Each area its own neighbour too, with weight 1."""
        own = np.arange(self.size)
        return from_pairs(
            self.size,
            np.concatenate([self.areas, own]),
            np.concatenate([self.others, own]),
            np.concatenate([self.weights, np.ones(self.size)]),
        )


def from_pairs(size: int, areas: Integers, others: Integers, weights: Floats | None = None) -> Neighbours:
    """Neighbours from directed pairs in any order."""
    weights = np.ones(len(areas)) if weights is None else weights
    order = np.lexsort((others, areas))
    return Neighbours(size, areas[order], others[order], weights[order])


def queen(shapes: NDArray[Any]) -> Neighbours:
    """Areas that share at least one vertex, (areas,) polygons.

    Vertices must be equal to the last bit, as in any cut that was made as one. Where outlines come from several
    sources use `touching`.
    """
    import shapely

    points, area = shapely.get_coordinates(shapes, return_index=True)
    return _sharing(len(shapes), _numbered(points), area)


def rook(shapes: NDArray[Any]) -> Neighbours:
    """Areas that share at least one stretch of border: a segment between two equal vertices, see `queen`."""
    import shapely

    parts, area_of_part = shapely.get_parts(shapes, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    number = _numbered(points)
    inside = ring[1:] == ring[:-1]
    ends = np.sort(np.column_stack([number[:-1], number[1:]])[inside], axis=1)
    segment = ends[:, 0] * (number.max(initial=0) + 1) + ends[:, 1]
    return _sharing(len(shapes), segment, area_of_part[part_of_ring][ring[:-1][inside]])


def with_border_lengths(pairs: Neighbours, shapes: NDArray[Any]) -> Neighbours:
    """The same pairs, each weighing the length of what the two outlines have in common.

    Where outlines overlap a little, that is the rim of the overlap, as in PySAL.
    """
    import shapely

    once = pairs.areas < pairs.others
    a, b = pairs.areas[once], pairs.others[once]
    length = shapely.length(shapely.intersection(shapes[a], shapes[b]))
    return from_pairs(
        pairs.size, np.concatenate([a, b]), np.concatenate([b, a]), np.concatenate([length, length])
    )


def touching(shapes: NDArray[Any], *, within: float = 0.0) -> Neighbours:
    """Areas that touch or overlap, or come as close as `within` (unit of the coordinates).

    For outlines whose vertices do not match; slower than `queen`.
    """
    import shapely

    tree = shapely.STRtree(shapes)
    if within > 0:
        areas, others = tree.query(shapes, predicate="dwithin", distance=within)
    else:
        areas, others = tree.query(shapes, predicate="intersects")
    apart = areas != others
    return from_pairs(len(shapes), areas[apart], others[apart])


def within_distance(points: Floats, distance_m: float) -> Neighbours:
    """Areas whose points lie at most distance_m apart, (areas, 2) metres."""
    import shapely

    if not distance_m > 0:
        raise Refused("the distance must be above zero")
    places = shapely.points(points)
    areas, others = shapely.STRtree(places).query(places, predicate="dwithin", distance=distance_m)
    apart = areas != others
    return from_pairs(len(points), areas[apart], others[apart])


def nearest(points: Floats, k: int) -> Neighbours:
    """The k nearest areas of each; not symmetric. Of equally far ones those that come first, (areas, 2) metres."""
    import shapely

    size = len(points)
    if not 0 < k < size:
        raise Refused(
            f"{k} nearest neighbours of {size} areas: there must be at least one and more areas than that"
        )
    places = shapely.points(points)
    tree = shapely.STRtree(places)
    radius = _first_radius(points, k)
    pending = np.arange(size)
    found: list[tuple[Integers, Integers]] = []
    while len(pending):
        at, others = tree.query(places[pending], predicate="dwithin", distance=radius[pending])
        areas = pending[at]
        apart = areas != others
        areas, others = areas[apart], others[apart]
        enough = np.bincount(areas, minlength=size) >= k
        kept = enough[areas]
        areas, others = areas[kept], others[kept]
        away = ((points[areas] - points[others]) ** 2).sum(axis=1)
        order = np.lexsort((others, away, areas))
        areas, others = areas[order], others[order]
        rank = np.arange(len(areas)) - np.searchsorted(areas, areas, side="left")
        found.append((areas[rank < k], others[rank < k]))
        pending = pending[~enough[pending]]
        radius[pending] *= 2
    return from_pairs(size, *(np.concatenate(part) for part in zip(*found, strict=True)))


def _first_radius(points: Floats, k: int) -> Floats:
    """A radius per point within which k others are to be expected, from the nearest one."""
    import shapely

    places = shapely.points(points)
    pairs, distance = shapely.STRtree(places).query_nearest(
        places, exclusive=True, return_distance=True, all_matches=False
    )
    radius = np.zeros(len(points))
    radius[pairs[0]] = distance
    extent = np.ptp(points, axis=0).max()
    # Points in one place have no distance to start from; take what an even spread would have.
    least = extent * np.sqrt(k / len(points)) / 100 or 1.0
    return np.maximum(radius * np.sqrt(k), least)


def _numbered(points: Floats) -> Integers:
    """The same number for equal points."""
    # One complex sort is several times faster than sorting rows; + 0 turns -0.0 into 0.0.
    return np.unique((points + 0.0).view(np.complex128).ravel(), return_inverse=True)[1]


def _sharing(size: int, item: Integers, area: Integers) -> Neighbours:
    """Areas that have an item (a vertex, a segment) in common."""
    order = np.lexsort((area, item))
    item, area = item[order], area[order]
    once = np.ones(len(item), dtype=bool)
    once[1:] = (item[1:] != item[:-1]) | (area[1:] != area[:-1])
    item, area = item[once], area[once]
    pairs = np.zeros(0, dtype=np.int64)
    # Areas around one item stand in a row: pair each with the next, the one after that, and so on.
    for step in range(1, len(item)):
        same = item[step:] == item[:-step]
        if not same.any():
            break
        pairs = np.union1d(pairs, area[:-step][same] * size + area[step:][same])
    a, b = pairs // size, pairs % size
    return from_pairs(size, np.concatenate([a, b]), np.concatenate([b, a]))
