from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil import rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from quartierwerk.calendar.recurrence import (
    WEEKDAYS,
    ZONE,
    Rule,
    days,
    is_open,
    next_change,
    occurrences,
    problems,
)

TUESDAYS = Rule(
    weekdays=["TU"],
    starts_on=date(2026, 9, 1),
    until=date(2026, 12, 18),
    opens_at=time(16),
    closes_at=time(18),
)


def local(*parts):
    return datetime(*parts, tzinfo=ZONE)


def test_language_cafe_on_tuesdays_until_before_christmas():
    found = occurrences(TUESDAYS, date(2026, 12, 1), date(2027, 2, 1))
    assert [each.day.day for each in found] == [1, 8, 15]
    assert (found[0].start, found[0].end) == (local(2026, 12, 1, 16), local(2026, 12, 1, 18))


def test_holidays_and_named_days_are_skipped():
    rule = Rule(weekdays=["TH"], skip_dates=[date(2026, 5, 7)])
    closed = {date(2026, 5, 14)}
    window = date(2026, 5, 1), date(2026, 5, 31)
    assert [day.day for day in days(rule, *window, closed)] == [21, 28]
    on_holidays = Rule(weekdays=["TH"], skip_holidays=False)
    assert [day.day for day in days(on_holidays, *window, closed)] == [7, 14, 21, 28]


def test_the_hour_on_the_clock_stays_when_the_clocks_change():
    rule = Rule(weekdays=["SU"], opens_at=time(10), closes_at=time(12))
    found = occurrences(rule, date(2026, 3, 22), date(2026, 3, 29))
    assert [each.start.astimezone(UTC).hour for each in found] == [9, 8]
    assert all(each.end - each.start == timedelta(hours=2) for each in found)


def test_an_hour_that_spring_leaves_out_moves_on():
    rule = Rule("daily", opens_at=time(2, 30), closes_at=time(3, 15))
    (found,) = occurrences(rule, date(2026, 3, 29), date(2026, 3, 29))
    assert found.start == local(2026, 3, 29, 3, 30)
    assert not found.has_end  # its end lies before its beginning on that one night: nothing is claimed


def test_a_night_in_october_is_an_hour_longer():
    rule = Rule("daily", opens_at=time(22), closes_at=time(4))
    (found,) = occurrences(rule, date(2026, 10, 24), date(2026, 10, 24))
    assert found.end.astimezone(UTC) - found.start.astimezone(UTC) == timedelta(hours=7)


def test_open_in_both_hours_that_october_repeats():
    rule = Rule("daily", opens_at=time(1), closes_at=time(3))
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert is_open([rule], first)
    assert is_open([rule], second)
    assert not is_open([rule], datetime(2026, 10, 25, 2, 0, tzinfo=UTC))


def test_past_midnight_belongs_to_the_evening_before():
    rule = Rule(weekdays=["FR"], opens_at=time(22), closes_at=time(2))
    assert is_open([rule], local(2026, 11, 21, 1, 59))
    assert not is_open([rule], local(2026, 11, 21, 2))
    assert not is_open([rule], local(2026, 11, 20, 1))
    assert not is_open([rule], local(2026, 11, 21, 1), closed={date(2026, 11, 20)})


def test_nothing_is_claimed_open_without_a_beginning_and_an_end():
    now = local(2026, 11, 24, 16, 30)
    assert not is_open([Rule(weekdays=["TU"], note="nach Vereinbarung")], now)
    assert not is_open([Rule(weekdays=["TU"], opens_at=time(16))], now)


def test_next_change_skips_a_seam_between_two_rules():
    morning = Rule(weekdays=["MO"], opens_at=time(9), closes_at=time(12))
    noon = Rule(weekdays=["MO"], opens_at=time(12), closes_at=time(14))
    assert next_change([morning, noon], local(2026, 11, 23, 10)) == local(2026, 11, 23, 14)
    assert next_change([morning, noon], local(2026, 11, 23, 20)) == local(2026, 11, 30, 9)
    assert next_change([morning], local(2026, 11, 23, 20), closed={date(2026, 11, 30)}) == local(
        2026, 12, 7, 9
    )
    assert next_change([Rule(note="nach Vereinbarung")], local(2026, 11, 23, 20)) is None


def test_second_and_last_weekday_of_a_month():
    rule = Rule("monthly", nth=["2TU", "-1FR"])
    found = [day.day for day in days(rule, date(2026, 11, 1), date(2026, 12, 31))]
    assert found == [10, 27, 8, 25]


def test_every_second_week_counts_from_its_beginning_across_years():
    rule = Rule(interval=2, weekdays=["MO", "FR"], starts_on=date(2026, 12, 23))
    found = list(days(rule, date(2026, 1, 1), date(2027, 1, 31)))
    assert found == [date(2026, 12, 25), *(date(2027, 1, day) for day in (4, 8, 18, 22))]


def test_the_thirty_first_is_left_out_in_short_months():
    rule = Rule("monthly", starts_on=date(2026, 1, 31))
    assert [day.month for day in days(rule, date(2026, 1, 1), date(2026, 6, 30))] == [1, 3, 5]


