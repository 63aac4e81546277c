"""Indices that look at where the areas lie: clustering, distance decay, borders, concentration, centralisation.

All take (group, total, ground): counts (areas,), everywhere somebody lives, and the outlines of the same areas.
Where PySAL departs from the textbook its values are reproduced and the departure is named.
Formulas, sources, departures: docs/methods/segregation-space.md
"""

from __future__ import annotations

import numpy as np

from methods.neighbours import Neighbours
from methods.refusal import Refused
from methods.segregation.counts import Floats, shares
from methods.segregation.evenness import dissimilarity
from methods.segregation.ground import Ground


def spatial_dissimilarity(group: Floats, total: Floats, ground: Ground) -> float:
    """D less the mean difference between queen neighbours. source  Morrill 1991; PySAL `SpatialDissim`"""
    pairs = _some(ground.queen)
    apart = _differences(group, total, pairs)
    return float(dissimilarity(group, total) - apart.sum() / len(apart))


def boundary_dissimilarity(group: Floats, total: Floats, ground: Ground) -> float:
    """D less the mean difference over borders, each area's borders weighing 1 together.

    source  Wong 1993; PySAL `BoundarySpatialDissim`. Areas without neighbour take no part
    """
    pairs = _some(ground.borders).row_standardised()
    apart = (_differences(group, total, pairs) * pairs.weights).sum()
    return float(dissimilarity(group, total) - apart / pairs.weights.sum())


def perimeter_dissimilarity(group: Floats, total: Floats, ground: Ground) -> float:
    """D less the differences over borders, weighed by length and by how ragged the areas are.

    source  Wong 1993; PySAL `PARDissim`
    """
    pairs = _some(ground.borders)
    ragged = ground.outlines.perimeters_m / ground.outlines.areas_m2
    weights = pairs.weights / pairs.weights.sum() * (ragged[pairs.areas] + ragged[pairs.others])
    apart = (_differences(group, total, pairs) * weights).sum()
    return float(dissimilarity(group, total) - apart / (2 * ragged.max()))


def spatial_proximity(group: Floats, total: Floats, ground: Ground) -> float:
    """Mean proximity within the groups over that of everybody; 1 where they are spread alike.

    source  White 1986, Massey and Denton 1988; PySAL `SpatialProximity`
    """
    rest, c = total - group, ground.clustering(group, total)
    within_group = group @ c.to_group / group.sum()
    within_rest = rest @ (c.to_total - c.to_group) / rest.sum()
    return float((within_group + within_rest) / (total @ c.to_total / total.sum()))


def absolute_clustering(group: Floats, total: Floats, ground: Ground) -> float:
    """How close members live together, of what is possible. source  Massey and Denton 1988; PySAL `AbsoluteClustering`"""
    c = ground.clustering(group, total)
    members = group.sum()
    even = members / len(group) ** 2 * c.to_all.sum()
    return float((group @ c.to_group / members - even) / (group @ c.from_total / members - even))


def relative_clustering(group: Floats, total: Floats, ground: Ground) -> float:
    """Proximity within the group over that within the rest, less 1.

    source  Massey and Denton 1988; PySAL `RelativeClustering`, which squares each area's count instead of
            multiplying those of pairs
    """
    rest, c = total - group, ground.clustering(group, total)
    within_group = group**2 @ c.to_all / group.sum() ** 2
    within_rest = rest**2 @ c.to_all / rest.sum() ** 2
    return float(within_group / within_rest - 1)


def distance_decay_isolation(group: Floats, total: Floats, ground: Ground) -> float:
    """Share of the own group among those met, all areas met by proximity.

    source  Morgan 1983; PySAL `DistanceDecayIsolation`, which divides by the row sum of the area met
    """
    return _met(group, total, ground, group)


def distance_decay_interaction(group: Floats, total: Floats, ground: Ground) -> float:
    """Share of the rest among those met; with PySAL's proximity not exactly 1 - isolation.

    source  Morgan 1983; PySAL `DistanceDecayInteraction`
    """
    return _met(group, total, ground, total - group)


def delta(group: Floats, total: Floats, ground: Ground) -> float:
    """Share of the group that would have to move for equal density everywhere. source  Hoover 1941; PySAL `Delta`"""
    area = ground.outlines.areas_m2
    return float(np.abs(group / group.sum() - area / area.sum()).sum() / 2)


def absolute_concentration(group: Floats, total: Floats, ground: Ground) -> float:
    """Land the group takes up, between the least and the most it could. source  Massey and Denton 1988; PySAL `AbsoluteConcentration`"""
    area = ground.outlines.areas_m2
    least, most = _land_of_as_many(group, total, area)
    _refuse_equal(least, most)
    return float(1 - (group @ area / group.sum() - least) / (most - least))


def relative_concentration(group: Floats, total: Floats, ground: Ground) -> float:
    """Land the group takes up against the rest. source  Massey and Denton 1988; PySAL `RelativeConcentration`"""
    area, rest = ground.outlines.areas_m2, total - group
    least, most = _land_of_as_many(group, total, area)
    _refuse_equal(least, most)
    taken = (group @ area / group.sum()) / (rest @ area / rest.sum())
    return float((taken - 1) / (least / most - 1))


def absolute_centralisation(group: Floats, total: Floats, ground: Ground) -> float:
    """Whether the group lives nearer to the centre than the land does. source  Massey and Denton 1988; PySAL `AbsoluteCentralization`"""
    return _centralisation(group, ground.outlines.areas_m2, ground)


def relative_centralisation(group: Floats, total: Floats, ground: Ground) -> float:
    """Whether the group lives nearer to the centre than the rest. source  Duncan and Duncan 1955; PySAL `RelativeCentralization`"""
    return _centralisation(group, total - group, ground)


def _met(group: Floats, total: Floats, ground: Ground, whom: Floats) -> float:
    c = ground.clustering(group, total)
    return float(c.to_group @ (whom / c.from_total) / group.sum())


def _differences(group: Floats, total: Floats, pairs: Neighbours) -> Floats:
    p = shares(group, total)
    return np.abs(p[pairs.areas] - p[pairs.others])


def _some(pairs: Neighbours) -> Neighbours:
    if not len(pairs.areas):
        raise Refused("no two areas share a border: check that the outlines were cut as one")
    return pairs


def _land_of_as_many(group: Floats, total: Floats, area: Floats) -> tuple[float, float]:
    """Mean land of as many people as the group has, in the smallest and in the largest areas."""
    order = np.argsort(area, kind="stable")
    t, a, needed = total[order], area[order], group.sum() / total.sum()
    smallest = int(np.argmax(np.cumsum(t) / t.sum() >= needed)) + 1
    largest = int(np.argmax(np.cumsum(t[::-1]) / t.sum() >= needed)) + 1
    few, many = slice(0, smallest), slice(len(t) - largest, len(t))
    return float(t[few] @ a[few] / t[few].sum()), float(t[many] @ a[many] / t[many].sum())


def _refuse_equal(least: float, most: float) -> None:
    if not most > least:
        raise Refused("the areas are equally large, or too few, for an index of concentration")


def _centralisation(group: Floats, other: Floats, ground: Ground) -> float:
    """Area between the two cumulated shares, walking outwards from the mean of the centroids."""
    centroids = ground.outlines.centroids
    outwards = np.argsort(np.hypot(*(centroids - centroids.mean(axis=0)).T), kind="stable")
    x = np.cumsum(group[outwards]) / group.sum()
    y = np.cumsum(other[outwards]) / other.sum()
    return float((x[:-1] * y[1:]).sum() - (x[1:] * y[:-1]).sum())
