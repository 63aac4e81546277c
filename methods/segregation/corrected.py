"""D and Gini corrected for what chance alone makes of small areas.

Small areas look segregated even where everybody is placed by lot. These variants draw that by lot and take it off,
so they need a seed; the same seed gives the same value. Counts must be whole persons.
Formulas and sources: docs/methods/segregation-evenness.md
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from methods.refusal import Refused
from methods.segregation.counts import Floats
from methods.segregation.evenness import dissimilarity, gini

CELLS_AT_ONCE = 2_000_000  # some 50 MB of draws


def portions(draws: int, cells: int) -> list[int]:
    """The draws parted so that each part stays within some 50 MB, given the cells of one draw."""
    if draws < 2:
        raise ValueError("at least two draws")
    size = max(1, min(draws, CELLS_AT_ONCE // max(cells, 1)))
    return [size] * (draws // size) + ([draws % size] if draws % size else [])


def modified_dissimilarity(group: Floats, total: Floats, *, draws: int = 500, seed: int) -> float:
    """D beyond chance, below 0 where the areas are more even than chance.

    source  Carrington and Troske 1997; PySAL `ModifiedDissim` (which repeats one single draw; here they differ)
    """
    return _beyond_chance(dissimilarity, group, total, draws, seed)


def modified_gini(group: Floats, total: Floats, *, draws: int = 500, seed: int) -> float:
    """Gini beyond chance. source  Carrington and Troske 1997; PySAL `ModifiedGini`"""
    return _beyond_chance(gini, group, total, draws, seed)


def bias_corrected_dissimilarity(group: Floats, total: Floats, *, draws: int = 500, seed: int) -> float:
    """2 D minus the mean D of resampled persons. source  Allen et al. 2015; PySAL `BiasCorrectedDissim`"""
    members, rest = whole(group), whole(total - group)
    random = np.random.default_rng(seed)
    values = []
    for size in portions(draws, len(members)):
        x = random.multinomial(members.sum(), members / members.sum(), size=size).astype(float)
        y = random.multinomial(rest.sum(), rest / rest.sum(), size=size).astype(float)
        values.append(dissimilarity(x, x + y))
    return float(2 * dissimilarity(group, total) - np.concatenate(values).mean())


def density_corrected_dissimilarity(group: Floats, total: Floats) -> float:
    """D with each area's distance shrunk to its most likely true size; no draws.

    source  Allen et al. 2015; PySAL `DensityCorrectedDissim`, whose search starts at 0 and stays there for areas far
            from even, so that it returns too small values
    """
    rest = total - group
    p, q = group / group.sum(), rest / rest.sum()
    spread = np.sqrt(p * (1 - p) / group.sum() + q * (1 - q) / rest.sum())
    seen = np.divide(np.abs(p - q), spread, out=np.zeros(len(p)), where=spread > 0)
    return float((spread * _mode_of_folded_normal(seen)).sum() / 2)


def whole(counts: Floats) -> np.ndarray:
    """The counts as whole persons. Raises Refused where they are fractions: persons cannot be drawn then."""
    broken = np.argwhere(counts != np.rint(counts))
    if len(broken):
        at = tuple(broken[0])
        raise Refused(
            f"row {at[0] + 1}: {counts[at]:g} is no whole number of persons, and draws need persons"
        )
    return counts.astype(np.int64)


def _beyond_chance(
    index: Callable[[Floats, Floats], Floats], group: Floats, total: Floats, draws: int, seed: int
) -> float:
    people, _ = whole(total), whole(group)
    random = np.random.default_rng(seed)
    share = group.sum() / total.sum()
    values = []
    for size in portions(draws, len(people)):
        drawn = random.binomial(people, share, size=(size, len(people))).astype(float)
        values.append(index(drawn, np.broadcast_to(total, drawn.shape)))
    chance = np.concatenate(values)
    # A draw without the group, or with nobody else, has no index and says nothing about chance.
    if np.isnan(chance).all():
        raise Refused("the group is too small to draw it by lot")
    expected, observed = float(np.nanmean(chance)), float(index(group, total))
    room = 1 - expected if observed >= expected else expected
    if not room > 1e-12:
        raise Refused("chance alone makes every area all or nothing: the areas are too small for this index")
    return (observed - expected) / room


def _mode_of_folded_normal(seen: Floats) -> Floats:
    """The x >= 0 that maximises phi(x - seen) + phi(x + seen): x = seen * tanh(seen * x), 0 up to seen = 1."""
    x = seen.copy()
    for _ in range(60):  # Newton from above on a concave function: monotone
        tanh = np.tanh(seen * x)
        slope = 1 - seen**2 * (1 - tanh**2)
        step = np.divide(x - seen * tanh, slope, out=np.zeros(len(x)), where=slope > 1e-9)
        x = np.maximum(x - step, 0)
        if (np.abs(step) <= 1e-15 * np.maximum(x, 1)).all():
            break
    return np.where(seen <= 1, 0.0, x)
