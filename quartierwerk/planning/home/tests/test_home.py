"""The first page: what is to be decided and late, what changed, the matrix in short; a department its own items only."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from quartierwerk.chain.models import Relation
from quartierwerk.people.models import Membership
from quartierwerk.planning.models import (
    Decision,
    Goal,
    MeasureResource,
    Milestone,
    Need,
    StageChange,
    Task,
)
from quartierwerk.planning.tests import factories
from quartierwerk.rights import Role

from ...matrix import holding
from .. import counting

HOME = "/staff/musterstadt/"


@pytest.fixture
def plan(cast):
    """Of everything something, and of each sort something that does not count."""
    today = timezone.localdate()
    with cast.in_town():
        field = factories.field()
        hers, other = factories.team("53"), factories.team("61", "Stadtplanung")
        Membership.objects.filter(role=Role.DEPARTMENT).update(team_id=hers.pk)
        led = factories.measure(
            "Betreuung", stage="running", lead_team=hers, fields=[field], ends_on=date(2020, 1, 1)
        )
        foreign = factories.measure("Wohnungsbau", stage="running", lead_team=other, fields=[field])
        Milestone.objects.create(measure=led, title="Raum finden", due_on=today)
        Milestone.objects.create(measure=led, title="Später", due_on=today + timedelta(days=60))
        Milestone.objects.create(measure=foreign, title="Bauplan", due_on=today)
        for number in range(6):
            factories.need(f"Bedarf {number}", fields=[field])
        for days, words in ((3, "Bald"), (40, "Irgendwann")):
            decision = Decision.objects.create(
                meeting=factories.meeting(concept=field.concept),
                words=words,
                decided_on=today - timedelta(days=60),
            )
            Task.objects.create(
                decision=decision,
                words=f"Aufgabe {words}",
                owner_team=hers,
                due_on=today + timedelta(days=days),
            )
        Task.objects.create(words="Der anderen", owner_team=other, due_on=today)
        StageChange.objects.create(measure=led, earlier="adopted", later="running")
        old = StageChange.objects.create(measure=led, earlier="proposed", later="prioritised")
        StageChange.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=9))
        return cast


def _count(page) -> int:
    return page.context["page"].paginator.count


def _panels(client) -> dict:
    context = client.get(HOME).context
    return {one.name: one for one in (*context["panels"], *context["aside"])}


def test_coordinator_sees_what_is_to_be_decided_and_late(plan, desk):
    panels = _panels(desk)
    assert (panels["plan-needs"].number, len(panels["plan-needs"].lines)) == (6, 4)
    assert [line.title for line in panels["week-decisions"].lines] == ["Bald"]
    assert [line.title for line in panels["plan-overdue"].lines] == ["Betreuung"]
    assert not {"team-measures", "plan-tasks"} & set(panels)


def test_each_number_opens_a_list_of_that_length(plan, desk):
    for panel in _panels(desk).values():
        if panel.number is not None:
            assert _count(desk.get(panel.url)) == panel.number, panel.name
        for figure in panel.figures:
            assert _count(desk.get(figure.url)) == figure.number, figure.label
            for words, url in figure.below:
                assert _count(desk.get(url)) == int(words.split()[0]), words


def test_what_changed_counts_within_its_days(plan, desk):
    assert (
        _count(desk.get(f"{HOME}concept/recent/?days=30")) == _count(desk.get(f"{HOME}concept/recent/")) + 1
    )
    assert _count(desk.get(f"{HOME}concept/recent/?days=x")) == _count(
        desk.get(f"{HOME}concept/recent/?days=7")
    )


def test_department_sees_the_items_of_its_team_and_nothing_else(plan):
    client = Client()
    client.force_login(plan.account[Role.DEPARTMENT])
    panels = _panels(client)
    assert set(panels) == {"team-measures", "team-steps", "plan-tasks"}
    assert [line.title for line in panels["team-measures"].lines] == ["Betreuung"]
    assert [line.title for line in panels["team-steps"].lines] == ["Raum finden"]
    assert [line.title for line in panels["plan-tasks"].lines] == ["Aufgabe Bald", "Aufgabe Irgendwann"]
    for panel in panels.values():
        assert _count(client.get(panel.url)) == panel.number
    html = client.get(HOME).content.decode()
    for foreign in ("Wohnungsbau", "Bauplan", "Der anderen", "Bedarf 1"):
        assert foreign not in html
    told = [one.title for one in client.get(f"{HOME}concept/recent/").context["page"]]
    assert set(told) == {"Betreuung"}


def test_who_holds_no_team_and_does_not_plan_sees_no_panel(plan):
    Membership.objects.filter(role=Role.DEPARTMENT).update(team_id=None)
    client = Client()
    client.force_login(plan.account[Role.DEPARTMENT])
    assert _panels(client) == {}


def test_a_task_of_a_team_is_asked_for_only_from_who_may_say_that_it_is_done(plan):
    """A counsellor in the team reads its tasks; saying that one is done is for who has it."""
    account = plan.account[Role.COUNSELLOR]
    client = Client()
    client.force_login(account)
    with plan.in_town():
        hers = factories.team("53")
        factories.team_member(account.name, account.pk, team=hers, until=None)
    assert "plan-tasks" not in _panels(client)
    with plan.in_town():
        Task.objects.filter(words="Aufgabe Bald").update(owner_account_id=account.pk)
    panel = _panels(client)["plan-tasks"]
    assert [line.title for line in panel.lines] == ["Aufgabe Bald"]
    assert "Ist erledigt" in client.get(panel.lines[0].url).content.decode()


def test_tasks_that_nobody_has_any_more_wait_for_the_coordinator(plan, desk):
    gone = plan.account[Role.TRANSLATOR]
    with plan.in_town():
        Task.objects.create(words="Ohne Konto", owner_account_id=uuid4(), due_on=timezone.localdate())
        Task.objects.create(words="Gegangen", owner_account_id=gone.pk, due_on=timezone.localdate())
        ended = factories.team("99", "Aufgelöst", ended_on=timezone.localdate() - timedelta(days=1))
        Task.objects.create(words="Des alten Teams", owner_team=ended, due_on=timezone.localdate())
    Membership.objects.filter(account=gone).update(valid_until=timezone.now())
    panel = _panels(desk)["plan-ownerless"]
    assert {line.title for line in panel.lines} == {"Ohne Konto", "Gegangen", "Des alten Teams"}
    for line in panel.lines:
        assert line.title in desk.get(line.url).content.decode()


def test_the_first_page_counts_as_the_matrix_does(plan):
    """Every gap once, also of what stands in no field, and not what stands in those of another concept."""
    with plan.in_town():
        field = factories.field()
        concept, ended = field.concept, factories.field("Vorbei", ended_on=date(2020, 1, 1))
        running, stopped = (
            factories.measure(
                f"Maßnahme {stage}", stage=stage, stopped_reason="Kein Geld", fields=[field, ended]
            )
            for stage in ("running", "stopped")
        )
        met, tied, left = (factories.need(name, fields=[field]) for name in ("Gedeckt", "Mit", "Verlassen"))
        Need.objects.filter(pk=met.pk).update(state="met")
        goal, other = (factories.goal(name, fields=[field]) for name in ("Ziel", "Ohne alles"))
        Goal.objects.filter(pk=goal.pk).update(evidence_kind="indicator", indicator_name="Anteil")
        used, unused = (factories.resource(name, fields=[field]) for name in ("Raum", "Wagen"))
        MeasureResource.objects.create(measure=running, resource=used)
        MeasureResource.objects.create(measure=stopped, resource=unused)
        factories.linked(tied, running)
        factories.linked(left, stopped)
        factories.linked(running, goal, Relation.MEASURED_BY)
        factories.linked(stopped, other, Relation.MEASURED_BY)
        factories.need("Nirgends")
        elsewhere = factories.field("Anderswo", concept=factories.concept("region"))
        factories.need("Der Region", fields=[elsewhere])
        factories.measure("Alt", fields=[ended])
        for role in (Role.COORDINATOR, Role.COMMUNITY_WORKER):
            person = plan.person(role)
            drawn = {
                part: [entry.gaps for entry in holding.held_by(concept, person).entries(part)]
                for part in holding.PARTS
            }
            for one in counting.counted(concept, person):
                flat = [gap for found in drawn[one.part] for gap in found]
                assert one.number == len(drawn[one.part]), one.part
                assert one.gaps == {gap: flat.count(gap) for gap in set(flat)}, one.part
