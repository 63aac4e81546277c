from hypothesis import given
from hypothesis import strategies as st

from ..rules import Fault, Terms, count, fault, ranked, shows_numbers, shows_order, used

BUDGET = Terms("budget", {"a": 60_000, "b": 50_000, "c": 40_000}, sum_cents=100_000)
POINTS = Terms("points", {"a": 0, "b": 0, "c": 0}, points=5)


def test_a_budget_takes_what_fits_into_the_sum_to_the_cent():
    assert fault({"a": 1, "c": 1}, BUDGET) is None
    assert fault({"a": 1, "b": 1}, BUDGET) == Fault.OVER
    assert used({"a": 1, "b": 1}, BUDGET) == 110_000
    assert fault({"a": 2}, BUDGET) == Fault.NEGATIVE


def test_points_may_be_left_over_but_not_overdrawn():
    assert fault({"a": 3, "b": 2}, POINTS) is None
    assert fault({"a": 1}, POINTS) is None
    assert fault({"a": 3, "b": 3}, POINTS) == Fault.OVER
    assert fault({"a": 6, "b": -1}, POINTS) == Fault.NEGATIVE
    assert fault({"a": 0}, POINTS) == Fault.NEGATIVE


def test_an_empty_ballot_and_one_for_something_else_are_refused():
    assert fault({}, POINTS) == fault({}, BUDGET) == Fault.NOTHING
    assert fault({"z": 1}, POINTS) == Fault.UNKNOWN


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(1, 5), min_size=1)))
def test_the_count_is_the_sum_of_the_ballots(ballots):
    found = count(ballots, "abc")
    assert found.turnout == len(ballots)
    for one in "abc":
        assert found.totals[one] == sum(ballot.get(one, 0) for ballot in ballots)


def test_what_has_most_votes_is_paid_first_and_a_smaller_one_may_still_fit():
    found = ranked({"a": 5, "b": 4, "c": 3}, BUDGET)
    assert [(one.proposal, one.place, one.within) for one in found] == [
        ("a", 1, True),
        ("b", 2, False),
        ("c", 3, True),
    ]


def test_a_tie_that_the_money_does_not_settle_is_left_to_people_and_so_is_what_follows():
    found = {one.proposal: one for one in ranked({"a": 4, "b": 4, "c": 3}, BUDGET)}
    assert found["a"].place == found["b"].place == 1
    assert found["a"].tied
    assert found["b"].tied
    assert not any(one.within for one in found.values())
    assert found["c"].place == 3


def test_a_tie_for_which_the_money_suffices_is_none():
    found = {one.proposal: one for one in ranked({"a": 4, "c": 4, "b": 1}, BUDGET)}
    assert found["a"].within
    assert found["c"].within
    assert not any(one.tied for one in found.values())


def test_what_nobody_chose_is_not_paid_for():
    assert not any(one.within for one in ranked({"a": 0, "b": 0, "c": 0}, BUDGET))


def test_points_are_ranked_without_money():
    assert [(one.proposal, one.n, one.within) for one in ranked({"a": 1, "b": 7, "c": 0}, POINTS)] == [
        ("b", 7, None),
        ("a", 1, None),
        ("c", 0, None),
    ]


def test_numbers_show_from_ten_ballots_on_and_the_order_from_five():
    assert [shows_order(n) for n in (0, 4, 5)] == [False, False, True]
    assert [shows_numbers(n) for n in (5, 9, 10)] == [False, False, True]
