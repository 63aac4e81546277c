"""What nobody entered is told as such: never as zero, never as good."""

from datetime import date

import pytest
from django.utils import translation

from quartierwerk.planning.measures.rules.light import Cause, Light, Reason
from quartierwerk.planning.measures.rules.money import Line
from quartierwerk.planning.models import Stage
from quartierwerk.planning.showing import money, words
from quartierwerk.planning.showing.states import LABELS, MEANINGS, SIGNS, State, state_of


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def told(*lines):
    return [(one.year, one.planned, one.secured, one.spent) for one in money.years(lines)]


def test_unknown_cost_is_to_be_clarified_and_never_zero():
    ((year, planned, secured, spent),) = told(Line(2027, None))
    assert year == 2027
    assert "to be clarified" in planned
    assert "nothing promised" in secured
    assert "nothing reported" in spent
    assert not any("0" in words for words in (planned, secured, spent))


def test_zero_that_somebody_entered_is_an_answer():
    ((_year, planned, _secured, _spent),) = told(Line(2027, 0))
    assert "0\xa0€" in planned or "0 €" in planned


def test_a_year_with_a_known_and_an_unknown_line_says_both():
    ((_year, planned, _secured, _spent),) = told(Line(2027, 120_000), Line(2027, None))
    assert "1.200" in planned
    assert "to be clarified" in planned


def test_a_promise_without_sum_is_no_promise_of_nothing():
    ((_year, _planned, secured, _spent),) = told(Line(2027, None, is_secured=True))
    assert "to be clarified" in secured


def test_several_years_end_with_all_together():
    rows = told(Line(2026, 100_00, 5_000, True), Line(2027, 200_00))
    assert [year for year, *_ in rows] == [2026, 2027, 0]
    assert "300" in rows[-1][1]
    assert "50" in rows[-1][3]


def test_no_line_at_all_gives_no_table():
    assert told() == []
    assert "to be clarified" in money.in_short([])


def test_cents_stay_where_there_are_any():
    assert "179.077,90" in words.euros(17_907_790)
    assert "," not in words.euros(17_907_700)


@pytest.mark.parametrize("light", list(Light))
def test_before_the_council_decided_there_is_no_light(light):
    assert state_of(Stage.PROPOSED, light) == State.PROPOSED
    assert state_of(Stage.PRIORITISED, light) == State.PROPOSED
    assert state_of(Stage.RUNNING, light) != State.PROPOSED


def test_every_state_has_a_word_a_shape_and_a_meaning():
    assert set(LABELS) == set(SIGNS) == set(MEANINGS) == set(State)


def test_a_post_is_not_named_to_visitors():
    for cause, values in (
        (Cause.POST_EMPTY, ("Stelle Kanari",)),
        (Cause.POST_ENDS_EARLY, ("Stelle Kanari", date(2027, 4, 30))),
    ):
        sentence = words.of_reason(Reason(cause, Light.AMBER, values), "de")
        assert sentence
        assert "Kanari" not in sentence


def test_a_reason_without_sentence_for_visitors_is_left_out():
    reason = Reason(Cause.BY_HAND_REFUSED, Light.RED, (date(2026, 10, 31),))
    assert words.of_reasons((reason,), "de") == []


def test_markup_in_a_step_is_shown_as_text():
    reason = Reason(Cause.STEP_OVERDUE, Light.AMBER, ("<b>Fest</b>", date(2026, 10, 31)))
    assert "&lt;b&gt;Fest" in words.of_reason(reason, "de")
