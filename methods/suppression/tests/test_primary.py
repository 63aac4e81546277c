"""What is hidden for its own sake, and how the release looks."""

from dataclasses import replace
from pathlib import Path

import pytest

from methods.suppression import (
    HIDDEN,
    Cell,
    Family,
    Rule,
    Sum,
    after_release,
    area_cuts,
    crossed,
    flat,
    protect,
    rectangle,
    shares_of,
    with_totals,
    years,
)
from methods.suppression.primary import needs_of
from methods.suppression.tests.attacker import Attacker, attacker_on, successes
from methods.suppression.tests.random_families import family


def reasons(table, **rule):
    return needs_of(table, Rule(**rule)).primary


def test_counts_from_the_threshold_up_stay():
    table = Family([Cell("four", 4), Cell("five", 5), Cell("none", 0)])
    assert reasons(table) == {"four": "small"}
    assert reasons(table, threshold=3) == {}
    assert reasons(Family([Cell("nine", 9, threshold=10)])) == {"nine": "small"}


def test_zeros_are_small_where_they_reveal_a_group():
    """All twelve people of the north are in group a: who lives there is in a."""
    table = Family(*rectangle([[12, 0, 0], [7, 8, 9], [0, 6, 5]]))
    assert reasons(table) == {("row 1", "column 2"): "zero", ("row 1", "column 3"): "zero"}
    assert reasons(table, zeros="open") == {}
    assert set(reasons(table, zeros="all")) == {*reasons(table), ("row 3", "column 1")}


def test_zeros_below_an_empty_total_and_impossible_ones_stay():
    table = Family(*rectangle([[12, 0], [7, 0]]))
    assert reasons(table) == {("total", "column 2"): "zero"}
    cells, sums = rectangle([[12, 0], [7, 9]])
    impossible = [replace(cell, known=cell.value == 0) for cell in cells]
    assert reasons(Family(impossible, sums)) == {}


def test_unit_above_half_of_a_sum_hides_it():
    sums = Family(
        [
            Cell("even", 100.0, units=9, largest=50.0),
            Cell("uneven", 100.0, units=9, largest=50.1),
            Cell("few", 100.0, units=4, largest=30.0),
        ]
    )
    assert reasons(sums) == {"uneven": "dominance", "few": "small"}
    shelter = Family([Cell("district", 60, largest=45)])
    assert reasons(shelter) == {"district": "dominance"}
    assert needs_of(shelter, Rule()).reach.tolist() == [90.0]


def test_hidden_cells_look_alike_and_are_never_zero():
    pattern = protect(Family(*rectangle([[2, 30, 0], [40, 50, 9], [8, 0, 11]])), Rule(zeros="all"))
    released = pattern.released()
    assert {released[name] for name in pattern.hidden} == {HIDDEN}
    assert all(
        released[cell.name] == cell.value for cell in pattern.family.cells if cell.name not in pattern.hidden
    )
    assert len(released) == len(pattern.family.cells)


def test_zero_hidden_for_its_group_can_not_be_worked_out():
    pattern = protect(Family(*rectangle([[12, 0], [7, 9]])))
    low, high = attacker_on(pattern).interval(("row 1", "column 2"))
    assert low == 0
    assert high >= 5


def test_same_family_gives_the_same_pattern():
    for seed in range(9, 18):
        assert protect(*family(seed)).secondary == protect(*family(seed)).secondary


def test_table_of_large_counts_stays_whole():
    pattern = protect(Family(*rectangle([[20, 30], [40, 50]])))
    assert pattern.hidden == frozenset()
    assert pattern.at_least == 0


def test_table_with_fewer_people_than_the_threshold_is_hidden_whole():
    pattern = protect(Family(*rectangle([[1, 1], [1, 1]])))
    assert len(pattern.hidden) == len(pattern.family.cells)


def test_change_between_years_does_not_betray_a_cell():
    """7 + change = small cell: where 2023 is printed, 2024 and the change must not stand side by side."""
    tables = {"2023": rectangle([[7, 30], [40, 50]]), "2024": rectangle([[3, 31], [42, 49]])}
    pattern = protect(Family(*years(tables)))
    assert ("2024", "row 1", "column 1") in pattern.primary
    change, before = ("2024-2023", "row 1", "column 1"), ("2023", "row 1", "column 1")
    assert change in pattern.hidden or before in pattern.hidden
    assert successes(pattern) == []


