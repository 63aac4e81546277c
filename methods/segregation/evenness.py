"""How evenly one group is spread over the areas: D, Gini, entropy H, Atkinson, min-max.

All functions take counts with the areas on the last axis, so one call computes a thousand resamples. They expect
counts that passed `counts.checked`; a resample without the group or without the rest gives nan.
Formulas and sources: docs/methods/segregation-evenness.md
"""

from __future__ import annotations

import numpy as np

from methods.segregation.counts import Floats, shares


def dissimilarity(group: Floats, total: Floats) -> Floats:
    """D: the share of the group that would have to move for an even spread. 0 even, 1 apart.

    group, total  (..., areas) persons
    returns       (...,)
    source        Duncan and Duncan 1955; PySAL `Dissim`
    """
    overall, everybody = _overall_share(group, total)
    away = (total * np.abs(shares(group, total) - overall)).sum(axis=-1)
    return away / (2 * everybody * overall[..., 0] * (1 - overall[..., 0]))


def gini(group: Floats, total: Floats) -> Floats:
    """Mean absolute difference of the shares over all pairs of persons, 0 to 1.

    Sorted by share the double sum becomes two running sums: n log n instead of n squared.
    source  Massey and Denton 1988; PySAL `Gini`
    """
    order = np.argsort(shares(group, total), axis=-1, kind="stable")
    x, t = np.take_along_axis(group, order, axis=-1), np.take_along_axis(total, order, axis=-1)
    before_t, before_x = np.cumsum(t, axis=-1) - t, np.cumsum(x, axis=-1) - x
    pairs = (x * before_t - t * before_x).sum(axis=-1)
    members, everybody = group.sum(axis=-1), total.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(pairs / (members * (everybody - members)))


def entropy_h(group: Floats, total: Floats) -> Floats:
    """Theil's H of the group against the rest, 0 to 1: how much less mixed the areas are than the city.

    source  Theil 1972; PySAL `Entropy`
    """
    overall, everybody = _overall_share(group, total)
    city, areas = _mixing(overall), _mixing(shares(group, total))
    return (total * (city - areas)).sum(axis=-1) / (city[..., 0] * everybody)


def atkinson(group: Floats, total: Floats, *, b: float = 0.5) -> Floats:
    """Atkinson's index, 0 to 1; b below 0.5 weighs areas poor in the group, above 0.5 areas rich in it.

    b       strictly between 0 and 1
    source  Massey and Denton 1988; PySAL `Atkinson`
    """
    if not 0 < b < 1:
        raise ValueError("b must lie between 0 and 1")
    overall, everybody = _overall_share(group, total)
    p, city = shares(group, total), overall[..., 0]
    mean = ((1 - p) ** (1 - b) * p**b * total).sum(axis=-1) / (city * everybody)
    return 1 - city / (1 - city) * mean ** (1 / (1 - b))


def min_max(group: Floats, total: Floats) -> Floats:
    """1 - overlap / union of the two spreads, 0 to 1.

    source  O'Sullivan and Wong 2007; PySAL `MinMax`
    """
    rest = total - group
    with np.errstate(invalid="ignore"):
        here = group / group.sum(axis=-1, keepdims=True)
        there = rest / rest.sum(axis=-1, keepdims=True)
    return 1 - np.minimum(here, there).sum(axis=-1) / np.maximum(here, there).sum(axis=-1)


def _overall_share(group: Floats, total: Floats) -> tuple[Floats, Floats]:
    """The city's share, shape (..., 1), nan where the group is nobody or everybody; and all persons (...,)."""
    everybody = total.sum(axis=-1)
    members = group.sum(axis=-1)
    overall = np.full(np.shape(members), np.nan)
    np.divide(members, everybody, out=overall, where=(members > 0) & (members < everybody))
    return overall[..., None], everybody


def _mixing(p: Floats) -> Floats:
    """Entropy of a share, natural logarithm; 0 where it is 0 or 1."""
    inner = np.where((p > 0) & (p < 1) | np.isnan(p), p, 0.5)
    entropy = -(inner * np.log(inner) + (1 - inner) * np.log(1 - inner))
    return np.where((p == 0) | (p == 1), 0.0, entropy)
