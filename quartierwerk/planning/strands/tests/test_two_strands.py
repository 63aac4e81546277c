"""Two strategies in one municipality: the same machinery for both, records that serve both, and no sum mixes them (R2.17)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quartierwerk.planning.editions import picture
from quartierwerk.planning.matrix import holding
from quartierwerk.planning.models import Concept, CostLine, Measure, Meeting, Milestone, Need
from quartierwerk.planning.paper import formats, state
from quartierwerk.planning.steering.register import agenda
from quartierwerk.planning.tests import factories
from quartierwerk.rights import Role, worker
from quartierwerk.testing import Cast
from quartierwerk.testing import cast as whole_cast

from .. import sharing

TODAY = timezone.localdate()


@pytest.fixture
def cast(db) -> Cast:
    return whole_cast()


@pytest.fixture
def both(cast):
    """Integration with two measures, ageing with two, one of them serves both; the same name of a field in each."""
    with cast.in_town():
        integration = factories.concept()
        ageing = factories.concept("alter", title="Gut älter werden", kind="other", position=1)
        fields = [factories.field("Begegnung", concept=one) for one in (integration, ageing)]
        measures = {
            "Sprachcafé": fields[:1], "Seniorentreff": fields[1:], "Offener Mittagstisch": fields,
        }  # fmt: skip
        for cents, (title, inside) in enumerate(measures.items(), start=1):
            made = factories.measure(
                title,
                fields=inside,
                stage="running",
                ends_on=TODAY + timedelta(days=300),
                starts_on=date(2020, 1, 1),
            )
            CostLine.objects.create(measure=made, year=TODAY.year, label="Sachkosten", planned_cents=cents)
            Milestone.objects.create(
                measure=made, title=f"Schritt {title}", due_on=TODAY - timedelta(days=60)
            )
            need = factories.need(f"Bedarf für {title}", fields=inside, state=Need.State.ACCEPTED)
            factories.linked(need, made)
            goal = factories.goal(f"Ziel von {title}", fields=inside)
            factories.linked(made, goal, "measured by")
            factories.post(f"Stelle {title}", measure=made, filled=True, ends_on=TODAY + timedelta(days=40))
        factories.resource("Saal im Stadthaus", fields=fields)
        factories.post("Stelle ohne Maßnahme", filled=True, ends_on=TODAY + timedelta(days=40))
        # A need of one strategy behind a measure of the other alone: tied, and still no part of it.
        factories.linked(Need.objects.get(title="Bedarf für Sprachcafé"), _measure("Seniorentreff"))
        yield integration, ageing


def _measure(title):
    return Measure.objects.get(title=title)


def address(name, **keys):
    return reverse(f"planning_staff:{name}", kwargs={"tenant": "musterstadt", **keys})


OWN = {
    "integration": {"Sprachcafé", "Offener Mittagstisch"},
    "alter": {"Seniorentreff", "Offener Mittagstisch"},
}


def test_the_matrix_of_each_holds_its_own_and_what_serves_both(cast, both):
    for concept in both:
        held = holding.held_by(concept, cast.person(Role.COORDINATOR))
        assert {one.title for one in held.entries(holding.MEASURES)} == OWN[concept.slug]
        assert len(held.entries(holding.RESOURCES)) == 1
    counted = sharing.held_by(both, cast.person(Role.COORDINATOR))
    for concept in both:
        assert counted[concept.pk]["measures"] == sharing.Held(2, 1)
        assert counted[concept.pk]["resources"] == sharing.Held(1, 1)


def test_what_stands_in_no_field_is_in_one_concept_only(cast, both):
    """Of the kick-off where it was named, else of the first concept; the page of concepts counts as the matrix does."""
    _integration, ageing = both
    begun = factories.kick_off()
    Meeting.objects.filter(pk=begun.meeting_id).update(concept=ageing)
    factories.linked(begun, factories.need("Bänke am Weg"))
    factories.need("Woher weiß niemand")
    factories.resource("Alter Bus")
    person, counted = cast.person(Role.COORDINATOR), sharing.held_by(both, cast.person(Role.COORDINATOR))
    loose = {}
    for concept in both:
        held = holding.held_by(concept, person)
        loose[concept.slug] = {
            one.title for part in holding.PARTS for one in held.in_field[part][holding.NO_FIELD]
        }
        for part in holding.PARTS:
            assert counted[concept.pk][part].all == len(held.entries(part))
    assert loose == {"integration": {"Woher weiß niemand", "Alter Bus"}, "alter": {"Bänke am Weg"}}


def test_papers_and_pictures_add_up_within_one_strategy(cast, both):
    for concept, cents in zip(both, (1 + 3, 2 + 3), strict=True):
        told = state.of_today(concept, cast.town, "de", TODAY)
        assert {row["title"] for row in told.picture["measures"]} == OWN[concept.slug]
        assert told.counted.total.planned == cents
        assert {row["title"] for row in told.picture["goals"]} == {
            f"Ziel von {one}" for one in OWN[concept.slug]
        }
        assert {row["title"] for row in told.picture["needs"]} == {
            f"Bedarf für {one}" for one in OWN[concept.slug]
        }
        written = formats.written(told, "json").decode()
        stranger = ({"Sprachcafé", "Seniorentreff"} - OWN[concept.slug]).pop()
        assert stranger not in written
        html = formats.written(told, "html").decode()
        assert stranger not in html


def test_an_edition_of_one_leaves_the_other_as_it_is(cast, both):
    integration, ageing = both
    adopted = factories.adopted_edition(1, concept=ageing)
    assert {row["title"] for row in adopted.content["measures"]} == OWN["alter"]
    before = picture.fingerprint(picture.of_concept(ageing, TODAY))
    factories.measure("Nur Integration", fields=[integration.fields.get()], stage="running")
    assert picture.fingerprint(picture.of_concept(ageing, TODAY)) == before
    # Both number their editions for themselves.
    assert factories.adopted_edition(1, concept=integration).number == adopted.number


def test_each_group_talks_about_its_own_strategy(cast, both):
    by = worker("test", cast.town.pk)
    for concept in both:
        items = {one.title for _source, found in agenda.proposal(concept, TODAY, by) for one in found}
        stranger = ({"Sprachcafé", "Seniorentreff"} - OWN[concept.slug]).pop()
        assert OWN[concept.slug] <= items
        assert f"Stelle {stranger}" not in items
        assert stranger not in items
        assert "Stelle ohne Maßnahme" in items  # of no strategy, so of each


def test_the_switch_is_remembered_and_leads_back(client, cast, both):
    client.force_login(cast.account[Role.COORDINATOR])
    matrix = address("matrix")
    assert client.get(matrix).context["concept"].slug == "integration"
    assert client.get(matrix + "?concept=alter").context["concept"].slug == "alter"
    for name in ("fields", "papers", "groups", "meetings", "joint_work", "ranking", "upward", "readiness"):
        page = client.get(address(name))
        assert page.context["concept"].slug == "alter", name
        assert "?concept=integration" in page.content.decode(), name
    assert client.get(matrix + "?concept=integration").context["concept"].slug == "integration"
    assert client.get(matrix + "?concept=wrong").status_code == 404
    assert client.get(matrix).context["concept"].slug == "integration"


def test_a_form_tells_fields_of_the_same_name_apart(client, cast, both):
    client.force_login(cast.account[Role.COORDINATOR])
    page = client.get(address("add_measure")).content.decode()
    assert "Begegnung (Gut älter werden)" in page
    assert "Begegnung (Integrationskonzept)" in page


def test_adding_a_strategy_asks_for_a_short_name_of_its_own(client, cast, both):
    client.force_login(cast.account[Role.COORDINATOR])
    given = {
        "title": "Klima und Alltag", "kind": "other", "slug": "alter", "confirm_every_months": "12", "position": "2",
        "visibility": "tenant",
    }  # fmt: skip
    for taken in ("alter", "report", "Mit Leerzeichen"):
        assert client.post(address("add_concept"), given | {"slug": taken}).status_code == 422
    made = client.post(address("add_concept"), given | {"slug": "klima"})
    assert made.status_code == 302
    assert "concept=klima" in made.url
    concept = Concept.objects.get(slug="klima")
    changed = client.get(address("edit_concept", pk=concept.pk)).context["form"]["as_opened"].value()
    client.post(
        address("edit_concept", pk=concept.pk),
        given | {"slug": "anders", "title": "Klima im Quartier", "as_opened": changed},
    )
    concept.refresh_from_db()
    assert (concept.slug, concept.title) == ("klima", "Klima im Quartier")
    assert "Klima im Quartier" in client.get(address("concepts")).content.decode()
