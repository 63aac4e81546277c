"""Composite indices of social-space monitoring: z-values, their sum, standardised again, cut into classes.

The recipe (which indicators, weights, limits) is data, see `methods.recipes`; this file only computes.
Source and a worked example: docs/methods/composite-index.md
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from methods.refusal import Refused

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ClassLimit:
    """A class and its upper end: `below` leaves the limit itself out, `up_to` takes it in; neither is the last class."""

    code: str
    label: str
    below: float | None = None
    up_to: float | None = None


@dataclass(frozen=True)
class CompositeIndex:
    """One index over all areas; nan in the rows that are not rated.

    z      (areas, indicators) in standard deviations, high = strain
    total  (areas,) weighted sum of z
    index  (areas,) the sum standardised again (or the sum itself, if the recipe says so)
    """

    z: Floats
    total: Floats
    index: Floats


def standardise(
    values: Floats,
    *,
    mean: Floats | float | None = None,
    deviation: Floats | float | None = None,
    names: Sequence[str] | None = None,
) -> Floats:
    """z = (x - mean) / sd, column by column.

    values     (areas,) or (areas, indicators), finite
    mean       reference; None: unweighted mean of the areas
    deviation  reference; None: population standard deviation of the areas (divided by n, not n - 1)
    raises     Refused where a column does not vary: there is no z-value then
    """
    centred = values - (values.mean(axis=0) if mean is None else mean)
    # About the areas' own mean even where another mean is the reference, as the recipes define it.
    sd = np.asarray(values.std(axis=0) if deviation is None else deviation)
    # A column of equal decimals can miss zero by rounding, so compare with the size of its numbers.
    flat = np.atleast_1d(~(sd > 1e-12 * np.abs(values).max(axis=0, initial=0)))
    if flat.any():
        name = names[int(np.argmax(flat))] if names else "a column"
        raise Refused(f"{name}: all rated areas have the same value, so there are no z-values")
    return np.asarray(centred / sd, dtype=np.float64)


def composite_index(
    values: Floats,
    *,
    rated: NDArray[np.bool_] | None = None,
    weights: Floats | None = None,
    directions: Floats | None = None,
    mean: Floats | None = None,
    deviation: Floats | None = None,
    restandardise: bool = True,
    names: Sequence[str] | None = None,
) -> CompositeIndex:
    """Sum of z-values per area, standardised again.

    values      (areas, indicators) percent or percentage points; what unrated rows hold is never read
    rated       (areas,); unrated areas take no part in means and deviations and stay nan; None: all
    weights     (indicators,) positive; None: 1 each
    directions  (indicators,) +1 where a high value is strain, -1 where it is the opposite; None: +1
    mean        (indicators,) reference, percent; None: the unweighted mean of the rated areas
    raises      Refused for missing values in rated rows, fewer than two rated areas, a flat indicator
    """
    areas, indicators = values.shape
    rated = np.ones(areas, dtype=bool) if rated is None else rated
    weights = np.ones(indicators) if weights is None else np.asarray(weights, dtype=np.float64)
    directions = np.ones(indicators) if directions is None else np.asarray(directions, dtype=np.float64)
    if rated.sum() < 2:
        raise Refused(f"{int(rated.sum())} rated areas: an index needs at least two")
    if not (weights > 0).all() or not (np.abs(directions) == 1).all():
        raise Refused("weights must be positive and directions +1 or -1")
    # The common case, all areas rated, does without the copy that a mask makes.
    inside = values if rated.all() else values[rated]
    if not np.isfinite(inside).all():
        row, column = np.argwhere(~np.isfinite(values) & rated[:, None])[0]
        what = names[column] if names else f"indicator {column + 1}"
        raise Refused(f"row {row + 1}: {what} is missing in a rated area")
    z = standardise(inside, mean=mean, deviation=deviation, names=names) * directions
    total = z @ weights
    # Indicators that cancel out leave a sum of nothing but rounding; its classes would be noise.
    size = weights.sum() if deviation is None else float(np.abs(z).max(axis=0) @ weights)
    if not total.std() > 1e-9 * size:
        raise Refused(
            "the indicators cancel each other out: the sum of the z-values is the same in all rated areas"
        )
    index = standardise(total, names=["the sum of the z-values"]) if restandardise else total
    return CompositeIndex(_spread(z, rated), _spread(total, rated), _spread(index, rated))


def class_positions(index: Floats, classes: Sequence[ClassLimit]) -> NDArray[np.int64]:
    """Which class each value falls into, shape (areas,): 0 for the first; -1 where the value is nan.

    Values are compared as computed; rounding before would move areas that lie at a limit.
    """
    position = np.zeros(len(index), dtype=np.int64)
    for limit in classes[:-1]:
        if limit.below is not None:
            position += index >= limit.below
        elif limit.up_to is not None:
            position += index > limit.up_to
    return np.where(np.isnan(index), -1, position)


def check_classes(classes: Sequence[ClassLimit]) -> None:
    """Raise Refused unless the limits ascend, each class but the last has one end and the last has none."""
    ends = [limit.below if limit.below is not None else limit.up_to for limit in classes]
    both = [limit.code for limit in classes if limit.below is not None and limit.up_to is not None]
    if both:
        raise Refused(f"class {both[0]}: give `below` or `up_to`, not both")
    if classes and (ends[-1] is not None or None in ends[:-1]):
        raise Refused("every class but the last needs an upper end, the last has none")
    known = [end for end in ends if end is not None]
    if any(a >= b for a, b in itertools.pairwise(known)):
        raise Refused("the limits of the classes must ascend")
    if len({limit.code for limit in classes}) != len(classes):
        raise Refused("two classes have the same code")


def _spread(values: Floats, rated: NDArray[np.bool_]) -> Floats:
    if len(values) == len(rated):
        return values
    out = np.full((len(rated), *values.shape[1:]), np.nan)
    out[rated] = values
    return out
