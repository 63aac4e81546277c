"""What a share tells beside its figure: somebody is there, nobody is there, all are alike."""

import subprocess
import sys

import numpy as np
import pytest

from methods.suppression import (
    HIDDEN,
    Cell,
    DirtyInput,
    Family,
    Rule,
    Share,
    Sum,
    Unprotectable,
    after_release,
    area_cuts,
    protect,
    rectangle,
    shares_of,
    years,
)
from methods.suppression.tests.attacker import attacker_on, successes
from methods.suppression.tests.random_families import KINDS, counts, family, with_shares


def test_printed_share_says_that_its_whole_is_not_empty():
    cells, sums = rectangle([[0, 3], [5, 5]])
    pairs = {("%", r): ((r, "column 1"), (r, "total")) for r in ("row 1", "row 2", "total")}
    pattern = protect(Family(cells, [*sums, *shares_of(cells, pairs, decimals=0)]), Rule(5))
    assert successes(pattern) == []


@pytest.mark.parametrize("begin", [0, *(pytest.param(begin, marks=pytest.mark.slow) for begin in (20, 40))])
def test_attacker_who_knows_that_people_of_a_share_exist_fails_on_sixty_families(begin):
    for seed in range(begin * len(KINDS) + KINDS.index(with_shares), (begin + 20) * len(KINDS), len(KINDS)):
        pattern = protect(*family(seed), rounds=0)
        assert successes(pattern) == [], seed


def test_empty_whole_looks_like_a_hidden_one():
    """Only N has a share of women; a gap beside M and S would say that nobody of A lives there."""
    rows = ("N", "M", "S")
    cells, sums = rectangle([[30, 40], [0, 31], [0, 22]], rows, ["A", "B"])
    cells += [Cell(("w", r), v) for r, v in zip(rows, (12, 0, 0), strict=True)]
    cells += [Cell(("m", r), v) for r, v in zip(rows, (18, 0, 0), strict=True)]
    sums += [Sum((r, "A"), (("w", r), ("m", r))) for r in rows]
    shares = shares_of(cells, {("pct women", r): (("w", r), (r, "A")) for r in rows})
    pattern = protect(Family(cells, [*sums, *shares]))
    released = pattern.released()
    assert released["pct women", "M"] == released["pct women", "S"] == HIDDEN
    assert successes(pattern) == []


def test_missing_share_would_betray_an_empty_whole_to_the_attacker():
    """The attacker of these tests knows what a gap means."""
    cells, sums = rectangle([[0, 30], [9, 40]])
    share = shares_of(cells, {"%": (("row 1", "column 2"), ("row 1", "column 1"))})
    pattern = protect(Family(cells, [*sums, *share]), Rule(zeros="all"))
    assert pattern.released()["%"] == HIDDEN
    assert successes(pattern) == []
    figures = {name: figure for name, figure in pattern.released().items() if name != "%"}
    blind = type(attacker_on(pattern))(pattern.family.links, figures)
    assert blind.printed["row 1", "column 1"] == 0


def test_share_does_not_say_that_all_of_a_group_are_alike():
    cells, sums = rectangle([[300, 0, 0], [40, 30, 20], [25, 31, 44]], list("NMS"), list("ABC"))
    pairs = {("%", r, k): ((r, k), (r, "total")) for r in "NMS" for k in "ABC"}
    released = protect(Family(cells, [*sums, *shares_of(cells, pairs)])).released()
    assert [released["%", "N", k] for k in "ABC"] == [HIDDEN] * 3
    assert released["%", "S", "A"] == 25.0


def test_share_without_value_beside_people_is_refused():
    with pytest.raises(DirtyInput, match="%: has no value, although all is 4"):
        Family([Cell("some", 2), Cell("all", 4)], [Share("%", "some", "all", None)])


def two_releases(seed):
    rng = np.random.default_rng(seed)
    rows = [f"r{i}" for i in range(int(rng.integers(2, 5)))]
    number = counts(rng, (len(rows), 2))
    women = rng.binomial(number.astype(int), 0.5)
    cells, sums = rectangle(number, rows, ["A", "B"])
    shares = shares_of(cells, {("pct", r, g): ((r, g), (r, "total")) for r in [*rows, "total"] for g in "AB"})
    first = protect(Family(cells, [*sums, *shares]), rounds=0).released()
    cells, links = after_release(cells, [*sums, *shares], first)
    for i, r in enumerate(rows):
        for j, g in enumerate("AB"):
            cells.append(Cell(("w", r, g), int(women[i, j])))
            cells.append(Cell(("m", r, g), int(number[i, j] - women[i, j])))
            links.append(Sum((r, g), (("w", r, g), ("m", r, g))))
    return first, Family(cells, links)


def test_reader_of_both_releases_narrows_nothing():
    """Shares that the first release printed stay in the hands of its readers."""
    protected = 0
    for seed in range(40):
        try:
            first, both = two_releases(seed)
            second = protect(both, rounds=0)
        except Unprotectable:
            continue  # refused, nothing is printed
        released = second.released()
        assert not [n for n, figure in first.items() if figure != HIDDEN and released[n] == HIDDEN], seed
        assert successes(second, earlier=first) == [], seed
        protected += 1
    assert protected >= 20


def test_protecting_ends_where_presolve_would_not():
    """The solver's presolve goes round in circles for ever in this family, so it runs in a process of its own."""
    code = (
        "from methods.suppression import protect\n"
        "from methods.suppression.tests.random_families import family\n"
        "print(len(protect(*family(1_005_640), rounds=9).hidden))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=240, check=True
    )
    assert int(done.stdout) > 0


def test_what_was_released_must_not_be_missing_or_different():
    cells, sums = rectangle([[9, 18], [25, 9]], ["N", "S"], ["A", "B"])
    with pytest.raises(DirtyInput, match="Old / A: was released earlier and is missing now"):
        after_release(cells, sums, {("N", "A"): 9, ("Old", "A"): 3})
    share = shares_of(cells, {"%": (("N", "A"), ("N", "total"))})
    with pytest.raises(DirtyInput, match=r"%: was released as 33\.4, but is 33\.3 now"):
        after_release(cells, share, {"%": 33.4})
    assert after_release(cells, share, {"%": 33.3})[1][0].known


def test_pieces_of_area_cuts_have_no_printed_change():
    def cut(number):
        return area_cuts({"city": ("X", "Y")}, {"city": ("P", "Q")}, number)

    first = {("X", "P"): 30, ("X", "Q"): 2, ("Y", "P"): 3, ("Y", "Q"): 40}
    second = {("X", "P"): 31, ("X", "Q"): 4, ("Y", "P"): 3, ("Y", "Q"): 44}
    pattern = protect(Family(*years({"2023": cut(first), "2024": cut(second)})))
    assert not [name for name in pattern.released() if "∩" in name[1]]
    assert successes(pattern) == []


def test_change_of_a_sum_may_be_a_fraction_and_keeps_the_largest_contribution_open():
    def table(a, b, largest):
        first = Cell("A", a, units=9, largest=largest)
        second = Cell("B", b, units=9, largest=b * 0.3)
        return [first, second, Cell("T", a + b, units=18, largest=b * 0.3)], [Sum("T", ("A", "B"))]

    tables = {"2023": table(1000.5, 2000.25, 900.0), "2024": table(1100.75, 2000.5, 330.0)}
    cells, links = years(tables)
    change = next(cell for cell in cells if cell.name == ("2024-2023", "A"))
    assert (change.value, change.largest) == (100.25, 900.0)
    pattern = protect(Family(cells, links))
    assert pattern.released()["2023", "A"] == HIDDEN
    assert successes(pattern) == []
