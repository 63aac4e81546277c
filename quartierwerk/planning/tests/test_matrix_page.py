"""The matrix: true counts, gaps both ways, filters, unfolding in place, and "not detailed" instead of zero."""

import re
from collections import Counter
from datetime import date

import pytest
from django.test import Client

from quartierwerk.rights import Role, worker
from quartierwerk.tenants import example_town, scope
from quartierwerk.tenants.models import Tenant

from ..matrix import gaps, holding
from ..matrix.gaps import Gap
from ..models import Concept, Measure, MeasureResource, MeasureTeam, Resource
from . import factories


@pytest.fixture
def plan(cast):
    """Two detailed fields and one that is not; one chain that is whole, and one gap of each sort."""
    with cast.in_town():
        concept = factories.concept()
        language = factories.field("Sprache", concept=concept, position=0)
        living = factories.field("Wohnen", concept=concept, position=1)
        factories.field("Geflüchtete", concept=concept, position=2, is_detailed=False)
        people = factories.resource("Sozialarbeit", fields=[language, living])
        factories.resource("Vorträge", fields=[language])
        need = factories.need("Betreuung", fields=[language], space=cast.middle)
        factories.need("Wohnraum", fields=[living], space=cast.old, state="accepted")
        factories.need("Abgelehnt", fields=[living], state="rejected", rejected_reason="Gibt es.")
        measure = factories.measure(
            "Kurs", fields=[language], space=cast.middle, lead_team=factories.team("53"), stage="running"
        )
        factories.measure("Börse", fields=[living], space=cast.old)
        goal = factories.goal(
            "Zugang",
            fields=[language],
            evidence_kind="qualitative",
            qualitative="Gespräche",
            agreed_on=date(2026, 1, 1),
        )
        factories.goal("Nachbarschaft", fields=[living])
        factories.linked(need, measure)
        factories.linked(measure, goal, "measured by")
        MeasureResource.objects.create(measure=measure, resource=people)
        MeasureTeam.objects.create(measure=measure, team=factories.team("40", "Bildung"))
    return cast


def held(cast, **asked) -> holding.Holding:
    whole = holding.held_by(factories.concept(), cast.person(Role.COORDINATOR))
    return holding.chosen(whole, holding.Asked(**asked))


def titles(shown: holding.Holding) -> dict[str, list[str]]:
    return {part: [entry.title for entry in shown.entries(part)] for part in holding.PARTS}


def page(cast, query: str = "", role: Role = Role.COORDINATOR, path: str = ""):
    client = Client()
    client.force_login(cast.account[role])
    with scope.entered(None):
        return client.get(f"/staff/{cast.town.slug}/concept/{path}{query}")


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_each_gap_is_found_and_nothing_else(plan):
    with plan.in_town():
        found = {entry.title: entry.gaps for entry in held(plan).by_pk.values()}
    assert found == {
        "Sozialarbeit": (),
        "Vorträge": (Gap.UNUSED,),
        "Betreuung": (),
        "Wohnraum": (Gap.NO_MEASURE,),
        "Abgelehnt": (),
        "Kurs": (),
        "Börse": (Gap.NO_NEED,),
        "Zugang": (),
        "Nachbarschaft": (Gap.NO_MEASURE, Gap.NO_EVIDENCE),
    }


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (gaps.of_need("new", 0), (Gap.NO_MEASURE,)),
        (gaps.of_need("new", 1), ()),
        (gaps.of_need("met", 0), ()),
        (gaps.of_measure("stopped", 0), ()),
        (gaps.of_goal("", 1), (Gap.NO_EVIDENCE,)),
        (gaps.of_goal("indicator", 0), (Gap.NO_MEASURE,)),
        (gaps.of_resource(0), (Gap.UNUSED,)),
    ],
)
def test_gaps_by_rule(found, wanted):
    assert found == wanted


def test_a_stopped_measure_closes_no_gap(plan):
    with plan.in_town():
        Measure.objects.filter(title="Kurs").update(stage="stopped", stopped_reason="Kein Raum.")
        found = {entry.title: entry.gaps for entry in held(plan).by_pk.values()}
    assert found["Betreuung"] == (Gap.NO_MEASURE,)
    assert found["Zugang"] == (Gap.NO_MEASURE,)
    assert found["Sozialarbeit"] == (Gap.UNUSED,)
    assert found["Kurs"] == ()


def test_quarter_shows_its_needs_and_measures_and_what_belongs_to_them(plan):
    with plan.in_town():
        shown = titles(held(plan, space=str(plan.middle.pk)))
    assert shown == {
        "resources": ["Sozialarbeit"],
        "needs": ["Betreuung"],
        "measures": ["Kurs"],
        "goals": ["Zugang"],
    }


@pytest.mark.parametrize(("number", "measures"), [("53", ["Kurs"]), ("40", ["Kurs"]), ("61", [])])
def test_team_shows_what_it_leads_or_takes_part_in(plan, number, measures):
    with plan.in_town():
        assert titles(held(plan, team=str(factories.team(number, "Neu").pk)))["measures"] == measures


def test_state_of_measures_and_of_needs(plan):
    with plan.in_town():
        assert titles(held(plan, stage="proposed"))["measures"] == ["Börse"]
        assert titles(held(plan, need_state="accepted"))["needs"] == ["Wohnraum"]


