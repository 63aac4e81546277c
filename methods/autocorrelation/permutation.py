"""Conditional permutation for all areas at once.

For each area: keep its own value, deal the others out at random to its neighbours, and count how often the weighted
sum comes out at least as high, or as low, as it is. Drawing this for every area anew is what takes peers seconds.

Here one set of draws serves all areas. A draw is a random sequence of different areas, one longer than the largest
neighbourhood. An area with k neighbours reads the first k; where it meets itself among them it reads the (k + 1)th
in its place. Either way it reads a random sequence of k others, all equally likely. All sums are then one matrix
product, and only the few places where an area met itself are put right afterwards.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from methods.autocorrelation.values import Floats
from methods.neighbours import Neighbours
from methods.refusal import Refused

Integers = NDArray[np.int64]
# Small enough for the cache, and for the matrix product to stay on one core: its threads would wait for each other.
CELLS_AT_ONCE = 40_000


def conditional_p(values: Floats, neighbours: Neighbours, *, permutations: int, seed: int) -> Floats:
    """One-sided pseudo p-values of the weighted sums over the neighbours, (areas,); nan on islands.

    (c + 1) / (permutations + 1), c the draws at least as extreme on the nearer side: the data count as one draw
    themselves, so p is never 0. Equal up to rounding counts as at least as extreme.
    """
    if permutations < 1:
        raise ValueError("at least one permutation")
    observed, most = neighbours.lag(values), int(neighbours.counts.max())
    if most >= neighbours.size:
        raise Refused("an area is its own neighbour: conditional permutation keeps its value fixed")
    drawn = sequences(
        np.random.default_rng(seed), permutations, neighbours.size, min(most + 1, neighbours.size)
    )
    slack = 1e-12 * max(float(np.abs(values).max()), 1e-300)
    as_high, as_low = np.empty(neighbours.size), np.empty(neighbours.size)
    portion = max(1, CELLS_AT_ONCE // max(permutations, most))
    for start in range(0, neighbours.size, portion):
        part = slice(start, min(start + portion, neighbours.size))
        sums = _sums(values, neighbours, drawn, part)
        as_high[part] = np.count_nonzero(sums >= (observed[part] - slack)[:, None], axis=1)
        as_low[part] = np.count_nonzero(sums <= (observed[part] + slack)[:, None], axis=1)
    p = (np.minimum(as_high, as_low) + 1) / (permutations + 1)
    return np.where(neighbours.counts == 0, np.nan, p)


def sequences(random: Generator, number: int, size: int, length: int) -> Integers:
    """Random sequences of different areas, (number, length), all equally likely."""
    if length**2 > size:
        return np.stack([random.permutation(size)[:length] for _ in range(number)])
    drawn = random.integers(0, size, (number, length))
    while True:
        ordered = np.sort(drawn, axis=1)
        double = (ordered[:, 1:] == ordered[:, :-1]).any(axis=1)
        if not double.any():
            return drawn
        drawn[double] = random.integers(0, size, (int(double.sum()), length))


def _sums(values: Floats, neighbours: Neighbours, drawn: Integers, part: slice) -> Floats:
    """Weighted sums of the areas of one part in every draw, (areas of the part, permutations)."""
    first, last = neighbours.starts[part.start], neighbours.starts[part.stop]
    area = neighbours.areas[first:last] - part.start
    place = np.arange(first, last) - neighbours.starts[neighbours.areas[first:last]]
    length, size = drawn.shape[1], part.stop - part.start
    weights = np.zeros((size, length))
    weights[area, place] = neighbours.weights[first:last]
    sums = weights @ values[drawn].T
    # Where an area met itself it reads the value after its last place instead of its own.
    draw, position = np.nonzero((drawn >= part.start) & (drawn < part.stop))
    met = drawn[draw, position]
    inside = position < neighbours.counts[met]
    draw, position, met = draw[inside], position[inside], met[inside]
    instead = values[drawn[draw, neighbours.counts[met]]] - values[met]
    sums[met - part.start, draw] += weights[met - part.start, position] * instead
    return sums
