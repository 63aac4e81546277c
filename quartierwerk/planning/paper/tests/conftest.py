import pytest

from quartierwerk.documents.tests.conftest import built_fonts  # noqa: F401 (used by every test here)
from quartierwerk.planning.models import CostLine, Goal, Measure, Milestone, Stage
from quartierwerk.planning.tests import factories


@pytest.fixture
def plan(cast):
    """A small concept with one record of each kind that may be shown, and one that may not."""
    with cast.in_town():
        field = factories.field(description="Sprache öffnet Türen.", position=1)
        factories.field("Geflüchtete", is_detailed=False, position=2)
        other = factories.field("Wohnen", position=3)
        need = factories.need(fields=[field], urgency=3, state="accepted")
        factories.need("Bedarf, den noch niemand sehen soll", fields=[field], visibility="tenant")
        goal = factories.goal(
            fields=[field],
            evidence_kind=Goal.Evidence.INDICATOR,
            indicator_name="Plätze in Kursen",
            baseline=10,
            target=40,
        )
        measure = factories.measure(
            fields=[field, other],
            what="Drei Gruppen am Vormittag",
            internal_notes="Frau Geheim fragen",
            stage=Stage.RUNNING,
            space=cast.middle,
            lead_team=factories.team(),
            manual_comment="",
        )
        factories.measure("Maßnahme im Entwurf", fields=[field], visibility="tenant")
        CostLine.objects.create(
            measure=measure, year=2026, label="Honorare", planned_cents=1_230_050, spent_cents=100_000
        )
        CostLine.objects.create(measure=measure, year=2027, label="Räume", planned_cents=None)
        Milestone.objects.create(measure=measure, title="Räume finden", due_on="2026-01-31")
        factories.resource(fields=[field])
        factories.linked(need, measure)
        factories.linked(measure, goal, "measured_by")
        yield field.concept


SECRET = ("Frau Geheim", "Maßnahme im Entwurf", "Bedarf, den noch niemand sehen soll")


@pytest.fixture
def measure(plan) -> Measure:
    return Measure.objects.get(title="Betreuung in den Kursräumen")
