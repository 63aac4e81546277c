"""Whom the members of a group meet in their area: isolation, interaction, correlation ratio, concentration profile.

Counts have the areas on the last axis, as in `evenness`.
Formulas and sources: docs/methods/segregation-exposure.md
"""

from __future__ import annotations

import numpy as np

from methods.segregation.counts import Floats, shares


def isolation(group: Floats, total: Floats) -> Floats:
    """Share of the own group in the area of an average member; at least the city's share, at most 1.

    source  Lieberson 1981; PySAL `Isolation`
    """
    with np.errstate(invalid="ignore"):
        return (group * shares(group, total)).sum(axis=-1) / group.sum(axis=-1)


def interaction(group: Floats, total: Floats) -> Floats:
    """Share of the rest in the area of an average member: 1 - isolation.

    source  Lieberson 1981; PySAL `Interaction`
    """
    with np.errstate(invalid="ignore"):
        return (group * shares(total - group, total)).sum(axis=-1) / group.sum(axis=-1)


def correlation_ratio(group: Floats, total: Floats) -> Floats:
    """Isolation freed of the group's size (eta squared), 0 to 1.

    source  Massey and Denton 1988; PySAL `CorrelationR`
    """
    overall = group.sum(axis=-1) / total.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (isolation(group, total) - overall) / (1 - overall)


def concentration_curve(group: Floats, total: Floats, *, steps: int = 1000) -> tuple[Floats, Floats]:
    """Share of the group that lives in areas where it is at least a share s, for s from 0 to 1.

    group, total  (areas,) persons
    returns       (steps,) thresholds and (steps,) shares, falling
    """
    threshold = np.linspace(0, 1, steps)
    inhabited = total > 0
    x, p = group[inhabited], group[inhabited] / total[inhabited]
    order = np.argsort(p, kind="stable")
    from_here_on = np.append(np.cumsum(x[order][::-1])[::-1], 0.0)
    return threshold, from_here_on[np.searchsorted(p[order], threshold, side="left")] / x.sum()


def concentration_profile(group: Floats, total: Floats, *, steps: int = 1000) -> float:
    """R: area between the concentration curve and that of an even spread, over its maximum.

    group, total  (areas,) persons
    source        Hong and Sadahiro 2014; PySAL `ConProf`
    """
    threshold, curve = concentration_curve(group, total, steps=steps)
    overall = group.sum() / total.sum()
    below = threshold < overall
    return float((overall - (curve[below].sum() - curve[~below].sum()) / steps) / (1 - overall))
