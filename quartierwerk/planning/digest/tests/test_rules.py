"""Which days a week's mail is about."""

from datetime import date

import pytest

from ..rules import Week


@pytest.mark.parametrize("day", [date(2026, 11, 16), date(2026, 11, 18), date(2026, 11, 22)])
def test_every_day_of_a_week_gives_the_same_week(day):
    assert Week.of(day) == Week(date(2026, 11, 16))
    assert Week.of(day).sunday == date(2026, 11, 22)
    assert Week.of(day).before == Week(date(2026, 11, 9))


@pytest.mark.parametrize(
    ("day", "is_due"),
    [
        (None, False),
        (date(2026, 11, 22), True),
        (date(2026, 11, 23), False),
        (date(2026, 10, 1), True),  # overdue
        (date(2026, 9, 1), False),  # so long that the work list keeps it
    ],
)
def test_due_is_what_falls_into_the_week_or_is_overdue(day, is_due):
    assert Week(date(2026, 11, 16)).is_due(day) is is_due
