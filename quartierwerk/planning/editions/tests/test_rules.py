from datetime import date

import pytest

from ..rules import FOLLOWS, Decision, Refusal, State, Vote, refusals_of_consultation, refusals_of_decision

OPENED, TODAY = date(2026, 9, 1), date(2026, 11, 16)


def decision(**values):
    whole = {
        "body": "Rat",
        "paper_number": "2026/087",
        "decided_on": date(2026, 11, 12),
        "wording": "Das Konzept wird beschlossen.",
        "vote": Vote(24, 3, 4),
    }
    return Decision(**(whole | values))


def refusals(given):
    return refusals_of_decision(given, opened_on=OPENED, today=TODAY)


def test_a_whole_decision_is_enough():
    assert refusals(decision()) == []
    assert refusals(decision(vote=Vote(is_unanimous=True))) == []


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (decision(paper_number=" "), Refusal.NO_PAPER_NUMBER),
        (decision(body=""), Refusal.NO_BODY),
        (decision(wording=""), Refusal.NO_WORDING),
        (decision(vote=Vote()), Refusal.NO_VOTE),
        (decision(vote=Vote(yes=20)), Refusal.NO_VOTE),
        (decision(vote=Vote(12, 12, 0)), Refusal.NOT_CARRIED),
        (decision(vote=Vote(3, 12, 0)), Refusal.NOT_CARRIED),
        (decision(vote=Vote(20, 1, is_unanimous=True)), Refusal.NOT_CARRIED),
        (decision(decided_on=date(2026, 11, 17)), Refusal.DECIDED_LATER),
        (decision(decided_on=date(2026, 8, 31)), Refusal.DECIDED_BEFORE),
    ],
)
def test_what_is_missing_is_named(given, refusal):
    assert refusals(given) == [refusal]


def test_the_council_decides_after_the_consultation():
    def told(until):
        return refusals_of_decision(decision(), opened_on=OPENED, consultation_until=until, today=TODAY)

    assert told(date(2026, 11, 11)) == []
    assert told(date(2026, 11, 12)) == [Refusal.DECIDED_WHILE_CONSULTED]
    # While it still runs that alone is told.
    assert told(TODAY) == []
    assert refusals_of_consultation(TODAY, unanswered=0, today=TODAY) == [Refusal.STILL_CONSULTED]
    assert refusals_of_consultation(date(2026, 11, 15), unanswered=1, today=TODAY) == [Refusal.UNANSWERED]
    assert refusals_of_consultation(None, unanswered=0, today=TODAY) == []


def test_abstentions_do_not_stop_a_decision():
    assert refusals(decision(vote=Vote(5, 4, 22))) == []


def test_nothing_follows_what_the_council_adopted():
    assert FOLLOWS[State.ADOPTED] == frozenset()
    assert set(FOLLOWS) == set(State)


def test_only_an_edition_that_was_in_consultation_is_adopted():
    assert [state for state in State if State.ADOPTED in FOLLOWS[state]] == [State.CONSULTATION]
