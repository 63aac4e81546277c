"""Why an index differs between two years (or cities): the areas' structure, or the group's composition.

A counterfactual gives the areas of one year the distribution of the other; the Shapley value of the two steps says
how much of the difference each explains, and the parts add up to it exactly.
Sources, approaches, limits: docs/methods/segregation-decomposition.md
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from methods.refusal import Refused
from methods.segregation.counts import Floats, checked, shares
from methods.segregation.inference import Interval

Approach = Literal["composition", "share", "dual_composition"]
Index = Callable[[Floats, Floats], "Floats | float"]
Counts = tuple[Floats, Floats]


@dataclass(frozen=True)
class Decomposition:
    """Index of the first minus index of the second, in two parts that add up to it.

    structure    what the areas' sizes and places explain (PySAL `c_s`)
    composition  what the distribution of the group over areas explains (PySAL `c_a`)
    first_with_second, second_with_first  the index of the counterfactuals
    """

    first: float
    second: float
    structure: float
    composition: float
    first_with_second: float
    second_with_first: float

    @property
    def difference(self) -> float:
        return self.first - self.second


def decompose(
    index: Index, first: Counts, second: Counts, *, approach: Approach = "composition"
) -> Decomposition:
    """Shapley decomposition of a one-group index.

    index          of (group, total), any of the catalogue's kind "one"
    first, second  group and total by area; the areas of both need not be the same
    approach       "composition": shares of the group in the areas change places by rank, totals stay;
                   "dual_composition": the same for group and rest, totals follow;
                   "share": each area's share of all members, and of the rest, change places by rank
    source         Cortes et al. 2020; PySAL `DecomposeSegregation`
    """
    first, second = checked(*first), checked(*second)
    swap = {"composition": _by_composition, "share": _by_share, "dual_composition": _by_dual_composition}[
        approach
    ]
    own = [float(index(*counts)) for counts in (first, second)]
    other = [float(index(*_possible(swap(*pair)))) for pair in ((first, second), (second, first))]
    structure = (own[0] - other[1] + other[0] - own[1]) / 2
    composition = (own[0] - other[0] + other[1] - own[1]) / 2
    return Decomposition(own[0], own[1], structure, composition, other[0], other[1])


def compare(index: Index, first: Counts, second: Counts, *, draws: int = 500, seed: int) -> Interval:
    """Difference of an index between two sets of areas, against areas dealt out to the sets at random.

    returns  the difference, the central 95 % of it under random labels, and the two-sided p
    source   PySAL `TwoValueTest(null_approach="random_label")`
    """
    first, second = checked(*first), checked(*second)
    group, total = (np.concatenate(pair) for pair in zip(first, second, strict=True))
    size, random = len(first[0]), np.random.default_rng(seed)
    value = float(index(*first)) - float(index(*second))
    drawn = np.empty(draws)
    for draw in range(draws):
        order = random.permutation(len(group))
        here, there = order[:size], order[size:]
        drawn[draw] = float(index(group[here], total[here])) - float(index(group[there], total[there]))
    known = drawn[np.isfinite(drawn)]
    if len(known) < 2:
        raise Refused("no draw has an index in both sets: the groups are too small to compare")
    low, high = np.quantile(known, [0.025, 0.975])
    one_side = min((known >= value).sum(), (known <= value).sum())
    p = min(1.0, 2 * float(one_side + 1) / (len(known) + 1))
    return Interval(value, float(low), float(high), len(known), draws - len(known), p)


def _by_composition(here: Counts, there: Counts) -> Counts:
    return _ranked_as(shares(*here), shares(*there)) * here[1], here[1]


def _by_dual_composition(here: Counts, there: Counts) -> Counts:
    group = _by_composition(here, there)[0]
    rest = _by_composition((here[1] - here[0], here[1]), (there[1] - there[0], there[1]))[0]
    return group, group + rest


def _by_share(here: Counts, there: Counts) -> Counts:
    def part(mine: Floats, theirs: Floats) -> Floats:
        ranked = _ranked_as(mine / mine.sum(), theirs / theirs.sum())
        return ranked / ranked.sum() * mine.sum()

    group = part(here[0], there[0])
    return group, group + part(here[1] - here[0], there[1] - there[0])


def _ranked_as(mine: Floats, theirs: Floats) -> Floats:
    """The value of `theirs` at the rank that each of mine has among mine; ties share their mean rank."""
    _, at, count = np.unique(mine, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    rank = (last - (count - 1) / 2)[at] / len(mine)
    return np.quantile(theirs, rank)


def _possible(counts: Counts) -> Counts:
    # Interpolation between ranks may pass a total by a rounding error, never by a person.
    return np.minimum(counts[0], counts[1]), counts[1]
