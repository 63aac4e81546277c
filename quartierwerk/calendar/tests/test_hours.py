from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartierwerk.calendar.recurrence import Rule, parse_hours

TODAY = date(2026, 11, 1)
WORKDAYS = ("MO", "TU", "WE", "TH", "FR")


def span(begin, end, *weekdays, **fields):
    times = [time(*each) if isinstance(each, tuple) else each and time(each % 24) for each in (begin, end)]
    return Rule(
        fields.pop("freq", "weekly"), weekdays=weekdays, opens_at=times[0], closes_at=times[1], **fields
    )


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Di 16-18, Do 9-12 Uhr", [span(16, 18, "TU"), span(9, 12, "TH")]),
        ("Di 16–18 Uhr", [span(16, 18, "TU")]),
        ("Dienstags von 16 bis 18 Uhr", [span(16, 18, "TU")]),
        ("Mo-Fr 9-12 und 14-16 Uhr", [span(9, 12, *WORKDAYS), span(14, 16, *WORKDAYS)]),
        ("Mo, Mi und Fr 9:30–12.00 Uhr", [span((9, 30), 12, "MO", "WE", "FR")]),
        ("Mo.-Do. 8.30-16.00 Uhr, Fr. 8.30-12.00 Uhr", [
            span((8, 30), 16, *WORKDAYS[:4]),
            span((8, 30), 12, "FR"),
        ]),
        ("Montag bis Freitag: 9 bis 12 Uhr\nDonnerstag: 15 bis 18 Uhr", [
            span(9, 12, *WORKDAYS),
            span(15, 18, "TH"),
        ]),
        ("Sa. und So. 10–18 Uhr", [span(10, 18, "SA", "SU")]),
        ("Fr-Mo 10-18", [span(10, 18, "MO", "FR", "SA", "SU")]),
        ("Sonnabend 22-2 Uhr", [span(22, 2, "SA")]),
        ("täglich 8-24 Uhr", [span(8, 24, freq="daily")]),
        ("Di ab 16 Uhr", [span(16, None, "TU")]),
        ("dienstags 16-18 Uhr, bis 18.12.", [span(16, 18, "TU", until=date(2026, 12, 18))]),
        ("dienstags 16-18 Uhr, bis 9.1.", [span(16, 18, "TU", until=date(2027, 1, 9))]),
        ("Di 16-18 Uhr ab 1.9.2026 bis 18.12.2026", [
            span(16, 18, "TU", starts_on=date(2026, 9, 1), until=date(2026, 12, 18)),
        ]),
        ("jeden 2. Dienstag im Monat 15-17 Uhr", [span(15, 17, freq="monthly", nth=("2TU",))]),
        ("1. und 3. Mittwoch im Monat, 9-11", [span(9, 11, freq="monthly", nth=("1WE", "3WE"))]),
        ("jeden letzten Freitag im Monat 18-22 Uhr", [span(18, 22, freq="monthly", nth=("-1FR",))]),
    ],
)  # fmt: skip
def test_hours_as_people_write_them(text, rules):
    hours = parse_hours(text, TODAY)
    assert hours.rules == rules
    assert hours.is_understood


@pytest.mark.parametrize(
    ("text", "refused", "reason"),
    [
        ("Di 25:00-26:00", "25:00", "no_such_time"),
        ("Di 9-12:75", "12:75", "no_such_time"),
        ("Di 18-16 Uhr", "18-16", "end_before_start"),
        ("Di 9-9", "9-9", "end_before_start"),
        ("Di 16-18, bis 31.2.2027", "31.2.2027", "no_such_day"),
        ("Di 24-3 Uhr", "24", "no_such_time"),
    ],
)
def test_mistakes_are_refused(text, refused, reason):
    hours = parse_hours(text, TODAY)
    assert [(each.text, each.reason) for each in hours.refusals] == [(refused, reason)]
    assert not hours.rules


@pytest.mark.parametrize(
    "text",
    [
        "nach Vereinbarung",
        "Mo 9-12 nur in den Ferien",
        "außer Mo 9-12",
        "nicht Mo 9-12",
        "alle 14 Tage Mo 9-12",
        "Mo 9-12 gerade KW",
        "werktags 9-12",
        "16-18 Uhr",
        "Mo 9 Uhr",
        "12.12. 9-12",
        "Mo 9-12 (Juni-August)",
        "2. und letzter Freitag",
        "Öffnungszeiten siehe Aushang",
        "5102 89830",
    ],
)
def test_what_is_not_certain_stays_text(text):
    hours = parse_hours(text, TODAY)
    assert not hours.rules
    assert hours.note == text


def test_half_of_a_text_may_be_certain():
    text = "Mo 9-12 Uhr; nach Vereinbarung auch später"
    hours = parse_hours(text)
    assert hours.rules == [span(9, 12, "MO")]
    assert hours.note == text
    assert parse_hours("Mo 9-12, Di geschlossen").rules == [span(9, 12, "MO")]


def test_a_day_without_its_year_needs_today():
    assert not parse_hours("Di 16-18, bis 18.12.").rules


def test_nothing_gives_nothing():
    assert parse_hours("  ") == parse_hours("")
    assert not parse_hours("Mo 9-12 " * 1000).rules


@given(st.text(alphabet="MoDiFr 0123456789.:-–,;uhrbisab\n", max_size=60))
def test_no_text_breaks_it(text):
    hours = parse_hours(text, TODAY)
    assert hours.rules or hours.note or hours.refusals or not text.strip(" .,;\n")
