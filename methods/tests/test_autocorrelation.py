"""Spatial autocorrelation: the published reference, exact enumeration, slow plain twins, honest input."""

import itertools
import json

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from methods.autocorrelation import (
    adjusted,
    discoveries,
    geary,
    getis_ord,
    local_getis_ord,
    local_moran,
    moran,
)
from methods.autocorrelation.permutation import conditional_p, sequences
from methods.autocorrelation.values import weight_sums
from methods.geometry import read_outlines
from methods.neighbours import from_pairs, nearest, queen
from methods.refusal import Refused
from methods.tables import read_table
from methods.tests.reference import monitoring_data


def grid(columns, rows):
    corners = [[i, j, i + 1, j + 1] for i in range(columns) for j in range(rows)]
    return queen(shapely.box(*np.array(corners, dtype=float).T))


@pytest.fixture(scope="module")
def berlin():
    folder = monitoring_data()
    table = read_table(folder / "referenz_moran_berlin2019.csv")
    areas = table.texts("plr_id")
    columns = {
        column: table.numbers(column, names=areas, negative=True)
        for column in ("auslaender_pct", "nachbarn", "lag", "moran_i_lokal", "quadrant", "p_sim_999")
    }
    outlines = read_outlines(folder / "lor_planungsraeume_bis2020.geojson", "plr_id")
    with (folder / "referenz_moran_berlin2019.json").open(encoding="utf-8") as file:
        return columns, queen(outlines.of(areas).shapes), json.load(file)


def test_the_published_global_values_are_reproduced(berlin):
    columns, pairs, reference = berlin
    assert len(pairs.areas) == reference["queen_edges"]
    assert (pairs.counts == columns["nachbarn"]).all()
    result = moran(columns["auslaender_pct"], pairs)
    assert result.value == pytest.approx(reference["moran_I"], rel=1e-12)
    assert result.expected == pytest.approx(reference["E_I"], rel=1e-12)
    assert result.variance_normal == pytest.approx(reference["V_I_normal"], rel=1e-12)
    assert result.variance_random == pytest.approx(reference["V_I_random"], rel=1e-12)
    assert geary(columns["auslaender_pct"], pairs).value == pytest.approx(reference["geary_C"], rel=1e-12)


def test_the_published_local_values_are_reproduced(berlin):
    columns, pairs, _ = berlin
    result = local_moran(columns["auslaender_pct"], pairs, seed=42)
    assert result.value == pytest.approx(columns["moran_i_lokal"], rel=1e-9, abs=1e-12)
    assert result.lag == pytest.approx(columns["lag"], rel=1e-12)
    assert (result.quadrant == columns["quadrant"]).all()
    # Both are draws: the standard error of p near 0.5 is 0.016.
    assert np.abs(result.p - columns["p_sim_999"]).max() < 0.1
    assert abs((result.p - columns["p_sim_999"]).mean()) < 0.01


# Slow plain twins


def plain_matrix(pairs):
    full = np.zeros((pairs.size, pairs.size))
    full[pairs.areas, pairs.others] = pairs.weights
    return full


weighted = (
    st.integers(4, 9)
    .flatmap(
        lambda n: st.tuples(
            st.lists(st.integers(-50, 50), min_size=n, max_size=n).filter(lambda x: len(set(x)) > 1),
            st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), min_size=1, max_size=30).map(
                lambda pairs: sorted((a, b) for a, b in pairs if a != b)
            ),
        )
    )
    .filter(lambda case: case[1])
)


