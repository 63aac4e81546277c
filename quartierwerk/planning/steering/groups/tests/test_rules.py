from datetime import date

import pytest

from quartierwerk.planning.steering.groups.rules import Department, Fault, Seat, faults, missing

DAY = date(2026, 11, 16)


def test_departments_without_a_seat_are_missing_in_their_order():
    departments = [Department("40"), Department("52"), Department("51")]
    assert missing(departments, [Seat("40"), Seat(None)], DAY) == ["52", "51"]
    assert missing(departments, [], DAY) == ["40", "52", "51"]
    assert missing([], [Seat("40")], DAY) == []


@pytest.mark.parametrize(
    ("until", "found"), [(None, []), (date(2026, 11, 17), []), (DAY, []), (date(2026, 11, 15), ["40"])]
)
def test_a_seat_that_has_ended_is_none(until, found):
    assert missing([Department("40")], [Seat("40", until)], DAY) == found


@pytest.mark.parametrize(("since", "found"), [(DAY, []), (date(2026, 11, 17), ["40"])])
def test_a_seat_to_come_is_none_yet(since, found):
    assert missing([Department("40")], [Seat("40", since=since)], DAY) == found


def test_a_department_that_has_ended_is_missed_by_nobody():
    assert missing([Department("54", date(2024, 12, 31))], [], DAY) == []
    assert missing([Department("54", date(2024, 12, 31))], [], date(2024, 6, 1)) == ["54"]


@pytest.mark.parametrize(
    ("state", "answer", "has_chapter", "found"),
    [
        ("open", "", False, []),
        ("open", " ", True, []),
        ("open", "Ja.", False, [Fault.STILL_OPEN]),
        ("answered", "Ja.", True, []),
        ("answered", " ", True, [Fault.NO_ANSWER]),
        ("answered", "Ja.", False, [Fault.NO_CHAPTER]),
        ("decided", "", False, [Fault.NO_ANSWER, Fault.NO_CHAPTER]),
        ("decided", "Ja.", True, []),
    ],
)  # fmt: skip
def test_answered_means_words_and_a_chapter(state, answer, has_chapter, found):
    assert faults(state, answer=answer, has_chapter=has_chapter) == found
