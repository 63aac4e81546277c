from datetime import date

from ..rules import FollowUp, Standing, is_for_the_group, is_urgent, standing

TODAY = date(2026, 11, 16)
OPEN, LATE = FollowUp(date(2026, 12, 1)), FollowUp(date(2026, 11, 15))
DONE = FollowUp(date(2026, 10, 1), done_on=date(2026, 9, 30))
WITHDRAWN = FollowUp(date(2026, 10, 1), is_withdrawn=True)


def test_it_stays_open_until_a_task_is_done_or_somebody_says_why_not():
    assert standing([], "") == Standing.OPEN
    assert standing([], " \n") == Standing.OPEN
    assert standing([WITHDRAWN], "") == Standing.OPEN
    assert standing([OPEN], "") == Standing.IN_HAND
    assert standing([DONE, OPEN], "") == Standing.IN_HAND
    assert standing([DONE, WITHDRAWN], "") == Standing.FOLLOWED_UP
    assert standing([], "Die Texte bleiben.") == Standing.NOTHING_TO_DO
    assert standing([OPEN], "Die Texte bleiben.") == Standing.IN_HAND


def test_the_group_talks_about_what_nobody_has_in_hand_or_is_late_with():
    assert is_for_the_group(Standing.OPEN, [], TODAY)
    assert is_for_the_group(Standing.IN_HAND, [LATE], TODAY)
    assert not is_for_the_group(Standing.IN_HAND, [OPEN], TODAY)
    assert not is_for_the_group(Standing.IN_HAND, [FollowUp(TODAY)], TODAY)  # due today is not late
    assert not is_for_the_group(Standing.FOLLOWED_UP, [DONE], TODAY)
    assert not is_for_the_group(Standing.NOTHING_TO_DO, [], TODAY)


def test_it_must_be_talked_about_three_months_before_it_is_in_force():
    assert is_urgent(date(2027, 2, 16), [], TODAY)
    assert not is_urgent(date(2027, 2, 17), [], TODAY)
    assert is_urgent(date(2020, 1, 1), [], TODAY)
    assert not is_urgent(None, [OPEN], TODAY)
    assert is_urgent(None, [LATE], TODAY)
