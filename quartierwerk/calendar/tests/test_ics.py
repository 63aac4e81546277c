from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from quartierwerk.calendar import ics
from quartierwerk.calendar.holidays import holidays
from quartierwerk.calendar.recurrence import Rule, occurrences
from quartierwerk.calendar.register import Entry
from quartierwerk.languages.showing import Shown

from .test_recurrence import rules

CHANGED = datetime(2026, 8, 1, 9, tzinfo=UTC)
TODAY = date(2026, 11, 16)
RULE = Rule(
    weekdays=["TH"],
    starts_on=date(2026, 4, 30),
    until=date(2027, 5, 31),
    opens_at=time(16),
    closes_at=time(18),
    skip_dates=[date(2026, 12, 24)],
)


def entry(rule=RULE, **values):
    given = {
        "uid": "abc@quartierwerk",
        "title": Shown("Sprachcafé", "de"),
        "url": "/de/x/",
        "changed_at": CHANGED,
    }
    return Entry(rule=rule, **given | values)


def text_of(*entries, closed=frozenset(), name="Termine"):
    return ics.written(ics.Feed(name, entries, "https://town.example"), TODAY, lambda _space: closed)


def read(text):
    return icalendar.Calendar.from_ical(text)


def event_of(text):
    return read(text).walk("VEVENT")[0]


def starts(text, first, last):
    found = recurring_ical_events.of(read(text)).between(first, last + timedelta(days=1))
    return sorted(event["DTSTART"].dt for event in found)


def test_another_reader_finds_the_same_times_over_two_changes_of_clocks_and_holidays():
    window = date(2026, 4, 1), date(2027, 6, 30)
    closed = frozenset(holidays(*window))
    expected = [each.start for each in occurrences(RULE, *window, closed)]
    assert date(2026, 5, 14) not in {moment.date() for moment in expected}
    assert starts(text_of(entry(), closed=closed), *window) == expected
    assert {moment.utcoffset() for moment in expected} == {timedelta(hours=1), timedelta(hours=2)}


@settings(deadline=None, max_examples=60)
@given(rule=rules(), opens_at=st.times().map(lambda each: each.replace(second=0, microsecond=0)) | st.none())
def test_any_rule_reads_back_as_written(rule, opens_at):
    # The night when the clocks go forward is asked for in `test_recurrence.py`; readers differ there.
    if opens_at and 1 <= opens_at.hour <= 3:
        opens_at = opens_at.replace(hour=12)
    timed = Rule(
        rule.freq,
        rule.interval,
        rule.weekdays,
        rule.month_days,
        rule.nth,
        rule.starts_on,
        rule.until,
        opens_at,
    )
    first = rule.starts_on
    last = first + timedelta(days=120)
    found = occurrences(timed, first, last)
    expected = [each.start if opens_at else each.day for each in found]
    text = text_of(entry(timed))
    assert (starts(text, first, last) if expected else []) == expected


def test_what_stays_the_same_for_good_and_what_counts_changes():
    event = event_of(text_of(entry(sequence=3)))
    assert event["UID"] == "abc@quartierwerk"
    assert event["SEQUENCE"] == 3
    assert event["STATUS"] == "CONFIRMED"
    assert event["LAST-MODIFIED"].dt == CHANGED
    assert event["URL"] == "https://town.example/de/x/"


def test_a_cancelled_date_says_so_and_why():
    event = event_of(text_of(entry(is_cancelled=True, cancelled_why="Saal gesperrt; wir suchen, melden uns")))
    assert event["STATUS"] == "CANCELLED"
    assert event["COMMENT"] == "Saal gesperrt; wir suchen, melden uns"


def test_arabic_is_folded_between_letters_at_75_octets():
    title = "مقهى اللغة للقادمين الجدد مع رعاية الأطفال " * 4
    text = text_of(entry(title=Shown(title.strip(), "ar")), name=title.strip())
    lines = text.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines if line)  # no letter is cut
    event = event_of(text)
    assert event["SUMMARY"] == title.strip()
    assert event["SUMMARY"].params["LANGUAGE"] == "ar"


@given(st.text(max_size=300))
def test_any_text_survives_or_loses_only_what_is_no_text(text):
    event = event_of(text_of(entry(description=Shown(text, "de"))))
    expected = "".join(
        each
        for each in text.replace("\r\n", "\n").replace("\r", "\n")
        if each in "\n\t" or (each >= " " and each != "\x7f")
    )
    assert str(event.get("DESCRIPTION", "")) == expected


def test_a_text_cannot_add_lines_of_its_own():
    text = text_of(entry(title=Shown("Fest\r\nATTENDEE:mailto:x@y.example", "de")))
    assert "ATTENDEE" not in event_of(text)
    assert event_of(text)["SUMMARY"] == "Fest\nATTENDEE:mailto:x@y.example"


@pytest.mark.parametrize(
    ("rule", "begin", "end"),
    [
        (Rule("once", starts_on=date(2026, 12, 6)), date(2026, 12, 6), None),
        (Rule("once", starts_on=date(2026, 12, 6), opens_at=time(14)), datetime(2026, 12, 6, 14), None),
        (
            Rule("once", starts_on=date(2026, 12, 31), opens_at=time(22), closes_at=time(2)),
            datetime(2026, 12, 31, 22),
            datetime(2027, 1, 1, 2),
        ),
    ],
)
def test_whole_days_open_ends_and_nights(rule, begin, end):
    event = event_of(text_of(entry(rule)))
    found = event["DTSTART"].dt
    assert (found.replace(tzinfo=None) if isinstance(found, datetime) else found) == begin
    assert ("DTEND" in event) == (end is not None)
    if end:
        assert event["DTEND"].dt.replace(tzinfo=None) == end


def test_a_rule_without_any_day_is_left_out():
    assert not read(text_of(entry(Rule(note="nach Vereinbarung")))).walk("VEVENT")


def test_an_empty_calendar_can_be_read():
    assert read(text_of())["VERSION"] == "2.0"
