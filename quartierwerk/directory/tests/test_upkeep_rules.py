from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ..upkeep.rules import FOLLOWS, MAILED, PATIENCE, WEEKS, Entry, Step, due_step

THEN = datetime(2026, 3, 1, 9, tzinfo=UTC)


def entry(step=Step.CONFIRMED, **changes) -> Entry:
    return replace(Entry(step, THEN, THEN, has_mail_address=True), **changes)


def test_nobody_is_asked_before_the_months_are_over():
    assert due_step(entry(), THEN + 26 * WEEKS, 6) is None
    assert due_step(entry(), datetime(2026, 9, 1, 9, tzinfo=UTC), 6) == Step.ASKED


def test_the_municipality_chooses_the_months():
    assert due_step(entry(), datetime(2026, 6, 1, 9, tzinfo=UTC), 3) == Step.ASKED


def test_without_a_mail_address_somebody_calls():
    assert due_step(entry(has_mail_address=False), datetime(2027, 1, 1, tzinfo=UTC), 6) == Step.PHONE


@pytest.mark.parametrize("step", sorted(MAILED))
def test_a_mail_that_came_back_leads_to_the_phone_at_once(step):
    assert due_step(entry(step, mail_came_back=True), THEN, 6) == Step.PHONE
    assert due_step(entry(step), THEN, 6) is None


@pytest.mark.parametrize("step", sorted(FOLLOWS))
def test_silence_is_followed_by_the_next_step_and_not_a_day_too_soon(step):
    until = THEN + PATIENCE[step]
    assert due_step(entry(step), until - timedelta(seconds=1), 6) is None
    assert due_step(entry(step), until, 6) == FOLLOWS[step]


def test_an_entry_passes_two_reminders_before_it_is_unconfirmed_and_then_hidden():
    passed, now, here = [], datetime(2026, 9, 1, 9, tzinfo=UTC), entry()
    while (step := due_step(here, now, 6)) is not None:
        passed.append(step)
        here, now = replace(here, step=step, since=now), now + 8 * WEEKS
    assert passed == [Step.ASKED, Step.REMINDED, Step.REMINDED_TWICE, Step.UNCONFIRMED, Step.HIDDEN]


def test_a_hidden_entry_stays_hidden_until_somebody_answers():
    assert due_step(entry(Step.HIDDEN), THEN + 520 * WEEKS, 6) is None
