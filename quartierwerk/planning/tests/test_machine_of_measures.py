"""Whatever is done to a measure, in whatever order: nothing is adopted without a decision, nothing stops without a
reason, costs add up to the cent, and nothing is green past its end."""

from collections import defaultdict
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from quartierwerk.rights import Role

from ..measures import facts, moves
from ..measures.rules import light, money
from ..measures.rules.light import Light
from ..models import CostLine, Measure, Milestone, StageChange
from . import factories

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DECIDED = {"adopted", "running", "done"}
# Written down here once more, on purpose: (from, to) → what the step needs.
STEPS: dict[tuple[str, str], set[str]] = {
    ("proposed", "prioritised"): set(),
    ("proposed", "adopted"): {"decision", "complete"},
    ("proposed", "stopped"): {"reason"},
    ("prioritised", "adopted"): {"decision", "complete"},
    ("prioritised", "proposed"): {"reason"},
    ("prioritised", "stopped"): {"reason"},
    ("adopted", "running"): set(),
    ("adopted", "prioritised"): {"reason"},
    ("adopted", "stopped"): {"reason"},
    ("running", "done"): {"steps"},
    ("running", "adopted"): {"reason"},
    ("running", "stopped"): {"reason"},
    ("done", "running"): {"reason"},
    ("stopped", "proposed"): {"reason"},
}
STAGES = sorted({stage for step in STEPS for stage in step})
reasons = st.sampled_from(["", "  ", "Kein Geld mehr."])
cents = st.integers(0, 10**12)
TODAY = date(2026, 11, 16)