def test_only_gaps(plan):
    with plan.in_town():
        assert titles(held(plan, only_gaps=True)) == {
            "resources": ["Vorträge"],
            "needs": ["Wohnraum"],
            "measures": ["Börse"],
            "goals": ["Nachbarschaft"],
        }


def test_the_page_counts_each_resource_once_and_says_not_detailed(plan):
    answer = page(plan)
    assert answer.status_code == 200
    words = text(answer)
    sums = {one.label: (one.count, one.note) for one in answer.context["sums"]}
    assert sums["Ressourcen"][0] == 2
    assert sums["Ressourcen"][1].startswith("3 ")
    assert "nicht ausgearbeitet" in words
    refugees = [row for row in answer.context["rows"] if row.field.name == "Geflüchtete"]
    assert f'id="field-{refugees[0].field.pk}"' in answer.content.decode()
    assert '<td colspan="4" role="cell" class="na">' in answer.content.decode()


def test_a_field_unfolds_in_place_without_javascript(plan):
    closed = page(plan)
    assert "Vorträge" not in text(closed)
    row = closed.context["rows"][0]
    opened = page(plan, row.toggle.partition("#")[0])
    assert "Vorträge" in text(opened)
    assert "von keiner Maßnahme genutzt" in text(opened)
    again = next(one for one in opened.context["rows"] if one.is_open)
    assert "field=" not in again.toggle


def test_every_number_opens_its_list(plan):
    answer = page(plan)
    for row in answer.context["rows"]:
        if not row.field.is_detailed:
            continue
        for cell in row.cells:
            assert listed(plan, cell.url) == cell.count
            assert sum(listed(plan, gap.url) for gap in cell.gaps) >= len(cell.gaps)
    for one in answer.context["sums"]:
        assert listed(plan, one.url) == one.count


def listed(cast, url: str) -> int:
    return page(cast, url.partition("/entries/")[2], path="entries/").context["page"].paginator.count


@pytest.mark.parametrize(
    "query", ["?field=x&quarter=1&team=&state=measures:odd&gaps=2", "?state=needs", "?concept="]
)
def test_an_odd_question_shows_the_whole_matrix(plan, query):
    assert page(plan, query).context["sums"][1].count == 3


def test_a_concept_that_is_not_here_is_not_found(plan):
    assert page(plan, "?concept=anderes").status_code == 404


def test_without_a_concept_the_page_says_how_to_begin(cast):
    answer = page(cast)
    assert answer.status_code == 200
    assert "Konzept einlesen" in text(answer)


def test_a_department_does_not_read_the_matrix(plan):
    assert page(plan, role=Role.DEPARTMENT).status_code == 404


def test_a_private_resource_of_a_colleague_is_not_counted(plan):
    with plan.in_town():
        Resource.objects.filter(title="Vorträge").update(visibility="private")
    assert page(plan, role=Role.PLANNER).context["sums"][0].count == 1


@pytest.mark.slow
def test_the_example_has_the_gaps_that_its_list_names(db):
    """`data/example/laatzen/README.md` was written from the records before the matrix existed."""
    example_town.load()
    town = Tenant.objects.get(slug="laatzen")
    with scope.entered(scope.staff(town)):
        shown = holding.held_by(Concept.objects.get(), worker("test", town.pk))
    found = Counter((entry.part, gap) for entry in shown.by_pk.values() for gap in entry.gaps)
    unused = {entry.title for entry in shown.entries(holding.RESOURCES) if entry.gaps}
    assert unused == {"Infomaterial verschiedene Sprachen", "Organisation von regelmäßigen Treffen"}
    assert found == {
        ("resources", Gap.UNUSED): 2,
        # Seven without, and one whose measure was stopped; the rejected one is settled.
        ("needs", Gap.NO_MEASURE): 8,
        ("measures", Gap.NO_NEED): 2,
        ("goals", Gap.NO_MEASURE): 3,
        ("goals", Gap.NO_EVIDENCE): 5,
    }


def test_what_stands_in_no_field_is_seen_and_counted(plan):
    with plan.in_town():
        loose = factories.measure("Ohne Feld", stage="running")
        need = Measure.objects.get(title="Börse")
        factories.linked(factories.need("Auch ohne Feld"), loose)
        shown = held(plan)
        assert titles(shown)["measures"] == ["Kurs", "Börse", "Ohne Feld"]
        assert [entry.title for entry in shown.in_field["needs"][holding.NO_FIELD]] == ["Auch ohne Feld"]
        assert shown.by_pk[str(loose.pk)].gaps == ()
        # A field of another concept is one, too; one that ended is none.
        other = factories.field("Sport", concept=factories.concept("sport"))
        factories.measure("Anderswo", fields=[other])
        assert "Anderswo" not in titles(held(plan))["measures"]
        assert need.title in titles(held(plan))["measures"]
    words = text(page(plan))
    assert "ohne Handlungsfeld" in words
    assert "3 Maßnahmen" in words
    listed = text(page(plan, "?part=measures&field=none", path="entries/"))
    assert "Ohne Feld" in listed
    assert "Börse" not in listed
