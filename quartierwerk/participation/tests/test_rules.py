from datetime import date, timedelta

import pytest

from .. import rules
from ..kinds import VoiceState as S


def test_answer_is_due_after_so_many_days():
    assert rules.due_after(date(2026, 12, 20), 14) == date(2027, 1, 3)


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        (date(2026, 11, 23), 2, date(2026, 11, 25)),  # Monday: Wednesday
        (date(2026, 11, 27), 2, date(2026, 12, 1)),  # Friday: Tuesday
        # Christmas lies on a Friday and a Saturday
        (date(2026, 12, 23), 2, date(2026, 12, 28)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),  # Saturday
    ],
)
def test_working_days_leave_out_weekends_and_holidays(received, days, due):
    christmas = {date(2026, 12, 25), date(2026, 12, 26)}
    assert rules.due_after_working_days(received, days, christmas) == due


def test_nothing_follows_a_voice_that_was_taken_back():
    assert not any(rules.may_become(S.WITHDRAWN, new) for new in S)


def test_voice_is_not_answered_before_somebody_checked_it():
    assert not rules.may_become(S.RECEIVED, S.ANSWERED)
    assert rules.may_become(S.RECEIVED, S.ANSWERED, is_question=True)


def test_held_voice_can_only_be_checked_anew_or_taken_back():
    assert {new for new in S if rules.may_become(S.HELD, new)} == {S.CHECKED, S.WITHDRAWN}


def test_every_state_can_be_taken_back():
    assert all(rules.may_become(state, S.WITHDRAWN) for state in S if state != S.WITHDRAWN)


def test_checking_words_anew_keeps_the_answer():
    assert rules.state_after_check(S.ANSWERED) == S.ANSWERED
    assert rules.state_after_check(S.HELD) == S.CHECKED


@pytest.mark.parametrize(("days", "may"), [(0, True), (60, True), (61, False)])
def test_not_solved_counts_for_sixty_days(days, may):
    answered = date(2026, 9, 1)
    assert rules.may_reopen(S.ANSWERED, answered, answered + timedelta(days=days)) is may


def test_open_voice_cannot_be_reopened():
    assert not rules.may_reopen(S.IN_WORK, date(2026, 9, 1), date(2026, 9, 2))
    assert not rules.may_reopen(S.ANSWERED, None, date(2026, 9, 2))