@settings(max_examples=100, deadline=None)
@given(weighted)
def test_moran_and_geary_agree_with_full_matrices(case):
    values, edges = np.array(case[0], dtype=float), np.array(case[1])
    pairs = from_pairs(len(values), edges[:, 0], edges[:, 1])
    w = plain_matrix(pairs.row_standardised())
    z, n = values - values.mean(), len(values)
    assert moran(values, pairs).value == pytest.approx(n / w.sum() * (z @ w @ z) / (z @ z))
    apart = (values[:, None] - values) ** 2
    assert geary(values, pairs).value == pytest.approx((n - 1) / (2 * w.sum()) * (w * apart).sum() / (z @ z))
    sums, full = weight_sums(pairs), plain_matrix(pairs)
    assert sums.s1 == pytest.approx(((full + full.T) ** 2).sum() / 2)
    assert sums.s2 == pytest.approx(((full.sum(axis=0) + full.sum(axis=1)) ** 2).sum())


def test_getis_ord_agrees_with_full_matrices():
    pairs, values = grid(5, 4), np.random.default_rng(1).gamma(2, 3, 20)
    w, n = plain_matrix(pairs), 20
    products = np.outer(values, values)
    assert getis_ord(values, pairs).value == pytest.approx(
        (w * products).sum() / (products.sum() - (values**2).sum())
    )
    for star in (False, True):
        around = w + np.eye(n) * star
        result = local_getis_ord(values, pairs, star=star, permutations=0)
        for i in range(n):
            others = values if star else np.delete(values, i)
            k, m = around[i].sum(), len(others)
            spread = np.sqrt(others.var() * (m * k - k**2) / (m - 1))
            assert result.z[i] == pytest.approx((around[i] @ values - k * others.mean()) / spread)
            assert result.value[i] == pytest.approx(around[i] @ values / others.sum())


def test_variances_agree_with_the_spread_over_all_orders():
    pairs, values = grid(3, 2), np.array([1.0, 2, 4, 7, 11, 3])
    orders = [values[list(order)] for order in itertools.permutations(range(6))]
    for test in (moran, geary, getis_ord):
        dealt = np.array([test(order, pairs).value for order in orders])
        result = test(values, pairs)
        assert result.expected == pytest.approx(dealt.mean())
        assert result.variance_random == pytest.approx(dealt.var())


def test_conditional_p_agrees_with_all_ways_to_deal():
    pairs = from_pairs(6, np.array([0, 0, 1, 2, 2, 2, 5]), np.array([1, 2, 3, 0, 4, 5, 0]), np.arange(1.0, 8))
    values = np.array([5.0, 1, 9, 2, 7, 3])
    p = conditional_p(values, pairs, permutations=40_000, seed=1)
    for i in range(6):
        mine = pairs.weights[pairs.areas == i]
        if not len(mine):
            assert np.isnan(p[i])
            continue
        others = np.delete(values, i)
        sums = np.array([mine @ np.array(dealt) for dealt in itertools.permutations(others, len(mine))])
        observed = pairs.lag(values)[i]
        exact = min((sums >= observed - 1e-9).mean(), (sums <= observed + 1e-9).mean())
        assert p[i] == pytest.approx(exact, abs=0.01)


@pytest.mark.parametrize(("size", "length"), [(6, 3), (400, 4)])
def test_sequences_hold_different_areas_all_equally_likely(size, length):
    drawn = sequences(np.random.default_rng(1), 30_000, size, length)
    assert drawn.shape == (30_000, length)
    assert all(len(set(row)) == length for row in drawn[:500].tolist())
    for position in range(length):
        counts = np.bincount(drawn[:, position], minlength=size)
        assert abs(counts - 30_000 / size).max() < 6 * np.sqrt(30_000 / size)


def test_under_no_pattern_p_is_even():
    pairs, random = grid(20, 20), np.random.default_rng(8)
    p = [local_moran(random.normal(size=400), pairs, seed=seed).p for seed in range(60)]
    # One-sided and folded: 2.5 % below as 5 % of all.
    assert np.mean(np.concatenate(p) <= 0.025) == pytest.approx(0.05, abs=0.008)
    assert sum(discoveries(one, rate=0.05).any() for one in p) < 12


