import pytest

from quartierwerk.chain.models import Relation
from quartierwerk.planning.tests import factories


@pytest.fixture
def plan(cast):
    with cast.in_town():
        field = factories.field("Bildung und Sprache")
        team = factories.team("53")
        need = factories.need(fields=[field])
        measure = factories.measure("Betreuung in den Kursräumen", fields=[field], lead_team=team)
        goal = factories.goal("Alle können einen Kurs besuchen", fields=[field])
        factories.linked(need, measure)
        factories.linked(measure, goal, Relation.MEASURED_BY)
        yield {"field": field, "team": team, "need": need, "measure": measure, "goal": goal}