def test_what_readers_know_about_a_year_widens_the_pattern():
    """If nobody expects more than 2 to come or go, last year's 6 says that 4 to 8 are there now."""
    tables = {"2023": rectangle([[6, 30], [40, 50]]), "2024": rectangle([[4, 31], [42, 49]])}
    free = protect(Family(*years(tables, changes=False)))
    bound = protect(Family(*years(tables, changes=False, at_most=2)))
    assert ("2023", "row 1", "column 1") not in free.hidden
    assert ("2023", "row 1", "column 1") in bound.hidden
    assert successes(bound) == []


def test_difference_of_two_area_cuts_does_not_betray_a_sliver():
    """School district = quarter + one street with 2 people: quarter and district may not both be printed."""
    first, second = flat(["quarter", "rest"], "city"), flat(["district", "others"], "city")
    pieces = {("quarter", "district"): 80, ("rest", "district"): 2, ("rest", "others"): 300}
    pattern = protect(Family(*area_cuts(first, second, pieces)))
    assert ("rest ∩ district",) in pattern.primary
    assert ("rest ∩ district",) not in pattern.released()
    assert pattern.secondary
    assert successes(pattern) == []


def test_share_with_known_denominator_does_not_betray_its_count():
    """5.0 % of 60 people are 3 people."""
    cells, sums = rectangle([[3, 57], [40, 50]], rows=["north", "south"], columns=["a", "b"])
    shares = shares_of(cells, {"share a": (("north", "a"), ("north", "total"))})
    pattern = protect(Family(cells, [*sums, *shares]))
    assert pattern.released()["share a"] == HIDDEN
    coarse = shares_of(cells, {"share a": (("north", "a"), ("north", "total"))}, decimals=-2)
    assert protect(Family(cells, [*sums, *coarse])).released()["share a"] == 0
    assert successes(pattern) == []


def test_frozen_release_is_respected():
    """The coarse table is out; the finer one of today hides enough below it and prints nothing it hid."""
    tree = {"city": ("north", "south"), "north": ("n1", "n2"), "south": ("s1", "s2")}
    inner = {("n1", "m"): 2, ("n1", "w"): 9, ("n2", "m"): 1, ("n2", "w"): 7, ("s1", "m"): 8, ("s1", "w"): 6,
             ("s2", "m"): 12, ("s2", "w"): 15}  # fmt: skip
    cells, sums = crossed(with_totals(inner, (tree, flat(["m", "w"]))), (tree, flat(["m", "w"])))
    coarse = {"city", "north", "south"}
    first = protect(
        Family(
            [c for c in cells if c.name[0] in coarse], [s for s in sums if {n[0] for n in s.parts} <= coarse]
        )
    ).released()
    assert HIDDEN in first.values()
    second = protect(Family(*after_release(cells, sums, first)))
    shown = second.released()
    assert all(shown[name] == figure for name, figure in first.items())
    assert successes(second) == []


def test_pattern_of_single_relation_is_the_smallest_other_cell():
    cells = [Cell("all", 100), Cell("a", 3), Cell("b", 17), Cell("c", 80)]
    pattern = protect(Family(cells, [Sum("all", ("a", "b", "c"))]))
    assert pattern.secondary == ("b",)
    assert pattern.at_least == 1
    assert Attacker(pattern.family.links, pattern.released()).interval("a") == pytest.approx((0, 20))


def test_worked_example_of_the_documentation():
    page = Path(__file__).parents[3] / "docs" / "methods" / "disclosure-control.md"
    names: dict = {}
    exec(page.read_text(encoding="utf-8").split("```python")[1].split("```")[0], names)
    attacker = attacker_on(names["pattern"])
    assert {name: attacker.interval(name) for name in names["pattern"].hidden} == {
        ("Nord", "A"): pytest.approx((0, 17)),
        ("Nord", "C"): pytest.approx((26, 43)),
        ("Süd", "A"): pytest.approx((0, 17)),
        ("Süd", "C"): pytest.approx((3, 20)),
    }
