"""Own worked examples, slow plain twins and properties of the segregation indices without geometry."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from methods.refusal import Refused
from methods.segregation import CATALOGUE, checked, checked_groups, local, several
from methods.segregation.corrected import bias_corrected_dissimilarity, modified_dissimilarity
from methods.segregation.evenness import atkinson, dissimilarity, entropy_h, gini, min_max
from methods.segregation.exposure import concentration_curve, correlation_ratio, interaction, isolation

ONE = [index for index in CATALOGUE.values() if index.kind == "one" and not index.drawn]
SEVERAL = [index for index in CATALOGUE.values() if index.kind == "several"]
SAME_FOR_SPLIT_AREAS = [index for index in ONE if index.name != "DensityCorrectedDissim"]

people = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=2, max_size=25).filter(
    lambda rows: sum(x for x, _ in rows) > 0 and sum(y for _, y in rows) > 0
)
mixed = (
    st.integers(2, 4)
    .flatmap(lambda groups: st.lists(st.tuples(*[st.integers(0, 300)] * groups), min_size=2, max_size=20))
    .filter(lambda rows: all(sum(column) > 0 for column in zip(*rows, strict=True)))
)


def counts(rows):
    table = np.array(rows, dtype=float)
    return checked(table[:, 0], table.sum(axis=1))


# Slow plain twins: the formulas of the documentation, loops and all.


def plain_dissimilarity(x, t):
    p = sum(x) / sum(t)
    return sum(ti * abs(xi / ti - p) for xi, ti in zip(x, t, strict=True) if ti) / (2 * sum(t) * p * (1 - p))


def plain_gini(x, t):
    p, pairs = sum(x) / sum(t), list(zip(x, t, strict=True))
    away = sum(ti * tj * abs(xi / ti - xj / tj) for xi, ti in pairs for xj, tj in pairs if ti and tj)
    return away / (2 * sum(t) ** 2 * p * (1 - p))


def plain_entropy(x, t):
    def mixing(p):
        return -sum(q * math.log(q) for q in (p, 1 - p) if q > 0)

    city = mixing(sum(x) / sum(t))
    return sum(ti * (city - mixing(xi / ti)) for xi, ti in zip(x, t, strict=True) if ti) / (sum(t) * city)


def plain_curve(x, t, threshold):
    return sum(xi for xi, ti in zip(x, t, strict=True) if ti and xi / ti >= threshold) / sum(x)


@settings(max_examples=150, deadline=None)
@given(people)
def test_fast_versions_agree_with_the_plain_ones(rows):
    x, t = counts(rows)
    assert dissimilarity(x, t) == pytest.approx(plain_dissimilarity(x, t), abs=1e-12)
    assert gini(x, t) == pytest.approx(plain_gini(x, t), abs=1e-12)
    assert entropy_h(x, t) == pytest.approx(plain_entropy(x, t), abs=1e-12)
    thresholds, curve = concentration_curve(x, t, steps=21)
    assert curve == pytest.approx([plain_curve(x, t, threshold) for threshold in thresholds])


@pytest.mark.parametrize("index", ONE, ids=lambda index: index.name)
@settings(max_examples=60, deadline=None)
@given(rows=people)
def test_one_group_indices_stay_in_their_bounds(index, rows):
    x, t = counts(rows)
    value = float(index.compute(x, t))
    if index.name == "ConProf":
        # R compares the curve with the group's share P of all: by its definition it reaches (P + 1 - P) / (1 - P) at most,
        # and more than 1 where most of a large group lives among itself; read off a grid, it may pass its ends by a step.
        rest = 1 - x.sum() / t.sum()
        assert -3e-3 / rest <= value <= (1 + 3e-3) / rest
    else:
        assert -1e-9 <= value <= 1 + 1e-9


@pytest.mark.parametrize("index", SAME_FOR_SPLIT_AREAS, ids=lambda index: index.name)
@settings(max_examples=40, deadline=None)
@given(rows=people, scale=st.integers(2, 9))
def test_size_order_and_splitting_identical_areas_do_not_matter(index, rows, scale):
    x, t = counts(rows)
    value = float(index.compute(x, t))
    assert float(index.compute(x * scale, t * scale)) == pytest.approx(value, abs=1e-9)
    assert float(index.compute(x[::-1], t[::-1])) == pytest.approx(value, abs=1e-9)
    halves = np.repeat(x, 2), np.repeat(t, 2)
    assert float(index.compute(*halves)) == pytest.approx(value, abs=1e-9)
    empty = np.append(x, 0), np.append(t, 0)
    assert float(index.compute(*empty)) == pytest.approx(value, abs=1e-9)


@settings(max_examples=80, deadline=None)
@given(people)
def test_group_and_rest_are_apart_alike(rows):
    x, t = counts(rows)
    for index in (dissimilarity, gini, entropy_h, min_max, correlation_ratio, atkinson):
        assert float(index(t - x, t)) == pytest.approx(float(index(x, t)), abs=1e-9)
    assert isolation(x, t) + interaction(x, t) == pytest.approx(1)
    assert dissimilarity(x, t) <= gini(x, t) + 1e-12
    assert local.local_dissimilarity(x, t).sum() == pytest.approx(float(dissimilarity(x, t)))


def test_even_and_complete_segregation():
    even = checked([10, 20, 30], [100, 200, 300])
    apart = checked([100, 0, 50], [100, 300, 50])
    for index in (dissimilarity, gini, entropy_h, atkinson, min_max, correlation_ratio):
        assert float(index(*even)) == pytest.approx(0, abs=1e-12)
        assert float(index(*apart)) == pytest.approx(1)


def test_worked_example_of_the_documentation():
    x, t = checked([10, 30, 60], [100, 100, 100])
    assert dissimilarity(x, t) == pytest.approx(0.4)
    assert gini(x, t) == pytest.approx(0.5)
    assert isolation(x, t) == pytest.approx(0.46)
    assert interaction(x, t) == pytest.approx(0.54)
    assert correlation_ratio(x, t) == pytest.approx(0.19)


@pytest.mark.parametrize("index", SEVERAL, ids=lambda index: index.name)
@settings(max_examples=60, deadline=None)
@given(rows=mixed)
def test_several_group_indices_keep_bounds_and_invariances(index, rows):
    table = checked_groups(np.array(rows, dtype=float))
    value = float(index.compute(table))
    limit = math.log(table.shape[1]) if index.name in ("MultiDiversity", "MultiDivergence") else 1
    assert -1e-9 <= value <= limit + 1e-9
    for same in (table * 3, table[::-1], table[:, ::-1], np.repeat(table, 2, axis=0)):
        assert float(index.compute(same)) == pytest.approx(value, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(people)
def test_two_groups_are_the_one_group_case(rows):
    x, t = counts(rows)
    table = np.column_stack([x, t - x])
    assert several.multi_dissimilarity(table) == pytest.approx(float(dissimilarity(x, t)), abs=1e-9)
    assert several.multi_gini(table) == pytest.approx(float(gini(x, t)), abs=1e-9)
    assert several.multi_information(table) == pytest.approx(float(entropy_h(x, t)), abs=1e-9)
    assert several.multi_relative_diversity(table) == pytest.approx(float(correlation_ratio(x, t)), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(mixed)
def test_local_values_add_up_to_the_city(rows):
    table = checked_groups(np.array(rows, dtype=float))
    weight = table.sum(axis=1) / table.sum()
    inhabited = weight > 0
    divergence = (weight * local.local_divergence(table))[inhabited].sum()
    assert divergence == pytest.approx(float(several.multi_divergence(table)), abs=1e-9)
    quotients = (weight[:, None] * local.location_quotients(table))[inhabited].sum(axis=0)
    assert quotients == pytest.approx(1)
    both = local.local_simpson_concentration(table) + local.local_simpson_interaction(table)
    assert both[inhabited] == pytest.approx(1)
    assert (local.local_entropy(table)[inhabited] <= 1 + 1e-9).all()
    assert np.isnan(local.local_diversity(table)[~inhabited]).all()


def test_correction_takes_away_what_chance_makes():
    random = np.random.default_rng(3)
    total = np.full(400, 12.0)
    by_lot = random.binomial(12, 0.2, 400).astype(float)
    assert dissimilarity(by_lot, total) > 0.2
    assert abs(modified_dissimilarity(by_lot, total, seed=1)) < 0.1
    assert bias_corrected_dissimilarity(by_lot, total, seed=1) < float(dissimilarity(by_lot, total))
    again = [modified_dissimilarity(by_lot, total, seed=1) for _ in range(2)]
    assert again[0] == again[1] != modified_dissimilarity(by_lot, total, seed=2)


@pytest.mark.parametrize(
    ("group", "total", "complaint"),
    [
        ([1, -2], [5, 5], "row 2: a count is below zero"),
        ([1, math.nan], [5, 5], "row 2: a count is missing"),
        ([1, 6], [5, 5], "row 2: the group is larger"),
        ([0, 0], [5, 5], "the group is nobody"),
        ([5, 5], [5, 5], "the group is everybody"),
        ([1, 2, 3], [5, 5], "same length"),
    ],
)
def test_impossible_counts_are_refused(group, total, complaint):
    with pytest.raises(Refused, match=complaint):
        checked(group, total)


@pytest.mark.parametrize(
    "table", [[[1, 2], [3, -1]], [[1, 2], [3, math.nan]], [[1, 0], [3, 0]], [[1], [2]], [1, 2]]
)
def test_impossible_tables_are_refused(table):
    with pytest.raises(Refused):
        checked_groups(table)


def test_fractions_of_persons_cannot_be_drawn():
    with pytest.raises(Refused, match="whole number"):
        modified_dissimilarity(np.array([1.5, 2]), np.array([5.0, 5]), seed=1)
