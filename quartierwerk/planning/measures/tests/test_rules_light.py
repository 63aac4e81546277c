from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from ..rules.light import ByHand, Cause, Facts, Light, Post, Said, Step, light_of
from ..rules.money import Line
from ..rules.stages import Stage

TODAY = date(2026, 11, 16)
ENDS = date(2027, 8, 31)
PLAN = {"stage": Stage.RUNNING, "starts_on": date(2026, 9, 1), "ends_on": ENDS}


def shown(**facts):
    return light_of(Facts(**(PLAN | facts)), TODAY)


def causes(**facts):
    return [reason.cause for reason in shown(**facts).reasons]


def test_running_within_its_dates_is_green_without_reasons():
    assert shown().light == Light.GREEN
    assert shown().reasons == ()


def test_past_the_end_is_red_whatever_anybody_says():
    past = {"ends_on": TODAY - timedelta(days=1), "said": Said("on_track", TODAY)}
    assert shown(**past).light == Light.RED
    by_hand = ByHand("green", "We are nearly there.", TODAY)
    refused = shown(**past, by_hand=by_hand)
    assert refused.light == Light.RED
    assert not refused.is_by_hand
    assert Cause.BY_HAND_REFUSED in [reason.cause for reason in refused.reasons]


def test_the_last_day_itself_is_not_past():
    assert shown(ends_on=TODAY).light == Light.GREEN


def test_a_colour_by_hand_needs_a_comment():
    assert shown(by_hand=ByHand("red", "  ", TODAY)).light == Light.GREEN
    told = shown(by_hand=ByHand("red", "The landlord gave notice.", TODAY))
    assert (told.light, told.computed, told.comment) == (Light.RED, Light.GREEN, "The landlord gave notice.")


def test_only_three_colours_can_be_given_by_hand():
    assert shown(by_hand=ByHand("done", "Done, I think.", TODAY)).light == Light.GREEN


def test_money_that_ends_before_the_measure_is_told_with_both_days():
    line = Line(2026, 3_680_000, is_secured=True, secured_until=date(2027, 4, 30))
    told = shown(costs=(line,))
    assert told.light == Light.AMBER
    assert "30.04.2027" in told.reasons[0].words
    assert "31.08.2027" in told.reasons[0].words


def test_money_secured_for_a_later_year_is_no_reason():
    grant = Line(2026, 100, is_secured=True, secured_until=date(2026, 12, 31))
    assert causes(costs=(grant, Line(2027, 100, is_secured=True))) == []


def test_money_that_ended_is_red():
    line = Line(2026, 100, is_secured=True, secured_until=date(2026, 10, 31))
    assert shown(costs=(line,)).light == Light.RED


def test_unsecured_money_of_this_year_only():
    assert causes(costs=(Line(2026, 100),)) == [Cause.MONEY_UNSECURED]
    assert causes(costs=(Line(2027, 100),)) == []


def test_overspending_is_amber_up_to_a_fifth_and_red_beyond():
    at_limit = Line(2026, 1000, 1200, is_secured=True)
    assert shown(costs=(at_limit,)).light == Light.AMBER
    assert shown(costs=(Line(2026, 1000, 1201, is_secured=True),)).light == Light.RED


def test_overspending_is_not_claimed_while_a_line_is_unclear():
    assert causes(costs=(Line(2026, None, 500), Line(2026, 100, is_secured=True))) == []


def test_a_step_is_overdue_then_late_and_a_done_one_neither():
    overdue = Step("Find rooms", TODAY - timedelta(days=1))
    assert causes(steps=(overdue,)) == [Cause.STEP_OVERDUE]
    assert causes(steps=(Step("Find rooms", TODAY - timedelta(days=29)),)) == [Cause.STEP_LATE]
    assert causes(steps=(Step("Find rooms", TODAY - timedelta(days=29), TODAY),)) == []
    assert causes(steps=(Step("Find rooms", TODAY),)) == []


def test_silence_is_its_own_state_and_no_green():
    assert shown(silent_month=date(2026, 10, 1)).light == Light.NO_REPORT


def test_a_report_since_ends_the_silence():
    told = shown(silent_month=date(2026, 10, 1), said=Said("on_track", date(2026, 11, 3)))
    assert told.light == Light.GREEN


def test_what_is_plainly_wrong_is_not_hidden_by_silence():
    told = shown(silent_month=date(2026, 10, 1), ends_on=date(2026, 10, 1))
    assert told.light == Light.RED
    assert Cause.SILENT in [reason.cause for reason in told.reasons]


def test_a_colour_from_before_the_silence_says_nothing_about_it():
    before = ByHand("green", "Went well in summer.", date(2026, 8, 1))
    assert shown(silent_month=date(2026, 10, 1), by_hand=before).light == Light.NO_REPORT
    since = ByHand("green", "Phoned: all well.", date(2026, 11, 2))
    assert shown(silent_month=date(2026, 10, 1), by_hand=since).light == Light.GREEN


def test_running_without_day_step_and_report_is_unknown_not_green():
    assert shown(ends_on=None).light == Light.NO_REPORT