class MeasureMachine(RuleBasedStateMachine):
    """One measure in a world of its own, which is undone at the end."""

    def __init__(self, by):
        super().__init__()
        self.world = transaction.atomic()
        self.world.__enter__()
        self.by = by
        self.field = factories.field()
        self.pk = factories.measure(fields=[self.field], lead_team=factories.team()).pk
        self.stage, self.decisions, self.answered = "proposed", 0, False
        self.lines: dict[object, tuple[int, int | None, int, bool]] = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)

    @property
    def complete(self) -> bool:
        """The five questions; of the money at least one amount that is not still to be clarified."""
        return self.answered and any(planned is not None for _, planned, _, _ in self.lines.values())

    @property
    def measure(self) -> Measure:
        return facts.with_parts(Measure.objects.all()).get(pk=self.pk)

    @initialize(whole=st.booleans())
    def begin(self, whole):
        self.answer_the_five_questions(whole)

    @rule(to=st.sampled_from(STAGES), reason=reasons, in_spite=st.booleans())
    def jump(self, to, reason, in_spite):
        self.move(to, reason, in_spite)

    @rule(data=st.data(), reason=reasons, in_spite=st.booleans())
    def go_on(self, data, reason, in_spite):
        """A step that the page offers: more often met than one that nobody offers."""
        offered = sorted(to for now, to in STEPS if now == self.stage)
        self.move(data.draw(st.sampled_from(offered)), reason, in_spite)

    def move(self, to, reason, in_spite):
        asks = STEPS.get((self.stage, to))
        steps_open = Milestone.objects.filter(measure=self.pk, done_on=None).exists()
        fits = asks is not None and not (
            ("reason" in asks and not reason.strip())
            or ("decision" in asks and not self.decisions)
            or ("complete" in asks and not self.complete)
            or ("steps" in asks and steps_open and not in_spite)
        )
        try:
            moves.move_measure(self.measure, to, by=self.by, reason=reason, in_spite_of_open_steps=in_spite)
        except moves.NotPossible:
            assert not fits, (self.stage, to)
        else:
            assert fits, (self.stage, to)
            self.stage = to

    @precondition(lambda self: self.decisions < 2)
    @rule()
    def the_council_decides(self):
        self.decisions += 1
        factories.adopted_edition(self.decisions, concept=self.field.concept)

    @rule(whole=st.booleans())
    def answer_the_five_questions(self, whole):
        values = {
            "what": "Zwei Kurse", "starts_on": TODAY, "ends_on": TODAY + timedelta(days=90), "hours_per_week": 5,
            "review_on": TODAY + timedelta(days=60), "review_how": "Befragung",
        }  # fmt: skip
        if not whole:
            values["what"] = ""
        Measure.objects.filter(pk=self.pk).update(**values)
        if not self.lines:
            self.plan_money(2026, 120_000, 0, False)
        self.answered = whole

    @rule(year=st.integers(2024, 2030), planned=st.none() | cents, spent=cents, secured=st.booleans())
    def plan_money(self, year, planned, spent, secured):
        row = CostLine.objects.create(
            measure_id=self.pk, year=year, label="Honorare", planned_cents=planned, spent_cents=spent, is_secured=secured
        )  # fmt: skip
        self.lines[row.pk] = (year, planned, spent, secured)

    @precondition(lambda self: self.lines)
    @rule(data=st.data())
    def drop_money(self, data):
        pk = data.draw(st.sampled_from(sorted(self.lines, key=str)))
        CostLine.objects.filter(pk=pk).delete()
        del self.lines[pk]

    @rule(days=st.integers(-60, 60), done=st.booleans())
    def plan_step(self, days, done):
        due = TODAY + timedelta(days=days)
        Milestone.objects.create(
            measure_id=self.pk, title="Raum finden", due_on=due, done_on=due if done else None
        )

    @rule(colour=st.sampled_from(["", "green", "amber", "red"]), comment=st.sampled_from(["", "Alles gut."]))
    def colour_by_hand(self, colour, comment):
        try:
            moves.set_light(self.measure, colour, comment, by=self.by)
        except ValueError:
            assert colour
            assert not comment

    @rule(days=st.integers(-400, 400))
    def end(self, days):
        ends_on = TODAY + timedelta(days=days)
        Measure.objects.filter(pk=self.pk).update(ends_on=ends_on, starts_on=min(TODAY, ends_on))

    @invariant()
    def the_record_is_true(self):
        row = self.measure
        self.nothing_is_adopted_without_a_decision(row)
        self.what_stopped_says_why_and_the_way_is_told_whole(row)
        self.costs_add_up_to_the_cent(row)
        self.nothing_is_green_past_its_end(row)

    def nothing_is_adopted_without_a_decision(self, row):
        assert row.stage == self.stage
        assert row.stage not in DECIDED or self.decisions

    def what_stopped_says_why_and_the_way_is_told_whole(self, row):
        assert bool(row.stopped_reason.strip()) == (row.stage == "stopped")
        now = "proposed"
        for change in StageChange.objects.filter(measure=row).order_by("at", "id"):
            assert change.earlier == now
            assert change.reason.strip() or "reason" not in STEPS[now, change.later]
            now = change.later
        assert now == row.stage

    def costs_add_up_to_the_cent(self, row):
        lines = [facts.line(one) for one in row.cost_lines.all()]
        sums = money.total(lines)
        years: dict[int, int] = defaultdict(int)
        for year, planned, _spent, _secured in self.lines.values():
            years[year] += planned or 0
        assert sums.planned == sum(years.values())
        assert sums.spent == sum(spent for _, _, spent, _ in self.lines.values())
        assert sums.secured == sum(planned or 0 for _, planned, _, secured in self.lines.values() if secured)
        assert {year: one.planned for year, one in money.by_year(lines).items()} == years
        assert all(type(value) is int for value in (sums.planned, sums.secured, sums.spent, sums.left))

    def nothing_is_green_past_its_end(self, row):
        told = facts.light_facts(row, None, None)
        for days in (-30, 0, 1, 400):
            day = TODAY + timedelta(days=days)
            shown = light.light_of(told, day)
            if row.ends_on and row.ends_on < day:
                assert shown.light != Light.GREEN
                assert shown.computed != Light.GREEN


def test_a_measure_stays_true_whatever_is_done_to_it(cast):
    with cast.in_town():
        by = cast.person(Role.COORDINATOR)
        run_state_machine_as_test(
            lambda: MeasureMachine(by),
            settings=settings(
                max_examples=20,
                stateful_step_count=25,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