def test_once_is_once():
    rule = Rule("once", starts_on=date(2026, 12, 6), opens_at=time(14))
    assert [each.day for each in occurrences(rule, date(2026, 1, 1), date(2027, 12, 31))] == [
        date(2026, 12, 6)
    ]
    assert not occurrences(rule, date(2026, 12, 7), date(2027, 1, 1))
    assert not occurrences(Rule("once"), date(2026, 1, 1), date(2027, 1, 1))


def test_restrictions_hold_together():
    friday_13 = Rule("monthly", weekdays=["FR"], month_days=[13])
    assert list(days(friday_13, date(2026, 1, 1), date(2026, 12, 31))) == [
        date(2026, 2, 13),
        date(2026, 3, 13),
        date(2026, 11, 13),
    ]
    assert not list(days(Rule("monthly", nth=["1MO"], month_days=[20]), date(2026, 1, 1), date(2026, 12, 31)))


def test_a_rule_that_names_no_day_has_none():
    for rule in (Rule(), Rule("monthly"), Rule("yearly"), Rule(weekdays=["XX"])):
        assert not occurrences(rule, date(2026, 1, 1), date(2026, 12, 31))


def test_a_window_the_wrong_way_round_is_empty():
    assert not occurrences(TUESDAYS, date(2026, 12, 1), date(2026, 11, 1))


@pytest.mark.parametrize(
    ("rule", "codes"),
    [
        (TUESDAYS, []),
        (Rule(), ["no_day"]),
        (Rule("once"), ["no_day"]),
        (Rule(weekdays=["TU"], interval=2), ["no_start"]),
        (Rule(weekdays=["TU"], interval=0), ["interval"]),
        (Rule(weekdays=["DI"]), ["weekday"]),
        (Rule("monthly", month_days=[32]), ["month_day"]),
        (Rule("monthly", nth=["6TU"]), ["nth"]),
        (Rule("daily", starts_on=date(2026, 2, 1), until=date(2026, 1, 31)), ["until_before_start"]),
        (Rule("daily", closes_at=time(9)), ["closes_without_opening"]),
        (Rule("daily", opens_at=time(18), closes_at=time(16)), ["end_before_start"]),
        (Rule("daily", opens_at=time(9), closes_at=time(9)), ["end_before_start"]),
        (Rule("daily", opens_at=time(22), closes_at=time(2)), []),
        (Rule("daily", opens_at=time(0), closes_at=time(0)), []),
    ],
)
def test_what_cannot_be_is_named(rule, codes):
    assert problems(rule) == codes


DATES = st.dates(date(2024, 1, 1), date(2028, 12, 31))
NTH = st.builds(
    lambda n, day: f"{n}{day}", st.sampled_from([1, 2, 3, 4, 5, -1, -2]), st.sampled_from(WEEKDAYS)
)


@st.composite
def rules(draw):
    freq = draw(st.sampled_from(["daily", "weekly", "monthly"]))
    weekdays = draw(st.lists(st.sampled_from(WEEKDAYS), max_size=3, unique=True))
    month_days = nth = []
    if freq == "monthly":
        if not weekdays:  # the twin takes "MO and 1TU" for both at once, against RFC 5545
            nth = draw(st.lists(NTH, max_size=2, unique=True))
        if not nth:  # together some never come, and the twin looks for them until the year 9999
            month_days = draw(st.lists(st.integers(-31, 31).filter(bool), max_size=2, unique=True))
    return Rule(
        freq,
        interval=draw(st.integers(1, 5)),
        weekdays=weekdays,
        month_days=month_days,
        nth=nth,
        starts_on=draw(DATES),
        until=draw(st.none() | DATES),
    )


@settings(deadline=None)
@given(rule=rules(), first=DATES, length=st.integers(0, 400))
def test_the_same_days_as_another_implementation(rule, first, length):
    last = first + timedelta(days=length)
    named = [getattr(rrule, day) for day in rule.weekdays]
    named += [getattr(rrule, each[-2:])(int(each[:-2])) for each in rule.nth]
    twin = rrule.rrule(
        {"daily": rrule.DAILY, "weekly": rrule.WEEKLY, "monthly": rrule.MONTHLY}[rule.freq],
        interval=rule.interval,
        dtstart=datetime.combine(rule.starts_on, time(0)),
        until=datetime.combine(min(rule.until or last, last), time(0)),
        byweekday=named or None,
        bymonthday=rule.month_days or None,
    )
    expected = twin.between(datetime.combine(first, time(0)), datetime.combine(last, time(0)), inc=True)
    assert list(days(rule, first, last)) == [moment.date() for moment in expected]


@given(
    rule=rules(),
    opens_at=st.times(),
    closes_at=st.times(),
    first=DATES,
)
def test_occurrences_are_in_order_and_never_end_before_they_begin(rule, opens_at, closes_at, first):
    timed = Rule(rule.freq, rule.interval, rule.weekdays, opens_at=opens_at, closes_at=closes_at)
    found = occurrences(timed, first, first + timedelta(days=60))
    moments = [(each.start.astimezone(UTC), each.end.astimezone(UTC)) for each in found]
    assert moments == sorted(moments)
    assert all(begin <= end <= begin + timedelta(hours=25) for begin, end in moments)
    assert all(is_open([timed], begin) for begin, end in moments if begin < end)