def test_a_report_of_risk_or_delay_counts():
    assert shown(said=Said("at_risk", TODAY)).light == Light.AMBER
    assert shown(said=Said("late", TODAY)).light == Light.RED


def test_a_post_that_ends_early_or_is_empty_is_a_reason():
    assert causes(posts=(Post("Social worker", True, date(2026, 12, 31)),)) == [Cause.POST_ENDS_EARLY]
    assert causes(posts=(Post("Social worker", False),)) == [Cause.POST_EMPTY]
    assert causes(posts=(Post("Social worker", True, None),)) == []


def test_a_review_that_was_due_is_a_reason_until_somebody_reports():
    assert causes(review_on=date(2026, 11, 1)) == [Cause.REVIEW_PASSED]
    assert causes(review_on=date(2026, 11, 1), said=Said("on_track", date(2026, 11, 2))) == []


def test_before_the_decision_only_dates_count():
    waiting = shown(stage=Stage.PROPOSED, costs=(Line(2026, 100),), silent_month=date(2026, 10, 1))
    assert waiting.light == Light.WAITING
    assert shown(stage=Stage.PROPOSED, ends_on=date(2026, 1, 1)).light == Light.RED


def test_an_adopted_measure_waits_for_its_first_day_and_then_is_late():
    assert shown(stage=Stage.ADOPTED, starts_on=date(2027, 1, 1)).light == Light.WAITING
    assert causes(stage=Stage.ADOPTED, starts_on=date(2026, 11, 1)) == [Cause.START_PASSED]


def test_done_and_stopped_have_no_traffic_light():
    for stage, light in ((Stage.DONE, Light.DONE), (Stage.STOPPED, Light.STOPPED)):
        assert shown(stage=stage, ends_on=date(2020, 1, 1)).light == light


def test_every_cause_has_a_sentence():
    reasons = []
    for stage, said in product((Stage.RUNNING, Stage.ADOPTED), ("late", "at_risk", "done")):
        facts = Facts(
            stage, date(2026, 1, 1), date(2026, 10, 1), date(2026, 5, 1),
            (Step("a", date(2026, 11, 1)), Step("b", date(2026, 2, 1))),
            (Line(2026, 10, 20, True, date(2026, 9, 1)), Line(2026, 5)),
            (Post("p", True, date(2026, 2, 1)), Post("q", False)),
            Said(said, date(2026, 4, 1)), date(2026, 8, 1), ByHand("green", "x", TODAY),
        )  # fmt: skip
        reasons += light_of(facts, TODAY).reasons
        later = Line(2026, 10, 0, True, date(2026, 12, 1))
        facts = Facts(stage, ends_on=ENDS, starts_on=date(2026, 1, 1), costs=(later,))
        reasons += light_of(facts, TODAY).reasons
    reasons += light_of(Facts(Stage.RUNNING), TODAY).reasons
    assert {reason.cause for reason in reasons} == set(Cause)
    assert all(reason.words and "%" not in reason.words for reason in reasons)


days = st.dates(date(2024, 1, 1), date(2029, 12, 31))
maybe_days = st.none() | days
facts_of_any_kind = st.builds(
    Facts,
    stage=st.sampled_from(list(Stage)),
    starts_on=maybe_days,
    ends_on=maybe_days,
    review_on=maybe_days,
    steps=st.lists(st.builds(Step, st.just("step"), days, maybe_days), max_size=3),
    costs=st.lists(
        st.builds(
            Line,
            st.integers(2024, 2029),
            st.none() | st.integers(0, 10**9),
            st.integers(0, 10**9),
            st.booleans(),
            maybe_days,
        ),
        max_size=3,
    ),
    posts=st.lists(st.builds(Post, st.just("post"), st.booleans(), maybe_days), max_size=2),
    said=st.none() | st.builds(Said, st.sampled_from(["on_track", "at_risk", "late", "done"]), days),
    silent_month=maybe_days,
    by_hand=st.none()
    | st.builds(ByHand, st.sampled_from(["green", "amber", "red", "blue"]), st.text(max_size=3), days),
)


@given(facts_of_any_kind, days)
def test_nobody_is_green_past_the_end(facts, today):
    told = light_of(facts, today)
    if facts.ends_on and facts.ends_on < today:
        assert told.light != Light.GREEN
    if told.is_by_hand:
        assert told.comment.strip()


@given(facts_of_any_kind, days)
def test_green_by_itself_names_no_reason_against_it(facts, today):
    told = light_of(facts, today)
    if told.computed == Light.GREEN:
        assert all(
            reason.light == Light.GREEN for reason in told.reasons if reason.cause != Cause.BY_HAND_REFUSED
        )
    elif told.computed in (Light.AMBER, Light.RED, Light.NO_REPORT):
        assert told.reasons[0].words


@given(facts_of_any_kind, days)
def test_silence_never_shows_green_by_itself(facts, today):
    if facts.silent_month and (facts.said is None or facts.said.on < facts.silent_month):
        assert light_of(facts, today).computed != Light.GREEN or facts.stage in (
            Stage.PROPOSED, Stage.PRIORITISED
        )  # fmt: skip
