"""Impossible or dirty input is refused, and the message names the cell."""

import math
from dataclasses import replace

import pytest

from methods.suppression import (
    Bound,
    Cell,
    DirtyInput,
    Family,
    Rule,
    Share,
    Sum,
    after_release,
    area_cuts,
    crossed,
    flat,
    rectangle,
    with_totals,
    years,
)

SIZES = (flat(["Nord", "Süd"]), flat(["m", "w"]))
FULL = with_totals({("Nord", "m"): 3, ("Nord", "w"): 9, ("Süd", "m"): 20, ("Süd", "w"): 8}, SIZES)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (-1, "negative"),
        (math.nan, "missing"),
        (None, "missing"),
        ("7", "missing"),
        (math.inf, "missing"),
        (2.5, "not whole"),
        (10**10, "in thousands"),
    ],
)
def test_impossible_count_is_refused(value, problem):
    with pytest.raises(DirtyInput, match=rf"Nord / w: .*{problem}") as refusal:
        Family([Cell(("Nord", "w"), value)])
    assert refusal.value.name == ("Nord", "w")


def test_total_that_does_not_add_up_is_refused():
    cells, sums = crossed(FULL | {("Nord", "total"): 13}, SIZES)
    with pytest.raises(DirtyInput, match="total / total: is 40, but its parts add up to 41: Nord / total"):
        Family(cells, sums)


def test_missing_and_surplus_cells_are_refused():
    with pytest.raises(DirtyInput, match="Süd / w: is missing"):
        crossed({key: value for key, value in FULL.items() if key != ("Süd", "w")}, SIZES)
    with pytest.raises(DirtyInput, match="West / w: belongs to no cell"):
        crossed(FULL | {("West", "w"): 1}, SIZES)
    with pytest.raises(DirtyInput, match="Nord / w: is missing"):
        with_totals({("Nord", "m"): 3}, SIZES)
    with pytest.raises(DirtyInput, match="b: is missing, but all refers to it"):
        Family([Cell("all", 3), Cell("a", 3)], [Sum("all", ("a", "b"))])


def test_cell_named_twice_is_refused():
    with pytest.raises(DirtyInput, match="a: stands twice"):
        Family([Cell("a", 1), Cell("a", 1)])
    with pytest.raises(DirtyInput, match="a: stands twice"):
        Family([Cell("a", 1), Cell("b", 2)], [Share("a", "a", "b", 50.0)])


def test_share_that_does_not_fit_its_counts_is_refused():
    cells = [Cell("part", 1), Cell("whole", 3), Cell("nobody", 0)]
    Family(cells, [Share("%", "part", "whole", 33.3)])
    with pytest.raises(DirtyInput, match=r"%: is printed as 33\.4, but its cells give 33\.3333"):
        Family(cells, [Share("%", "part", "whole", 33.4)])
    with pytest.raises(DirtyInput, match="%: has no value, because nobody is 0"):
        Family(cells, [Share("%", "part", "nobody", 0.0)])


def test_bound_that_the_cells_break_is_refused():
    with pytest.raises(DirtyInput, match="a: the bound says 0 to 2, the cells give 3"):
        Family([Cell("a", 5), Cell("b", 2)], [Bound((("a", 1.0), ("b", -1.0)), 0, 2)])


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        (Cell("hours", 12.5, units=3), "needs its largest"),
        (Cell("hours", 12.5, units=3, largest=13.0), "impossible largest"),
        (Cell("hours", 12.5, units=-1, largest=1.0), "impossible number of contributors"),
        (Cell("hours", 12.5, units=0, largest=1.0), "although nobody contributes"),
        (Cell("hours", 7, known=True, hidden=True), "known and hidden"),
    ],
)
def test_impossible_sum_is_refused(cell, problem):
    with pytest.raises(DirtyInput, match=f"hours: .*{problem}"):
        Family([cell])


def test_rule_below_three_or_looser_than_half_is_refused():
    for rule in ({"threshold": 2}, {"threshold": 4.5}, {"dominance": 0.6}, {"zeros": "never"}):
        with pytest.raises(ValueError, match=next(iter(rule))):
            Rule(**rule)


def test_dimension_that_is_no_tree_is_refused():
    for tree in ({"a": ("b",), "c": ("d",)}, {"a": ("b", "b")}, {"a": ()}, {"a": ("b",), "b": ("a",)}):
        with pytest.raises(ValueError, match="root"):
            crossed({}, (tree,))


def test_corrected_figure_needs_a_name_of_its_own():
    cells, _ = rectangle([[7, 9], [8, 6]])
    with pytest.raises(DirtyInput, match="row 1 / column 1: was released as 8, but is 7 now"):
        after_release(cells, [], {("row 1", "column 1"): 8})


def test_change_beyond_what_readers_know_is_refused():
    tables = {"2023": rectangle([[7, 9], [8, 6]]), "2024": rectangle([[7, 9], [8, 90]])}
    with pytest.raises(DirtyInput, match="2024 / total / total: the bound says"):
        Family(*years(tables, at_most=80))


def test_piece_outside_both_area_cuts_is_refused():
    first, second = flat(["A", "B"], "city"), flat(["X", "Y"], "city")
    whole = {("A", "X"): 10, ("A", "Y"): 2, ("B", "Y"): 30}
    with pytest.raises(DirtyInput, match="A / Z"):
        area_cuts(first, second, whole | {("A", "Z"): 1})
    with pytest.raises(DirtyInput, match="B: has no piece"):
        area_cuts(first, second, {("A", "X"): 10, ("A", "Y"): 2})
    with pytest.raises(ValueError, match="share the name of their root"):
        area_cuts(first, flat(["A", "Y"], "city"), whole)


def test_totals_of_sums_may_carry_the_rounding_of_floating_point():
    parts = [Cell(f"p{i}", 0.1, units=9, largest=0.02) for i in range(3)]
    Family([Cell("all", 0.3, units=27, largest=0.02), *parts], [Sum("all", ("p0", "p1", "p2"))])
    with pytest.raises(DirtyInput, match=r"all: is 0\.31"):
        Family([replace(parts[0], name="all", value=0.31), *parts], [Sum("all", ("p0", "p1", "p2"))])
