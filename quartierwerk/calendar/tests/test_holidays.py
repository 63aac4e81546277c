from datetime import date

import pytest

from quartierwerk.calendar.holidays import holidays

YEAR = date(2026, 1, 1), date(2026, 12, 31)


def test_lower_saxony_by_default():
    found = holidays(*YEAR)
    assert len(found) == 10
    assert found[date(2026, 10, 31)] == "Reformationstag"
    assert found[date(2026, 4, 3)] == "Karfreitag"
    assert date(2026, 6, 4) not in found  # Corpus Christi is none here


def test_other_lands_have_their_own():
    assert date(2026, 6, 4) in holidays(*YEAR, "NW")
    assert date(2026, 10, 31) not in holidays(*YEAR, "NW")
    assert date(2026, 3, 8) in holidays(*YEAR, "BE")


def test_a_window_across_new_year_and_one_the_wrong_way_round():
    assert list(holidays(date(2026, 12, 26), date(2027, 1, 1))) == [date(2026, 12, 26), date(2027, 1, 1)]
    assert holidays(date(2027, 1, 1), date(2026, 1, 1)) == {}


def test_law_of_the_year_counts():
    assert date(2017, 10, 31) in holidays(
        date(2017, 10, 31), date(2017, 10, 31), "BY"
    )  # once, 500 years after
    assert date(2016, 10, 31) not in holidays(date(2016, 10, 31), date(2016, 10, 31))


def test_an_unknown_land_is_refused():
    with pytest.raises(ValueError, match="is no Land"):
        holidays(*YEAR, "XX")
