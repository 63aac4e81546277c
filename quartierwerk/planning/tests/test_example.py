"""The example town's concept is loaded whole, shows what it may, and hides nothing that is missing."""

import io
from types import SimpleNamespace

import pytest
from django.db.models import Exists, OuterRef
from django.utils import translation
from pypdf import PdfReader

from quartierwerk.chain.models import Link, Relation
from quartierwerk.languages.numbers import format_amount
from quartierwerk.people.models import Membership
from quartierwerk.rights import Role
from quartierwerk.tenants import scope
from quartierwerk.tenants.example import TODAY
from quartierwerk.tenants.models import Tenant

from ..editions import actions
from ..models import (
    Concept,
    CostLine,
    Deferral,
    Edition,
    FieldOfAction,
    Goal,
    GoalValue,
    Measure,
    MeasurePartner,
    Milestone,
    Need,
    Obstacle,
    Resource,
    ResourceInField,
    StaffPost,
    StateReport,
    Team,
    TeamMember,
    UpdateLink,
)
from ..paper import concept as concept_paper
from ..paper import council, formats, hearing, progress, state
from ..showing import concept_pages
from . import factories

COUNTED = {
    Concept: 1, FieldOfAction: 9, Team: 8, Resource: 26, ResourceInField: 30, Need: 36, Measure: 26, Goal: 19,
    Obstacle: 6, StaffPost: 9, UpdateLink: 14,
}  # fmt: skip


@pytest.fixture
def town(example, db) -> Tenant:
    return example()


def test_the_town_has_a_living_concept(town):
    assert town.is_example
    with scope.entered(scope.staff(town)):
        member = Membership.objects.get(tenant=town, role=Role.DEPARTMENT)
        assert member.team_id == Team.objects.get(number="53").pk
        assert {model: model.objects.count() for model in COUNTED} == COUNTED
        assert not FieldOfAction.objects.get(catalogue_code="refugees").is_detailed
        assert set(Measure.objects.values_list("stage", flat=True)) == {
            "proposed", "prioritised", "adopted", "running", "done", "stopped"
        }  # fmt: skip
        assert CostLine.objects.exclude(secured_until=None).exists()
        assert GoalValue.objects.exists()
        assert Milestone.objects.filter(done_on=None).exists()
        assert StateReport.objects.exists()
        assert MeasurePartner.objects.filter(organisation=None).exists()
        for model in (*COUNTED, CostLine, GoalValue, Milestone, StateReport, MeasurePartner, TeamMember):
            for row in model.objects.all():
                row.clean_fields(exclude=["tenant", "element"])


def test_what_led_to_what_stands_in_the_chain_and_the_gaps_stay(town):
    with scope.entered(scope.staff(town)):
        onward = Link.objects.filter(source=OuterRef("element"), target__kind="measure")
        assert Need.objects.filter(~Exists(onward)).count() == 8
        back = Link.objects.filter(target=OuterRef("element"), source__kind="need")
        assert Measure.objects.filter(~Exists(back)).count() == 2
        measured = Link.objects.filter(target=OuterRef("element"), relation=Relation.MEASURED_BY)
        assert Goal.objects.filter(~Exists(measured)).count() == 3
        assert Goal.objects.filter(evidence_kind="").count() == 5
        assert Link.objects.filter(source__kind="wish", target__kind="need").count() == 7
        assert Link.objects.filter(source__kind="measure", target__kind="offer").exists()


def test_visitors_see_only_what_was_adopted_and_no_other_town_gets_one(town):
    with scope.entered(scope.portal(town)):
        assert Need.published.count() == 33
        assert Measure.published.count() == 22
        assert not Measure.published.filter(stage__in=["proposed", "prioritised"]).exists()
        assert not StaffPost.published.exists()
    with scope.entered(scope.staff(Tenant.objects.get(slug="musterdorf"))):
        assert not Concept.objects.exists()
        assert not Team.objects.exists()


def test_every_page_and_every_paper_counts_the_same_measures_and_the_same_money(town):
    """With a draft that puts off what is not public yet, the council is asked for just what everybody reads today."""
    with scope.entered(scope.staff(town)), translation.override("de"):
        concept = Concept.objects.get()
        draft = factories.edition(3, "Integration in Laatzen 2027", concept=concept)
        for measure in actions.becoming_public(draft):
            Deferral.objects.create(edition=draft, measure=measure, reason="Noch kein Geld.")
        today = state.of_today(concept, town, "de", TODAY)
        asked = state.of_draft(draft, town, "de", TODAY)
        papers = {
            "concept": formats.set_as(concept_paper.document, today, "html").decode(),
            "progress": formats.set_as(progress.document, today, "html").decode(),
            "edition": formats.set_as(concept_paper.document, asked, "html").decode(),
            "council": formats.set_as(
                lambda one: council.document(one, None, hearing.of(draft), ""), asked, "html"
            ).decode(),
        }
    with scope.entered(scope.portal(town)), translation.override("de"):
        reader = SimpleNamespace(tenant=town, lang="de", area="portal", person=None)
        page = concept_pages.of_concept(concept, reader)
    told = page.counted
    assert told == today.counted
    assert (told.stopped, told.spent_on_stopped) == (2, 11_980)
    assert (asked.counted.measures, asked.counted.total.planned, asked.counted.total.secured) == (
        told.measures, told.total.planned, told.total.secured,
    )  # fmt: skip
    for name, words in papers.items():
        assert format_amount(told.total.planned) in words, name
        assert format_amount(told.total.secured) in words, name
    for name in ("concept", "progress"):
        assert format_amount(told.total.spent) in papers[name]
        assert format_amount(told.spent_on_stopped) in papers[name]
        assert "noch nichts gemeldet" in papers[name]


@pytest.mark.slow
def test_the_town_on_paper(town):
    """Every paper can be set, and the report on progress holds on two pages."""
    with scope.entered(scope.staff(town)), translation.override("de"):
        concept = Concept.objects.get()
        today = state.of_today(concept, town, "de", TODAY)
        report = PdfReader(io.BytesIO(formats.set_as(progress.document, today, "pdf")))
        assert len(report.pages) <= 2
        whole = formats.set_as(concept_paper.document, today, "pdf")
        assert len(PdfReader(io.BytesIO(whole)).pages) > 10
        for edition in Edition.objects.select_related("concept"):
            told = state.of_edition(edition, town, "de")
            assert all(formats.written(told, name) for name in formats.FORMATS)
