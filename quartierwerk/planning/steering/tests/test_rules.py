from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .. import rules
from ..rules import (
    Presence,
    Refusal,
    Seat,
    Sitter,
    Votes,
    counted_twice,
    is_only_recommended,
    presence,
    refusals_of_decision,
    refusals_of_task,
)

TODAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("voting", "present", "percent", "quorum"),
    [
        (12, 6, 50, True),
        (12, 5, 50, False),
        (11, 5, 50, False),
        (11, 6, 50, True),
        (0, 0, 50, False),
        (3, 3, 100, True),
    ],
)
def test_the_share_is_rounded_up(voting, present, percent, quorum):
    seats = [Seat(True, number < present) for number in range(voting)]
    assert presence(seats, percent).has_quorum is quorum


def test_guests_do_not_help():
    assert not presence([Seat(True, False), Seat(False, True)], 50).has_quorum


@given(st.lists(st.booleans(), max_size=30), st.integers(1, 100))
def test_one_more_member_present_never_loses_the_quorum(there, percent):
    before = presence([Seat(True, one) for one in there], percent)
    after = presence([Seat(True, True) for _one in there], percent)
    assert not before.has_quorum or after.has_quorum


ONE, OTHER = UUID(int=1), UUID(int=2)
ON_TWO_SEATS = {
    "one name": (("Ida Kern", None), ("ida  Kern ", None), True),
    "one account": (("Ida Kern", ONE), ("Kern", ONE), True),
    "an account and a name": (("Ida Kern", ONE), ("Ida Kern", None), True),
    "two accounts of one name": (("Ida Kern", ONE), ("Ida Kern", OTHER), False),
    "two names": (("Ida Kern", None), ("Uwe Kern", None), False),
    "nobody named": (("", None), ("", None), False),
}


@pytest.mark.parametrize("case", ON_TWO_SEATS)
def test_one_person_counts_once(case):
    first, second, twice = ON_TWO_SEATS[case]
    there = [Sitter("Vorsitz", *first), Sitter("Bildung", *second)]
    assert counted_twice(there) == ([tuple(there)] if twice else [])


def test_who_is_biased_counts_neither_for_the_vote_nor_for_the_quorum():
    assert refusals_of_decision("Weiter so.", Votes(5, 0, 0, biased=1), present=6) == []
    assert refusals_of_decision("Weiter so.", Votes(6, 0, 0, biased=1), present=6) == [Refusal.TOO_MANY_VOTES]
    assert is_only_recommended(Presence(12, 6, 6), Votes(5, 0, 0, biased=1))
    assert not is_only_recommended(Presence(12, 7, 6), Votes(6, 0, 0, biased=1))


def test_a_tie_is_not_carried_and_abstentions_do_not_count():
    assert refusals_of_decision("x", Votes(4, 4, 0), present=8) == [Refusal.NOT_CARRIED]
    assert refusals_of_decision("x", Votes(1, 0, 7), present=8) == []
    # By general agreement, without counting.
    assert refusals_of_decision("x", Votes(0, 0, 0), present=8) == []


def test_a_task_needs_an_owner_and_a_day_to_come():
    assert refusals_of_task("Antrag stellen", has_owner=True, due_on=TODAY, today=TODAY) == []
    assert refusals_of_task(" ", has_owner=False, due_on=TODAY - timedelta(days=1), today=TODAY) == [
        Refusal.NO_WORDS,
        Refusal.NO_OWNER,
        Refusal.DUE_IN_THE_PAST,
    ]


@pytest.mark.parametrize(("there", "decided", "held"), [(0, 0, False), (1, 0, True), (0, 1, True)])
def test_a_meeting_is_held_once_somebody_came_or_something_was_decided(there, decided, held):
    assert rules.is_held(there, decided) is held


def test_whoever_is_invited_or_came_keeps_the_group_and_a_meeting_held_its_day():
    assert rules.fixed(is_invited=False, has_taken_place=False) == frozenset()
    assert rules.fixed(is_invited=True, has_taken_place=False) == {"group"}
    assert rules.fixed(is_invited=False, has_taken_place=True) == {"group", "day"}
