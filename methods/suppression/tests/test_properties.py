"""What holds for every table: with hypothesis, and against plainer ways to compute the same."""

import subprocess
import sys
import time
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from methods.suppression import HIDDEN, Family, Rule, crossed, flat, protect, rectangle, with_totals
from methods.suppression.primary import needs_of
from methods.suppression.system import system_of
from methods.suppression.tests.attacker import attacker_on, successes
from methods.suppression.tests.plain_twin import is_protected
from methods.suppression.tests.random_families import KINDS, family
from methods.suppression.witness import Attack

tables = arrays(np.int64, st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=st.integers(0, 40))
rules = st.builds(Rule, threshold=st.integers(3, 12), zeros=st.sampled_from(["open", "group", "all"]))
ROOT = Path(__file__).parents[3]
few = settings(max_examples=40, deadline=None, derandomize=True)


@few
@given(tables, rules)
def test_every_table_is_protected_and_prints_only_true_figures(counts, rule):
    pattern = protect(Family(*rectangle(counts)), rule, rounds=2)
    released = pattern.released()
    assert successes(pattern) == []
    for cell in pattern.family.cells:
        assert released[cell.name] in (cell.value, HIDDEN)
        assert released[cell.name] == HIDDEN or not 0 < cell.value < rule.threshold


@few
@given(tables, rules)
def test_turning_the_table_does_not_change_how_much_is_hidden_at_the_optimum(counts, rule):
    patterns = [protect(Family(*rectangle(c)), rule) for c in (counts, counts.T, counts[::-1])]
    sizes = {len(p.secondary) for p in patterns if p.at_least == len(p.secondary)}
    assert len(sizes) <= 1
    assert len({len(p.primary) for p in patterns}) == 1


@few
@given(tables, st.integers(3, 8))
def test_no_single_cell_was_hidden_in_vain(counts, threshold):
    """Printing any one secondary cell again would let the attacker succeed somewhere."""
    pattern = protect(Family(*rectangle(counts)), Rule(threshold, zeros="open"), rounds=2)
    for name in pattern.secondary:
        assert not is_protected(pattern.family, pattern.hidden - {name}, threshold)


@few
@given(tables)
def test_higher_threshold_hides_no_less(counts):
    table = Family(*rectangle(counts))
    low, high = (protect(table, Rule(t, zeros="open")) for t in (3, 9))
    assert set(low.primary) <= set(high.primary)


@few
@given(st.integers(0, 10_000))
def test_bounds_of_the_protector_are_those_of_the_attacker(seed):
    """Two programs written apart, one in deviations over all cells, one in values over hidden ones."""
    linked, rule = family(seed)
    pattern = protect(linked, rule, rounds=0)
    needs = needs_of(linked, rule)
    system = system_of(linked, needs)
    hidden = np.array([name in pattern.hidden for name in linked.items]) | system.starts_hidden
    attack, attacker = Attack(system, needs, linked.values, hidden), attacker_on(pattern)
    for cell in np.flatnonzero(hidden[: system.cells] & (needs.width > 0))[:4].tolist():
        low, high = attacker.interval(linked.cells[cell].name)
        value, cap = linked.values[cell], max(needs.width[cell], needs.reach[cell] - linked.values[cell])
        size = max(1.0, value)
        assert attack.furthest(cell, 1.0)[cell] == pytest.approx(min(high - value, cap), abs=1e-5 * size)
        assert -attack.furthest(cell, -1.0)[cell] == pytest.approx(min(value - low, cap), abs=1e-5 * size)


@few
@given(st.integers(0, 10_000))
def test_totals_agree_with_adding_up_leaf_by_leaf(seed):
    rng = np.random.default_rng(seed)
    tree = {"city": ("n", "s"), "n": ("n1", "n2", "n3")}
    of = {"city": {"n1", "n2", "n3", "s"}, "n": {"n1", "n2", "n3"}} | {
        leaf: {leaf} for leaf in ("n1", "n2", "n3", "s")
    }
    columns = flat(["a", "b"])
    inner = {key: int(rng.integers(0, 50)) for key in product(("n1", "n2", "n3", "s"), ("a", "b"))}
    totals = with_totals(inner, (tree, columns))
    for (area, column), value in totals.items():
        wanted = sum(v for (a, c), v in inner.items() if a in of[area] and column in (c, "total"))
        assert value == wanted
    Family(*crossed(totals, (tree, columns)))


def test_every_kind_of_random_family_hides_something():
    """Otherwise the attacks of the tests and of the benchmark would show nothing."""
    for kind in range(len(KINDS)):
        secondary = sum(
            len(protect(*family(seed), rounds=0).secondary) for seed in range(kind, 72, len(KINDS))
        )
        assert secondary > 0, KINDS[kind].__name__


def test_import_is_quick_and_brings_neither_django_nor_the_solver():
    code = (
        "import sys, time; import numpy; t = time.process_time(); import methods.suppression; "
        "print(time.process_time() - t); "
        "assert not {'django', 'quartierwerk', 'highspy'} & set(sys.modules)"
    )
    best = min(
        float(
            subprocess.run(
                [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
            ).stdout
        )
        for _ in range(3)
    )
    assert best < 0.3


def test_district_table_of_a_city_takes_seconds():
    """96 areas in 8 districts by 6 groups, 763 cells: a table a city releases every year."""
    rng = np.random.default_rng(1)
    districts = tuple(f"d{i}" for i in range(8))
    tree = {"city": districts} | {d: tuple(f"{d}-{i}" for i in range(12)) for d in districts}
    groups = flat([f"g{i}" for i in range(6)])
    inner = {
        (area, group): int(rng.geometric(1 / mean))
        for d in districts for area in tree[d] for group, mean in zip(groups["total"], (9, 20, 40, 80, 160, 320), strict=True)
    }  # fmt: skip
    table = Family(*crossed(with_totals(inner, (tree, groups)), (tree, groups)))
    start = time.process_time()
    pattern = protect(table)
    assert time.process_time() - start < 20
    assert pattern.at_least <= len(pattern.secondary) <= 2 * pattern.at_least
    assert successes(pattern) == []
