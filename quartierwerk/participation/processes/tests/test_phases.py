"""Phases are instants: which one is open, also in the nights on which clocks change (25.10.2026, 28.03.2027)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..rules import (
    NoSuchTime,
    PhaseFault,
    Span,
    TwiceThatNight,
    faults,
    instant,
    is_over,
    may_become,
    next_phase,
    only_taken_out,
    phase_at,
    shares,
)

BERLIN = ZoneInfo("Europe/Berlin")


def at(day: date, clock: time) -> datetime:
    return instant(day, clock, BERLIN)


COLLECT = Span("collect", at(date(2026, 10, 1), time(8)), at(date(2026, 10, 25), time(18)))
DECIDE = Span("decide", at(date(2026, 10, 26), time(8)), at(date(2027, 3, 28), time(18)))


def test_a_phase_begins_with_its_first_instant_and_ends_before_its_last():
    phases = [DECIDE, COLLECT]
    assert phase_at(phases, COLLECT.opens_at) is COLLECT
    assert phase_at(phases, COLLECT.closes_at - timedelta(microseconds=1)) is COLLECT
    assert phase_at(phases, COLLECT.closes_at) is None
    assert next_phase(phases, COLLECT.closes_at) is DECIDE
    assert not is_over(phases, DECIDE.closes_at - timedelta(seconds=1))
    assert is_over(phases, DECIDE.closes_at)
    assert not is_over([], DECIDE.closes_at)


def test_the_phase_of_an_open_box_only_ends_later_and_that_of_a_closed_one_stays():
    before, during, after = (DECIDE.opens_at - timedelta(1), DECIDE.opens_at, DECIDE.closes_at)
    longer = replace(DECIDE, closes_at=DECIDE.closes_at + timedelta(1))
    shorter = replace(DECIDE, closes_at=DECIDE.closes_at - timedelta(1))
    later = replace(DECIDE, opens_at=DECIDE.opens_at + timedelta(1))
    assert all(may_become(DECIDE, one, before) for one in (DECIDE, longer, shorter, later, None))
    assert [may_become(DECIDE, one, during) for one in (DECIDE, longer, shorter, later, None)] == [
        True, True, False, False, False,
    ]  # fmt: skip
    assert [may_become(DECIDE, one, after) for one in (DECIDE, longer, shorter)] == [True, False, False]


@pytest.mark.parametrize(
    ("after", "is_only"),
    [
        ("Bank vor dem Haus von Amina", True),
        ("Bank vor dem Haus von […]", True),
        ("[…]vor dem […] von […]", True),
        ("Bank hinter dem Haus von […]", False),
        ("[…] Haus vor dem […]", False),
        ("Bank", False),
        ("Bank vor dem Haus […] von Amina und Ben", False),
        ("Bank vor dem Haus von Amina[…]na", False),
    ],
)
def test_words_are_only_taken_out_where_the_rest_stays(after, is_only):
    assert only_taken_out("Bank vor dem Haus von Amina", after) is is_only


def test_a_box_closes_when_the_wall_clock_says_so_after_the_clocks_were_put_back():
    closes = at(date(2026, 10, 25), time(18))
    assert closes.astimezone(UTC) == datetime(2026, 10, 25, 17, tzinfo=UTC)
    assert at(date(2026, 10, 24), time(18)).astimezone(UTC) == datetime(2026, 10, 24, 16, tzinfo=UTC)
    night = Span("decide", at(date(2026, 10, 25), time(1, 30)), at(date(2026, 10, 25), time(3, 30)))
    open_for = night.closes_at.astimezone(UTC) - night.opens_at.astimezone(UTC)
    assert open_for == timedelta(hours=3)
    # 2:30 comes twice, and both times the box is open.
    for hour in (0, 1):
        assert night.is_open(datetime(2026, 10, 25, hour, 30, tzinfo=UTC))
    assert not night.is_open(datetime(2026, 10, 25, 2, 30, tzinfo=UTC))


def test_a_time_that_the_clocks_skip_is_refused_with_the_next_one():
    with pytest.raises(NoSuchTime) as skipped:
        at(date(2027, 3, 28), time(2, 30))
    assert skipped.value.next == time(3)
    assert at(date(2027, 3, 28), time(3)).astimezone(UTC) == datetime(2027, 3, 28, 1, tzinfo=UTC)
    assert at(date(2027, 3, 28), time(1, 59)).astimezone(UTC) == datetime(2027, 3, 28, 0, 59, tzinfo=UTC)


def test_a_time_that_comes_twice_is_refused():
    with pytest.raises(TwiceThatNight):
        at(date(2026, 10, 25), time(2))
    with pytest.raises(TwiceThatNight):
        at(date(2026, 10, 25), time(2, 59))
    assert at(date(2026, 10, 25), time(3)).astimezone(UTC) == datetime(2026, 10, 25, 2, tzinfo=UTC)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)))
def test_every_other_time_is_the_instant_at_which_the_wall_shows_it(wall):
    try:
        found = instant(wall.date(), wall.time(), BERLIN)
    except (NoSuchTime, TwiceThatNight):
        assert wall.date() in {date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)}
        assert wall.hour == 2
    else:
        assert found.astimezone(UTC).astimezone(BERLIN).replace(tzinfo=None) == wall


def test_phases_follow_each_other_in_their_order():
    assert faults([COLLECT, DECIDE]) == {}
    early = Span("decide", COLLECT.opens_at, COLLECT.closes_at)
    assert faults([COLLECT, early]) == {"decide": PhaseFault.BEGINS_BEFORE_THE_ONE_BEFORE_ENDS}
    backwards = Span("collect", COLLECT.closes_at, COLLECT.opens_at)
    assert faults([backwards]) == {"collect": PhaseFault.ENDS_BEFORE_IT_BEGINS}


def test_a_group_shows_its_number_from_ten_on_and_is_missing_below_half_its_share():
    found = {
        one.group: one for one in shares([("a", 30, 40), ("b", 9, 20), ("c", 12, None), ("d", 0, 10)], 100)
    }
    assert (found["a"].percent, found["a"].missing) == (30, False)
    assert (found["b"].n, found["b"].percent, found["b"].missing) == (None, None, True)
    assert (found["c"].n, found["c"].missing) == (12, False)
    assert found["d"].missing


def test_with_fewer_than_ten_answers_nothing_is_said():
    assert all(
        one.n is None and one.percent is None and not one.missing
        for one in shares([("a", 9, 50), ("b", 0, 50)], 9)
    )