def test_a_planted_cluster_is_found_and_signs_are_right():
    pairs = grid(20, 20)
    values = np.random.default_rng(1).normal(size=(20, 20))
    values[3:8, 3:8] += 4
    values[14:18, 12:17] -= 4
    local = local_moran(values.ravel(), pairs, permutations=9999, seed=1)
    found = discoveries(local.p).reshape(20, 20)
    assert found[4:7, 4:7].all()
    assert found[15:17, 13:16].all()
    assert found.sum() < 90
    quadrants = local.quadrant.reshape(20, 20)
    assert (quadrants[4:7, 4:7] == 1).all()
    assert (quadrants[15:17, 13:16] == 3).all()
    g = local_getis_ord(values.ravel() - values.min(), pairs, star=True, seed=1).z.reshape(20, 20)
    assert (g[4:7, 4:7] > 2).all()
    assert (g[15:17, 13:16] < -2).all()
    assert moran(values.ravel(), pairs, permutations=99, seed=1).p_permuted == pytest.approx(0.02)


def test_seed_decides_the_draw():
    pairs, values = grid(8, 8), np.random.default_rng(1).normal(size=64)
    first = local_moran(values, pairs, seed=1).p
    assert (first == local_moran(values, pairs, seed=1).p).all()
    assert (first != local_moran(values, pairs, seed=2).p).any()
    with pytest.raises(ValueError, match="seed"):
        local_moran(values, pairs)


def test_islands_stay_visible():
    pairs = from_pairs(5, np.array([0, 1, 2]), np.array([1, 2, 0]))
    result = local_moran([1.0, 2, 4, 3, 9], pairs, seed=1)
    assert np.isnan(result.value).tolist() == [False, False, False, True, True]
    assert np.isnan(result.p).tolist() == [False, False, False, True, True]
    assert result.quadrant[3:].tolist() == [0, 0]


@pytest.mark.parametrize("test", [moran, geary, getis_ord, local_moran, local_getis_ord])
@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ([1.0, 2, np.nan, 4], "row 3: the value is missing"),
        ([1.0, 2, np.inf, 4], "row 3: the value is missing"),
        ([1.0, 2, 3], "4 areas need as many values"),
        ([2.0, 2, 2, 2], "same value"),
    ],
)
def test_values_that_cannot_be_tested_are_refused(test, values, complaint):
    with pytest.raises(Refused, match=complaint):
        test(values, grid(2, 2))


def test_getis_ord_refuses_values_below_zero_and_no_neighbours_are_refused():
    with pytest.raises(Refused, match="row 2"):
        getis_ord([1.0, -2, 3, 4], grid(2, 2))
    nothing = from_pairs(4, np.zeros(0, dtype=int), np.zeros(0, dtype=int))
    with pytest.raises(Refused, match="no area has a neighbour"):
        moran([1.0, 2, 3, 4], nothing)


def test_false_discoveries_by_the_published_example():
    # Benjamini and Hochberg 1995, section 3.1: 15 tests, four stand out at 5 %.
    smallest = (0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459)
    p = np.array([*smallest, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0])
    assert discoveries(p, rate=0.05).sum() == 4
    assert discoveries(p[::-1], rate=0.05)[::-1].tolist() == [True] * 4 + [False] * 11
    with_island = np.append(p, np.nan)
    assert adjusted(with_island)[:15] == pytest.approx(adjusted(p))
    assert not discoveries(with_island)[15]


def test_an_area_cannot_be_its_own_neighbour_in_a_permutation():
    pairs = from_pairs(2, np.array([0, 0, 1]), np.array([0, 1, 0]))
    with pytest.raises(Refused, match="own neighbour"):
        conditional_p(np.array([1.0, 2]), pairs, permutations=9, seed=1)


def test_nearest_neighbours_work_too():
    points = np.random.default_rng(3).uniform(0, 1000, (80, 2))
    result = moran(points[:, 0], nearest(points, 4))
    assert result.value > 0.7
    assert result.p_random < 1e-6
