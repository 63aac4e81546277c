"""Stages, completeness, money, posts, goals, priorities, joint work, the monthly update."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..rules import breadth, completeness, goals, money, posts, priority, reporting
from ..rules.months import shifted, whole_months
from ..rules.stages import OF_MEASURES, OF_NEEDS, NeedState, Refusal, Stage, refusals, words

TODAY = date(2026, 11, 16)


# Stages


def test_nothing_is_adopted_without_a_decision():
    for stage in Stage:
        found = refusals(OF_MEASURES, stage, Stage.ADOPTED, reason="x", has_decision=False)
        if stage == Stage.RUNNING:  # back to "adopted": it was decided before
            assert found == []
        else:
            assert Refusal.NO_DECISION in found or found == [Refusal.NOT_FROM_HERE]


def test_an_incomplete_measure_is_not_adopted_even_with_a_decision():
    found = refusals(OF_MEASURES, Stage.PRIORITISED, Stage.ADOPTED, has_decision=True, missing=["lead"])
    assert found == [Refusal.INCOMPLETE]


def test_stopping_and_going_back_need_a_reason():
    assert refusals(OF_MEASURES, Stage.RUNNING, Stage.STOPPED, reason=" \n") == [Refusal.NO_REASON]
    assert refusals(OF_MEASURES, Stage.RUNNING, Stage.STOPPED, reason="no rooms") == []
    for stage, moves in OF_MEASURES.items():
        for move in moves:
            if move.is_back:
                assert Refusal.NO_REASON in refusals(OF_MEASURES, stage, move.target), (stage, move)


def test_running_only_after_the_decision():
    for stage in (Stage.PROPOSED, Stage.PRIORITISED, Stage.STOPPED):
        assert refusals(OF_MEASURES, stage, Stage.RUNNING, reason="x", has_decision=True) == [
            Refusal.NOT_FROM_HERE
        ]


def test_done_with_open_steps_asks_once():
    done = {"now": Stage.RUNNING, "target": Stage.DONE, "open_steps": 2}
    assert refusals(OF_MEASURES, **done) == [Refusal.STEPS_OPEN]
    assert refusals(OF_MEASURES, **done, in_spite_of_open_steps=True) == []


def test_a_rejected_need_has_a_public_reason():
    assert refusals(OF_NEEDS, NeedState.NEW, NeedState.REJECTED) == [Refusal.NO_PUBLIC_REASON]
    assert refusals(OF_NEEDS, NeedState.NEW, NeedState.REJECTED, reason="The county does it.") == []


@pytest.mark.parametrize("now", [NeedState.ACCEPTED, NeedState.BEING_MET])
def test_a_need_is_not_met_by_nothing(now):
    assert refusals(OF_NEEDS, now, NeedState.MET) == [Refusal.NO_ANSWER]
    assert refusals(OF_NEEDS, now, NeedState.MET, reason=" ") == [Refusal.NO_ANSWER]
    assert refusals(OF_NEEDS, now, NeedState.MET, has_answer=True) == []
    assert refusals(OF_NEEDS, now, NeedState.MET, reason="Die Landeshilfe zahlt jetzt.") == []


def test_unknown_stages_lead_nowhere():
    assert refusals(OF_MEASURES, "dreamt", Stage.DONE, reason="x") == [Refusal.NOT_FROM_HERE]


def test_each_stage_is_reached_and_left():
    for table, kinds in ((OF_MEASURES, Stage), (OF_NEEDS, NeedState)):
        assert set(table) == set(kinds)
        assert {move.target for moves in table.values() for move in moves} == set(kinds)


def test_every_refusal_has_words():
    assert all(words(one) for one in Refusal)


# The five questions


def test_a_full_measure_misses_nothing():
    full = completeness.Answers(
        "Two courses", TODAY, TODAY, True, Decimal("19.50"), 0, 1, 0, TODAY, "Yearly report"
    )
    assert completeness.missing(full) == []


def test_an_empty_measure_misses_all_five():
    found = completeness.missing(completeness.Answers(what="  "))
    assert completeness.unanswered(found) == list(completeness.Question)
    assert all(completeness.words(one) for one in completeness.Missing)


def test_nought_is_an_answer_and_to_be_clarified_is_none():
    voluntary = completeness.Answers(hours_per_week=Decimal(0), cost_lines=1)
    assert completeness.Question.MEANS not in completeness.unanswered(completeness.missing(voluntary))
    unclear = completeness.Answers(hours_per_week=Decimal(0), cost_lines=1, unclear_cost_lines=1)
    assert completeness.Missing.MONEY in completeness.missing(unclear)


# Money

amounts = st.integers(0, 10**13)
lines = st.lists(
    st.builds(money.Line, st.integers(2020, 2035), st.none() | amounts, amounts, st.booleans()), max_size=30
)


@given(lines)
def test_years_add_up_to_the_total_in_cents(rows):
    assert sum(money.by_year(rows).values(), money.Sums()) == money.total(rows)
    sums = money.total(rows)
    assert sums.secured + sums.unsecured == sums.planned
    assert sums.spent + sums.left == sums.planned


def test_unclear_is_counted_and_is_not_nought():
    sums = money.total([money.Line(2026, None, 50), money.Line(2026, 0)])
    assert (sums.planned, sums.spent, sums.unclear) == (0, 50, 1)


def test_negative_amounts_are_refused():
    with pytest.raises(ValueError, match="not negative"):
        money.Line(2026, -1)


# Months and posts


def test_months_end_where_the_month_ends():
    assert shifted(date(2026, 8, 31), -6) == date(2026, 2, 28)
    assert shifted(date(2028, 2, 29), -12) == date(2027, 2, 28)
    assert shifted(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert shifted(date(2026, 12, 31), -6) == date(2026, 6, 30)
    assert shifted(date(2026, 1, 31), 1) == date(2026, 2, 28)


def test_whole_months_do_not_round_up():
    assert whole_months(date(2026, 11, 16), date(2026, 12, 15)) == 0
    assert whole_months(date(2026, 11, 16), date(2026, 12, 16)) == 1
    assert whole_months(date(2027, 1, 31), date(2027, 2, 28)) == 1
    assert whole_months(date(2027, 1, 31), date(2026, 2, 28)) == 0


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(0, 60))
def test_counted_months_lead_back_within_the_days_left(day, months):
    assert whole_months(day, shifted(day, months)) == months


def test_a_half_post_until_new_year_is_told_of_six_months_before():
    ends = date(2026, 12, 31)
    assert posts.due_alert(ends, date(2026, 6, 29), [12]) is None
    assert posts.due_alert(ends, date(2026, 6, 30), [12]) == 6
    assert posts.due_alert(ends, date(2026, 7, 1), [12, 6]) is None
    assert posts.due_alert(ends, date(2026, 9, 30), [12, 6]) == 3


def test_posts_of_leap_days_and_long_months_are_told_of_in_time():
    assert posts.due_alert(date(2028, 2, 29), date(2027, 2, 27)) is None
    assert posts.due_alert(date(2028, 2, 29), date(2027, 2, 28)) == 12
    assert posts.due_alert(date(2027, 8, 31), date(2027, 2, 28), [12]) == 6


def test_a_post_entered_late_gets_the_nearest_alert_only():
    assert posts.due_alert(date(2027, 1, 10), TODAY) == 3
    assert posts.due_alert(date(2027, 1, 10), TODAY, [3]) is None


def test_permanent_and_ended_posts_give_no_alert():
    assert posts.due_alert(None, TODAY) is None
    assert posts.due_alert(TODAY - timedelta(days=1), TODAY) is None
    assert posts.runway(None, TODAY) is None
    assert posts.runway(TODAY - timedelta(days=1), TODAY).is_over


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.dates(date(2024, 1, 1), date(2026, 1, 1)))
def test_watched_every_day_each_alert_comes_once_in_order(ends, start):
    sent: list[int] = []
    day = start
    while day <= ends:
        if due := posts.due_alert(ends, day, sent):
            sent.append(due)
        day += timedelta(days=5)
    assert sent == sorted(sent, reverse=True)
    assert sent == list(posts.ALERTS)[len(posts.ALERTS) - len(sent) :]
    assert 3 in sent


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_lists_and_alerts_agree_about_what_is_due(ends, today):
    for months in posts.ALERTS:
        assert (posts.alert_day(ends, months) <= today) == (ends <= posts.last_end_told_of(today, months))


# Goals


def indicator(**more):
    values = {"baseline": Decimal(26), "target": Decimal(8), "direction": "down"}
    return goals.Indicator(
        **(values | {"baseline_on": date(2026, 1, 1), "target_on": date(2028, 1, 1)} | more)
    )


def test_a_falling_indicator_makes_progress():
    told = goals.progress("indicator", indicator(), [(date(2026, 10, 1), Decimal("17"))], TODAY)
    assert (told.state, told.percent) == (goals.State.ON_WAY, 50)


def test_slower_than_planned_is_behind_and_the_wrong_way_is_away():
    assert goals.progress("indicator", indicator(), [(TODAY, Decimal(25))], TODAY).state == goals.State.BEHIND
    told = goals.progress("indicator", indicator(), [(TODAY, Decimal(30))], TODAY)
    assert (told.state, told.percent) == (goals.State.AWAY, 0)


def test_reached_counts_in_the_goals_own_direction():
    assert goals.progress("indicator", indicator(), [(TODAY, Decimal(7))], TODAY).state == goals.State.REACHED
    up = indicator(baseline=Decimal(1), target=Decimal(5), direction="up")
    assert goals.progress("indicator", up, [(TODAY, Decimal(7))], TODAY).percent == 100


def test_values_of_the_future_do_not_count():
    told = goals.progress("indicator", indicator(), [(TODAY + timedelta(days=1), Decimal(8))], TODAY)
    assert told.state == goals.State.NO_VALUES


def test_what_is_not_known_is_said_and_never_nought():
    values = [(TODAY, Decimal(12))]
    assert goals.progress("", indicator(), values, TODAY).state == goals.State.NO_EVIDENCE
    assert goals.progress("qualitative", indicator(), [], TODAY).share is None
    assert goals.progress("indicator", indicator(target=None), values, TODAY).state == goals.State.NO_TARGET
    assert goals.progress("indicator", indicator(baseline=None), values, TODAY).state == goals.State.NO_START


def test_a_target_against_the_direction_is_named():
    assert goals.problems(indicator(direction="up")) == ["target"]
    assert goals.problems(indicator(target=Decimal(26))) == ["target"]
    assert goals.problems(indicator(target_on=date(2025, 1, 1))) == ["target_on"]
    assert goals.problems(indicator()) == []


# Priorities


def judged(urgency=3, reach=3, cost=3, readiness=3):
    return priority.score({"urgency": urgency, "reach": reach, "cost": cost, "readiness": readiness})


def test_the_score_is_the_sum_of_its_visible_parts():
    told = judged(5, 4, 1, 2)
    assert told.points == 35 + 22 + 0 + 5 + 1  # 22.5 rounds up with the whole
    assert [part.name for part in told.reasons][:2] == ["urgency", "reach"]
    assert judged(1, 1, 1, 1).points == 0
    assert judged(5, 5, 5, 5).points == 100


def test_a_missing_judgement_gives_no_score():
    told = priority.score({"urgency": 5, "reach": None})
    assert told.points is None
    assert told.missing == ("reach", "cost", "readiness")


def test_judgements_out_of_range_and_wrong_weights_are_refused():
    with pytest.raises(ValueError, match="1 to 5"):
        judged(urgency=6)
    with pytest.raises(ValueError, match="sum 100"):
        priority.score({}, {"urgency": 60, "reach": 60})


def candidate(key, points, place=None):
    reason = "The council asked for it." if place else ""
    return priority.Candidate(key, key, judged(points, points, points, points), place, reason)


def test_a_place_by_hand_stands_and_shows_what_the_score_said():
    placed = priority.ranking([candidate("a", 5), candidate("b", 4), candidate("c", 1, place=1)])
    assert [one.candidate.key for one in placed] == ["c", "a", "b"]
    assert placed[0].by_score == 3


def test_two_who_want_one_place_stand_below_each_other_by_score():
    placed = priority.ranking([candidate("a", 2, place=1), candidate("b", 4, place=1), candidate("c", 5)])
    assert [one.candidate.key for one in placed] == ["b", "a", "c"]


def test_a_place_by_hand_needs_a_reason():
    with pytest.raises(ValueError, match="has a reason"):
        priority.Candidate("a", "a", judged(), 1, " ")


@given(st.lists(st.tuples(st.integers(1, 5), st.none() | st.integers(1, 12)), max_size=12))
def test_everybody_gets_one_place(rows):
    placed = priority.ranking([candidate(str(n), points, place) for n, (points, place) in enumerate(rows)])
    assert [one.place for one in placed] == list(range(1, len(rows) + 1))
    assert sorted(one.by_score for one in placed) == list(range(1, len(rows) + 1))


# Joint work


def joint(measure, year, departments, partners, field="education"):
    return breadth.Joint(measure, field, year, frozenset(departments), partners)


def test_two_departments_and_a_partner_make_a_measure_joint():
    found = breadth.shares(
        [joint("a", 2026, {50, 53}, 1), joint("b", 2026, {50, 53}, 0), joint("c", 2026, {50}, 3)]
    )
    share = found["education", 2026]
    assert (len(share.joint), len(share.measures), share.percent) == (1, 3, 33)
    assert not share.fell_back


def test_two_of_three_are_67_percent():
    found = breadth.shares([joint(name, 2026, {50, 53}, name != "c") for name in "abc"])
    assert found["education", 2026].percent == 67


def test_a_field_that_falls_to_one_department_is_warned_of():
    found = breadth.shares(
        [joint("a", 2025, {50, 53}, 1), joint("b", 2026, {50}, 1), joint("c", 2026, {50}, 0)]
    )
    assert found["education", 2026].fell_back
    assert not found["education", 2025].fell_back


def test_a_field_with_one_department_from_the_start_did_not_fall():
    found = breadth.shares([joint("a", 2025, {50}, 1), joint("b", 2026, {50}, 1)])
    assert not found["education", 2026].fell_back


# The monthly update


def asked(days, reminded=0, answered_on=None):
    return reporting.Asked(date(2026, 11, 1), TODAY - timedelta(days=days), reminded, answered_on)


def test_asked_reminded_twice_then_silent():
    assert reporting.due_step(None, date(2026, 11, 1)) == reporting.Step.ASK
    assert reporting.due_step(None, date(2026, 11, 8)) is None  # two reminders would not fit into the month
    assert reporting.due_step(asked(6), TODAY) is None
    assert reporting.due_step(asked(7), TODAY) == reporting.Step.REMIND
    assert reporting.due_step(asked(13, 1), TODAY) is None
    assert reporting.due_step(asked(14, 1), TODAY) == reporting.Step.REMIND_AGAIN
    assert reporting.due_step(asked(15, 2), TODAY) is None
    assert not reporting.is_silent(asked(20, 2), TODAY)
    assert reporting.is_silent(asked(21, 2), TODAY)


def test_nobody_is_reminded_after_an_answer_or_of_a_month_that_is_over():
    assert reporting.due_step(asked(10, answered_on=TODAY), TODAY) is None
    old = reporting.Asked(date(2026, 10, 1), date(2026, 10, 2), 0)
    assert reporting.due_step(old, TODAY) is None


def test_one_reminder_alone_makes_nobody_silent():
    assert not reporting.is_silent(asked(30, 1), TODAY)


def test_a_link_answers_until_the_end_of_the_next_month():
    assert reporting.valid_until(date(2026, 12, 1)) == date(2027, 1, 31)


def test_done_with_open_steps_asks_back_once():
    assert reporting.asks_back("done", 1, sure=False)
    assert not reporting.asks_back("done", 1, sure=True)
    assert not reporting.asks_back("done", 0, sure=False)
    assert not reporting.asks_back("at_risk", 3, sure=False)
