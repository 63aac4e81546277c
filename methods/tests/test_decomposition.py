"""Decomposition and comparison of two years: reference values of PySAL segregation 2.5.4, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from methods.refusal import Refused
from methods.segregation.corrected import density_corrected_dissimilarity
from methods.segregation.decomposition import compare, decompose
from methods.segregation.evenness import dissimilarity, gini
from methods.segregation.inference import against_chance, bootstrap
from methods.tests.test_published_segregation import column

APPROACHES = ("composition", "share", "dual_composition")
# Köln 2005 against 2010, foreigners: structure, composition.
PYSAL = {
    ("Dissim", "composition"): (-0.0016701361202985515, 0.004460033245170317),
    ("Dissim", "share"): (-0.0011561265176082136, 0.003946023642479979),
    ("Dissim", "dual_composition"): (-0.0018779115678441427, 0.004667808692715908),
    ("Gini", "composition"): (-0.005354896177164087, 0.007272281539974473),
    ("Gini", "share"): (-0.004142899648341608, 0.006060285011151995),
    ("Gini", "dual_composition"): (-0.0055629123654912516, 0.007480297728301638),
}
people = st.lists(st.tuples(st.integers(1, 400), st.integers(1, 400)), min_size=2, max_size=15)


def counts(rows):
    table = np.array(rows, dtype=float)
    return table[:, 0], table.sum(axis=1)


def cologne(year):
    return column(f"koeln_stadtteile_{year}", "auslaender"), column(f"koeln_stadtteile_{year}", "einwohner")


def test_the_peers_decomposition_is_reproduced():
    for (name, approach), (structure, composition) in PYSAL.items():
        index = {"Dissim": dissimilarity, "Gini": gini}[name]
        parts = decompose(index, cologne(2005), cologne(2010), approach=approach)
        assert parts.structure == pytest.approx(structure, rel=1e-9)
        assert parts.composition == pytest.approx(composition, rel=1e-9)


@pytest.mark.parametrize("approach", APPROACHES)
@settings(max_examples=60, deadline=None)
@given(first=people, second=people)
def test_the_parts_add_up_and_turn_with_the_order(approach, first, second):
    parts = decompose(dissimilarity, counts(first), counts(second), approach=approach)
    assert parts.structure + parts.composition == pytest.approx(parts.difference, abs=1e-12)
    back = decompose(dissimilarity, counts(second), counts(first), approach=approach)
    assert back.structure == pytest.approx(-parts.structure, abs=1e-12)
    same = decompose(dissimilarity, counts(first), counts(first), approach=approach)
    assert (same.structure, same.composition, same.difference) == pytest.approx((0, 0, 0), abs=1e-12)


def test_years_that_differ_are_told_from_years_that_do_not():
    random = np.random.default_rng(4)
    total = random.integers(300, 900, 60)
    mild = random.binomial(total, random.beta(20, 60, 60)), total
    strong = random.binomial(total, random.beta(0.7, 2.1, 60)), total
    other_mild = random.binomial(total, random.beta(20, 60, 60)), total
    assert compare(dissimilarity, strong, mild, draws=200, seed=1).p < 0.02
    assert compare(dissimilarity, mild, other_mild, draws=200, seed=1).p > 0.05


def table_of(group, total):
    return np.column_stack([group, total - group]).astype(float)


def one(samples):
    return dissimilarity(samples[..., 0], samples.sum(axis=-1))


def test_a_spread_by_lot_lies_within_chance_and_a_steep_one_does_not():
    random = np.random.default_rng(9)
    total = random.integers(100, 500, 80)
    by_lot = table_of(random.binomial(total, 0.25), total)
    steep = table_of(random.binomial(total, random.beta(1, 3, 80)), total)
    for null in ("permutation", "systematic", "evenness"):
        assert against_chance(one, by_lot, null, seed=1).p > 0.05
        result = against_chance(one, steep, null, seed=1)
        assert result.value > result.high
        assert result.p == pytest.approx(2 / 501)


@pytest.mark.parametrize("null", ["permutation", "systematic", "evenness", "geographic"])
def test_draws_keep_what_their_model_keeps(null):
    random = np.random.default_rng(2)
    table = random.integers(0, 90, (30, 3)).astype(float)
    kept = []

    def statistic(samples):
        kept.append(samples)
        return samples[..., 0].std(axis=-1)

    against_chance(statistic, table, null, draws=40, seed=1)
    drawn = np.concatenate(kept[1:])
    assert drawn.shape == (40, 30, 3)
    assert (drawn.sum(axis=(1, 2)) == table.sum()).all() or null == "evenness"
    if null in ("permutation", "evenness"):
        assert (drawn.sum(axis=2) == table.sum(axis=1)).all()
    if null in ("permutation", "systematic", "geographic"):
        assert (drawn.sum(axis=1) == table.sum(axis=0)).all()
    if null == "geographic":
        assert (np.sort(drawn[:, :, 0]) == np.sort(table[:, 0])).all()


def test_shuffled_persons_have_the_moments_of_the_plain_shuffle():
    table = np.array([[4.0, 6], [1, 9], [10, 20]])
    persons = np.repeat([0, 1], [15, 35])
    places = np.repeat([0, 1, 2], [10, 10, 30])
    random = np.random.default_rng(1)
    plain = []
    for _ in range(4000):
        shuffled = random.permutation(persons)
        group = np.bincount(places[shuffled == 0], minlength=3).astype(float)
        plain.append(float(dissimilarity(group, np.array([10.0, 10, 30]))))
    result = against_chance(one, table, "permutation", draws=4000, seed=2, coverage=0.8)
    assert result.low == pytest.approx(np.quantile(plain, 0.1), abs=0.01)
    assert result.high == pytest.approx(np.quantile(plain, 0.9), abs=0.01)


def test_bootstrap_covers_and_follows_its_seed():
    random = np.random.default_rng(6)
    total = random.integers(100, 900, 150)
    table = table_of(random.binomial(total, random.beta(2, 6, 150)), total)
    first = bootstrap(one, table, seed=1)
    assert first.low < first.value < first.high
    assert first == bootstrap(one, table, seed=1)
    assert first != bootstrap(one, table, seed=2)
    assert first.p is None


def test_draws_without_the_group_are_counted_as_lost():
    table = np.array([[5.0, 5], [0, 10], [0, 10], [0, 10]])
    result = bootstrap(one, table, draws=400, seed=1)
    assert result.lost > 50
    assert result.draws + result.lost == 400


def test_fractions_cannot_be_shuffled():
    with pytest.raises(Refused, match="whole number"):
        against_chance(one, np.array([[1.5, 2], [3, 4]]), "permutation", seed=1)


def test_density_correction_shrinks_small_areas_most():
    x, t = np.array([3.0, 1, 2, 0]), np.array([10.0, 10, 10, 10])
    few = density_corrected_dissimilarity(x, t)
    many = density_corrected_dissimilarity(x * 1000, t * 1000)
    assert few < many <= float(dissimilarity(x, t)) + 1e-12
    assert many == pytest.approx(float(dissimilarity(x, t)), rel=0.01)
