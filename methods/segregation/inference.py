"""How certain a segregation index is: resampled areas, and what chance alone would make of the city.

Every draw comes from a seed; the same seed and input give the same numbers on every machine with the same numpy.
Sources and limits: docs/methods/segregation-inference.md
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.random import Generator

from methods.refusal import Refused
from methods.segregation.corrected import portions, whole
from methods.segregation.counts import Floats

Null = Literal["permutation", "systematic", "evenness", "geographic"]
Statistic = Callable[[Floats], Floats]


@dataclass(frozen=True)
class Interval:
    """Range of an index over the draws.

    value      the index of the data
    low, high  ends of the central `coverage` of the draws
    draws      how many draws had an index; `lost` had none, since a group was missing in them
    p          only for a null model: share of draws at least as far on one side, doubled, at most 1
    """

    value: float
    low: float
    high: float
    draws: int
    lost: int
    p: float | None = None


def bootstrap(
    statistic: Statistic, counts: Floats, *, draws: int = 500, seed: int, coverage: float = 0.95
) -> Interval:
    """Interval of an index if the areas were drawn again, with replacement.

    statistic  index of counts (draws, areas, groups) -> (draws,); for one group the columns are group and rest
    counts     (areas, groups) persons
    source     percentile bootstrap; PySAL `SingleValueTest(null_approach="bootstrap")`
    """
    random = np.random.default_rng(seed)
    areas = len(counts)
    samples = (counts[random.integers(0, areas, size=(size, areas))] for size in portions(draws, counts.size))
    return _interval(statistic, counts, samples, coverage, null=False)


def against_chance(
    statistic: Statistic,
    counts: Floats,
    null: Null,
    *,
    draws: int = 500,
    seed: int,
    coverage: float = 0.95,
) -> Interval:
    """Range of an index if nothing but chance placed the people, and how rare the data are in it.

    null     "permutation": persons are shuffled over the places, area sizes and group sizes stay;
             "systematic": each group falls on the areas in proportion to their population, sizes of areas vary;
             "evenness": each area draws its people from the city's shares, sizes of groups vary;
             "geographic": whole areas change places (only indices with geometry can move)
    counts   (areas, groups) whole persons, together everybody
    raises   Refused for fractions of persons
    """
    random = np.random.default_rng(seed)
    people = whole(counts)
    sampler = {
        "permutation": _shuffled_persons,
        "systematic": _systematic,
        "evenness": _even,
        "geographic": _moved_areas,
    }[null]
    samples = (sampler(random, people, size).astype(np.float64) for size in portions(draws, counts.size))
    return _interval(statistic, counts, samples, coverage, null=True)


def _interval(
    statistic: Statistic, counts: Floats, samples: Iterator[Floats], coverage: float, *, null: bool
) -> Interval:
    value = float(np.asarray(statistic(counts[None]))[0])
    drawn = np.concatenate([np.atleast_1d(statistic(sample)) for sample in samples])
    known = drawn[np.isfinite(drawn)]
    if len(known) < 2:
        raise Refused("no draw holds every group: the groups are too small for an interval")
    low, high = np.quantile(known, [(1 - coverage) / 2, (1 + coverage) / 2])
    p = None
    if null:
        # The data count as one draw themselves, so p is never 0. Equal up to rounding is equal.
        slack = 1e-12 * max(abs(value), 1.0)
        one_side = min((known >= value - slack).sum(), (known <= value + slack).sum())
        p = min(1.0, 2 * float(one_side + 1) / (len(known) + 1))
    return Interval(value, float(low), float(high), len(known), len(drawn) - len(known), p)


def _shuffled_persons(random: Generator, people: np.ndarray, size: int) -> np.ndarray:
    """Everybody keeps their group and takes a random place: group after group from the places left."""
    places = np.broadcast_to(people.sum(axis=1), (size, len(people))).copy()
    out = np.empty((size, *people.shape), dtype=np.int64)
    for k, members in enumerate(people.sum(axis=0)[:-1]):
        if k == 0:
            out[..., k] = random.multivariate_hypergeometric(
                places[0], members, size=size, method="marginals"
            )
        else:
            out[..., k] = [
                random.multivariate_hypergeometric(row, members, method="marginals") for row in places
            ]
        places -= out[..., k]
    out[..., -1] = places
    return out


def _systematic(random: Generator, people: np.ndarray, size: int) -> np.ndarray:
    attraction = people.sum(axis=1) / people.sum()
    draws = [random.multinomial(members, attraction, size=size) for members in people.sum(axis=0)]
    return np.stack(draws, axis=-1)


def _even(random: Generator, people: np.ndarray, size: int) -> np.ndarray:
    city = people.sum(axis=0) / people.sum()
    return random.multinomial(people.sum(axis=1), city, size=(size, len(people)))


def _moved_areas(random: Generator, people: np.ndarray, size: int) -> np.ndarray:
    return np.stack([people[random.permutation(len(people))] for _ in range(size)])
