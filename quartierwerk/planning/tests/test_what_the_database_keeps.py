"""What stays true of the plan also under bulk writes and raw SQL."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from quartierwerk.chain.models import Link
from quartierwerk.tenants.models import Visibility

from ..models import CostLine, FieldOfAction, Goal, Measure, MeasureInField, Need, Resource, StateReport
from . import factories

REFUSED = {
    "need_rejected_with_reason": lambda: factories.need(state="rejected"),
    "need_urgency": lambda: factories.need(urgency=4),
    "measure_stopped_with_reason": lambda: factories.measure(stage="stopped"),
    "measure_ends_after_it_begins": lambda: factories.measure(
        starts_on=date(2026, 3, 1), ends_on=date(2026, 2, 28)
    ),
    "measure_colour_with_comment": lambda: factories.measure(manual_light="green"),
    "measure_rank_with_reason": lambda: factories.measure(rank_override=1),
    "measure_scores": lambda: factories.measure(score_reach=6),
    "goal_indicator_is_named": lambda: factories.goal(evidence_kind="indicator"),
    "goal_evidence_has_words": lambda: factories.goal(evidence_kind="qualitative"),
    "costs_not_negative": lambda: CostLine.objects.create(
        measure=factories.measure(), year=2026, label="Honorare", planned_cents=-1
    ),
    "post_share": lambda: factories.post(share_percent=101),
    "report_of_a_whole_month": lambda: StateReport.objects.create(
        measure=factories.measure(), team=factories.team(), month=date(2026, 11, 2)
    ),
    "resource_once": lambda: [factories.resource("Netzwerk für Geflüchtete"), factories.resource("NETZWERK  für Geflüchtete")],
    "field_name_once": lambda: [
        FieldOfAction.objects.create(concept=factories.concept(), name=name) for name in ("Wohnen", "wohnen ")
    ],
}  # fmt: skip


@pytest.mark.parametrize("constraint", REFUSED)
def test_what_would_not_be_true_is_refused(cast, constraint):
    with cast.in_town(), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        REFUSED[constraint]()


def test_visitors_see_a_measure_in_its_field_once_measure_and_concept_are_public(cast):
    with cast.in_town():
        concept = factories.concept(visibility=Visibility.TENANT)
        field = factories.field(concept=concept)
        measure = factories.measure(fields=[field], visibility=Visibility.TENANT)
    with cast.at_portal():
        assert not FieldOfAction.published.exists()
        assert not MeasureInField.published.exists()
    with cast.in_town():
        for record in (concept, measure):
            record.visibility = Visibility.PUBLIC
            record.save()
    with cast.at_portal():
        assert FieldOfAction.published.get() == field
        assert MeasureInField.published.get().measure_id == measure.pk


def test_needs_measures_and_goals_are_elements_of_the_chain(cast):
    with cast.in_town():
        need, measure, goal = factories.need(), factories.measure(), factories.goal()
        factories.linked(need, measure)
        factories.linked(measure, goal, "measured by")
        assert Link.objects.filter(visibility=Visibility.PUBLIC).count() == 2
        kinds = [one.element.kind for one in (need, measure, goal)]
    assert kinds == ["need", "measure", "goal"]


def test_nobody_of_the_neighbouring_town_sees_the_plan(cast):
    with cast.in_town():
        field = factories.field()
        factories.need(fields=[field])
        factories.measure(fields=[field])
        factories.goal(fields=[field])
        factories.resource(fields=[field])
    with cast.in_other():
        for model in (FieldOfAction, Need, Measure, Goal, Resource):
            assert not model.objects.exists()
