from decimal import Decimal
from uuid import UUID

import pytest

from ..hiding import of_counts, of_shares
from ..rules import Count, faults, is_due, points, total

TEAMS = [UUID(int=number) for number in range(9)]


def test_not_known_is_neither_zero_nor_a_share():
    assert Count(None, 12).percent is None
    assert Count(3, None).percent is None
    assert Count(0, 0).percent is None
    assert Count(0, 12).percent == 0
    assert Count(2, 3).percent == Decimal("66.7")
    assert points(Count(6, 12), Count(3, 12)) == 25
    assert points(Count(6, 12), Count(None, 12)) is None


def test_the_total_is_of_those_who_know_and_says_how_many_they_are():
    found = total([Count(3, 12), Count(None, 40), Count(5, 8)], asked=5)
    assert found.count == Count(8, 20)
    assert (found.told, found.asked) == (2, 5)
    assert total([Count(None, 3)], asked=2).count == Count(None, None)


def test_a_part_wants_its_whole_and_is_not_larger():
    assert faults({"people": 3, "trained": 3, "forms": None, "plain_forms": None}) == []
    assert faults({"people": None, "trained": 1}) == [("trained", True)]
    assert faults({"complaints": 2, "answered": 3}) == [("answered", False)]


def test_it_is_due_once_a_year():
    assert is_due(2026, [2024, 2025])
    assert not is_due(2026, [2026])
    assert is_due(2026, [2027])


def test_small_parts_and_small_rests_are_hidden():
    shares = {
        TEAMS[0]: Count(2, 30), TEAMS[1]: Count(28, 30), TEAMS[2]: Count(12, 30), TEAMS[3]: Count(15, 40),
        TEAMS[4]: Count(0, 12),
    }  # fmt: skip
    hidden = of_shares(shares)
    assert {TEAMS[0], TEAMS[1]} <= hidden.teams
    assert TEAMS[4] not in hidden  # that nobody was trained is what one wants to know
    assert not hidden.total


def test_one_hidden_number_alone_would_follow_from_the_total():
    """The attacker knows the total and all others: a second one goes, or the total."""
    hidden = of_counts({TEAMS[0]: 3, TEAMS[1]: 40, TEAMS[2]: 60})
    assert TEAMS[0] in hidden
    assert hidden.total or len(hidden.teams) > 1
    alone = of_counts({TEAMS[0]: 3})
    assert TEAMS[0] in alone
    assert of_counts({}).teams == frozenset()
    assert of_counts({TEAMS[0]: None}).teams == frozenset()


@pytest.mark.parametrize("counts", [[1, 1], [4, 0, 0], [1, 2, 3, 4], [4, 5, 100, 7, 1, 0, 3, 9]])
def test_no_hidden_number_can_be_worked_out(counts):
    """By trying all whole numbers that fit what is shown, for tables small enough."""
    given = dict(zip(TEAMS, counts, strict=False))
    hidden = of_counts(given)
    small = {team for team, count in given.items() if 0 < count < 5}
    assert small <= hidden.teams
    left = sum(count for team, count in given.items() if team in hidden.teams)
    if hidden.teams and not hidden.total:
        assert len(hidden.teams) > 1
        assert left >= 2  # could be split in more than one way
