from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartierwerk.languages.dates import (
    NoSuchDay,
    NotADate,
    NotATime,
    format_date,
    format_time,
    parse_date,
    parse_time,
)
from quartierwerk.languages.numbers import Ambiguous


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("31.10.2026", date(2026, 10, 31)), ("31.10.26", date(2026, 10, 31)), ("1.9.26", date(2026, 9, 1)),
        ("14.5.26", date(2026, 5, 14)), (" 01. 09. 2026 ", date(2026, 9, 1)), ("2026-10-31", date(2026, 10, 31)),
        ("1. September 2026", date(2026, 9, 1)), ("3. Mär. 2026", date(2026, 3, 3)), ("3. März 26", date(2026, 3, 3)),
        ("29.02.2028", date(2028, 2, 29)), ("31.10.98", date(1998, 10, 31)), ("31102026", date(2026, 10, 31)), ("۳۱.۱۰.۲۰۲۶", date(2026, 10, 31)),
    ],
)  # fmt: skip
def test_days_are_read(typed, day):
    assert parse_date(typed) == day


@pytest.mark.parametrize(
    ("typed", "day", "last"),
    [
        ("31.02.2026", 31, date(2026, 2, 28)), ("30.2.28", 30, date(2028, 2, 29)), ("31.04.2026", 31, date(2026, 4, 30)),
        ("32.01.2026", 32, date(2026, 1, 31)), ("2027-02-29", 29, date(2027, 2, 28)), ("31. Juni 2026", 31, date(2026, 6, 30)),
    ],
)  # fmt: skip
def test_a_day_its_month_does_not_have_names_the_last_one(typed, day, last):
    with pytest.raises(NoSuchDay) as refusal:
        parse_date(typed)
    assert (refusal.value.day, refusal.value.last) == (day, last)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"), ("  ", "empty"), ("31.10.", "no_year"), ("31.10", "no_year"), ("1.13.2026", "no_such_month"),
        ("0.1.2026", "nonsense"), ("31.10.202", "nonsense"), ("31.10.0026", "nonsense"), ("bald", "nonsense"),
        ("1. Brumaire 2026", "nonsense"), ("1. Oktopus 2026", "nonsense"), ("20261031", "nonsense"), ("45292", "nonsense"),
        ("13/13/2026", "nonsense"), ("3" * 10_000, "nonsense"), ("31.10.2026 14:30", "nonsense"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused(typed, reason):
    with pytest.raises(NotADate) as refusal:
        parse_date(typed)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("10/11/2026", ["10.11.2026", "11.10.2026"]),
        ("12/24/15", ["24.12.2015"]),
        ("5/5/2026", ["05.05.2026"]),
    ],
)
def test_days_with_slashes_are_asked_not_guessed(typed, readings):
    with pytest.raises(Ambiguous) as question:
        parse_date(typed)
    assert [reading.label for reading in question.value.readings] == readings


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("14.30 Uhr", time(14, 30)), ("14:30", time(14, 30)), ("14.30", time(14, 30)), ("9:05", time(9, 5)),
        ("9 Uhr", time(9)), ("14", time(14)), ("0:00", time(0)), ("14:30:15", time(14, 30, 15)), ("14h", time(14)), ("1430", time(14, 30)), ("930", time(9, 30)),
        ("4:00 PM", time(16)), ("3pm", time(15)), ("12am", time(0)), ("9 a.m.", time(9)),
    ],
)  # fmt: skip
def test_times_are_read(typed, moment):
    assert parse_time(typed) == moment


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"), ("25:00", "nonsense"), ("14:60", "nonsense"), ("14.5", "nonsense"), ("14305", "nonsense"),
        ("mittags", "nonsense"), ("24:00", "midnight"), ("24:30", "nonsense"), ("13pm", "nonsense"), ("-1:00", "nonsense"),
        (":" * 1_000, "nonsense"),
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused(typed, reason):
    with pytest.raises(NotATime) as refusal:
        parse_time(typed)
    assert refusal.value.reason == reason


@given(st.dates(min_value=date(1000, 1, 1)), st.times())
def test_written_days_and_times_read_back(day, moment):
    assert parse_date(format_date(day)) == day
    assert parse_date(day.isoformat()) == day
    assert parse_time(format_time(moment)) == moment.replace(second=0, microsecond=0)


@given(st.text() | st.text(alphabet="0123456789./-: Uhr", max_size=12))
def test_any_text_is_read_asked_or_refused(text):
    for parse, refusal in ((parse_date, NotADate), (parse_time, NotATime)):
        readings = []
        try:
            parse(text)
        except refusal:
            continue
        except Ambiguous as question:
            readings = question.readings
        assert all(parse(reading.typed) == reading.value for reading in readings)
