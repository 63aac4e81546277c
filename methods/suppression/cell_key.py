"""Cell-Key perturbation (Cell-Key-Methode): small, consistent noise on counts instead of dots.

Each person has a random key; the key of a cell is the sum of its persons' keys, so the same people get the same
noise in every table. Results are consistent, not additive, and unbiased.

source  docs/methods/disclosure-control.md
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from methods.refusal import Refused
from methods.suppression.family import Floats, Whole


@dataclass(frozen=True)
class Design:
    """What the noise must keep to; the defaults are the published demonstration design.

    most      largest change of a count, either way
    variance  of the change, for every count above zero
    stay      probability of no change, for counts that may be printed
    least     smallest count above zero that may be printed
    """

    most: int = 4
    variance: float = 2.25
    stay: float = 0.5
    least: int = 3

    def __post_init__(self) -> None:
        if self.most < 1 or self.least < 1 or not self.variance > 0 or not 0 <= self.stay < 1:
            raise ValueError("design: most and least at least 1, variance above 0, stay from 0 to below 1")


def chances(count: int, design: Design | None = None) -> tuple[Whole, Floats]:
    """The changes of a count and their probabilities: mean 0, the design's variance, else as even as possible.

    count    persons, at least 0; zero stays zero
    returns  changes (n,) ascending, probabilities (n,) summing to 1
    raises   ValueError if no probabilities fit the design
    """
    design = design or Design()
    if count == 0:
        return np.zeros(1, dtype=np.int64), np.ones(1)
    changes = np.arange(-min(design.most, count), design.most + 1)
    changes = changes[(count + changes == 0) | (count + changes >= design.least)]
    stay = design.stay if count >= design.least else 0.0
    moves = changes[changes != 0]
    weights = _even(moves, design.variance / (1.0 - stay)) * (1.0 - stay)
    probabilities = np.full(len(changes), stay)
    probabilities[changes != 0] = weights
    return changes.astype(np.int64), probabilities


def perturbed(counts: npt.ArrayLike, keys: npt.ArrayLike, design: Design | None = None) -> Whole:
    """Counts as they may be printed.

    counts  (…) persons, whole and not negative
    keys    (…) of the cells, from 0 to below 1, see `cell_keys`
    raises  Refused naming the first cell that is impossible
    """
    design = design or Design()
    numbers, places = np.asarray(counts, dtype=float), np.asarray(keys, dtype=float)
    if numbers.shape != places.shape:
        raise Refused(f"counts have the shape {numbers.shape}, keys {places.shape}: one key per cell")
    bad = (
        ~np.isfinite(numbers)
        | (numbers < 0)
        | (numbers != np.round(numbers))
        | ~((places >= 0) & (places < 1))
    )
    if bad.any():
        cell = tuple(int(i[0]) for i in np.nonzero(np.atleast_1d(bad)))
        raise Refused(f"cell {cell}: a count must be whole and not negative, its key from 0 to below 1")
    whole = numbers.astype(np.int64)
    # From here up every count has the same probabilities.
    classes = np.minimum(whole, design.most + design.least)
    result = whole.copy()
    for size in np.unique(classes):
        changes, probabilities = chances(int(size), design)
        steps = np.cumsum(probabilities)[:-1]
        here = classes == size
        result[here] += changes[np.searchsorted(steps, places[here], side="right")]
    return result


def cell_keys(person_keys: npt.ArrayLike, cells: npt.ArrayLike, number: int) -> Floats:
    """The key of each cell: the sum of its persons' keys without the whole part.

    person_keys  (persons,) random, from 0 to below 1, the same in every table, never given out
    cells        (persons,) the cell each person stands in, 0 to number - 1
    returns      (number,) from 0 to below 1
    """
    # Whole arithmetic, because the order in which fractions are added would change the last digits.
    units = np.round(np.asarray(person_keys, dtype=float) * 2**32).astype(np.uint64)
    sums = np.zeros(number, dtype=np.uint64)
    np.add.at(sums, np.asarray(cells, dtype=np.int64), units)
    return np.asarray((sums % np.uint64(2**32)) / 2.0**32, dtype=float)


def _even(moves: Whole, variance: float) -> Floats:
    """The probabilities of largest entropy with mean 0 and this variance: exp(a * move + b * move²), scaled."""
    traits = np.stack([moves, moves.astype(float) ** 2])
    wanted = np.array([0.0, variance])
    slopes = np.zeros(2)
    for _ in range(200):
        weights = np.exp(slopes @ traits - (slopes @ traits).max())
        weights /= weights.sum()
        error = traits @ weights - wanted
        if np.abs(error).max() < 1e-12:
            return np.asarray(weights)
        spread = (traits * weights) @ traits.T - np.outer(traits @ weights, traits @ weights)
        step = np.linalg.lstsq(spread, error, rcond=None)[0]
        slopes -= step / max(1.0, float(np.abs(step).max()))
    raise ValueError(f"no probabilities have the variance {variance:g} with the moves {moves.tolist()}")
