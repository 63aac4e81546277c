"""No attacker narrows a hidden cell below the threshold: the promise of docs/methods/disclosure-control.md."""

import pytest

from methods.suppression import HIDDEN, Family, Rule, Share, Unprotectable, protect, rectangle
from methods.suppression.tests.attacker import attacker_on, successes
from methods.suppression.tests.random_families import KINDS, family


@pytest.mark.parametrize("numbers", [range(9), pytest.param(range(9, 23), marks=pytest.mark.slow)], ids=str)
@pytest.mark.parametrize("kind", range(len(KINDS)), ids=[kind.__name__ for kind in KINDS])
def test_no_attack_succeeds_on_random_families(kind, numbers):
    """23 families of each of the nine kinds, 207 in all: 81 at every run, the others in check-all."""
    hidden = 0
    for number in numbers:
        seed = kind + number * len(KINDS)
        pattern = protect(*family(seed), rounds=(0, 1, 2)[number % 3])
        assert successes(pattern) == [], f"seed {seed}"
        hidden += len(pattern.hidden)
    assert hidden > len(numbers), "a test without hidden cells shows nothing"


@pytest.mark.parametrize("kind", range(len(KINDS)), ids=[kind.__name__ for kind in KINDS])
def test_knowing_that_people_are_whole_does_not_help(kind):
    """One family of each kind, six with shares, whose roundings only whole numbers fit; more in the benchmark."""
    number = 6 if KINDS[kind].__name__ == "with_shares" else 1
    for seed in range(kind + 9000, kind + 9000 + number * len(KINDS), len(KINDS)):
        assert successes(protect(*family(seed), rounds=1), whole=True) == [], f"seed {seed}"


def test_precise_share_would_betray_whole_numbers():
    """13.79 % of fewer than fifty people can only be 4 of 29, though fractions would fit in many ways."""
    cells, sums = rectangle([[4, 25], [3, 7]], rows=["north", "south"], columns=["a", "b"])
    share = Share("share", ("north", "a"), ("north", "total"), 13.79, decimals=2)
    pattern = protect(Family(cells, [*sums, share]))
    assert pattern.released()["share"] == HIDDEN
    assert successes(pattern, whole=True) == []


def test_attacker_succeeds_where_only_small_cells_are_hidden():
    """The attacker of these tests can do something: subtracting is enough here."""
    family = Family(*rectangle([[2, 30], [40, 50]]))
    pattern = protect(family)
    bare = type(pattern)(family, pattern.rule, pattern.primary, (), 0, pattern.witnesses)
    assert successes(bare) == [(("row 1", "column 1"), 2.0, 2.0, 5, 5)]


def test_attacker_sees_the_interval_that_subtracting_leaves():
    """Row 1 hides 7 in two cells, column 1 hides 22: by hand the first cell lies between 0 and 7."""
    pattern = protect(Family(*rectangle([[2, 5], [20, 40]])))
    assert pattern.hidden == {
        (row, column) for row in ("row 1", "row 2") for column in ("column 1", "column 2")
    }
    attacker = attacker_on(pattern)
    assert attacker.interval(("row 1", "column 1")) == pytest.approx((0, 7))
    assert attacker.interval(("row 2", "column 2")) == pytest.approx((38, 45))


def test_cell_known_through_an_earlier_release_is_named():
    from dataclasses import replace

    cells, sums = rectangle([[2, 30], [40, 50]])
    known = [replace(cell, known=cell.value >= 5) for cell in cells]
    with pytest.raises(Unprotectable, match="row 1 / column 1"):
        protect(Family(known, sums), Rule())
