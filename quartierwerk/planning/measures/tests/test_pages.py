"""Lists, record pages and forms as the coordination office meets them."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import timezone

from quartierwerk.chain.models import Link, Relation
from quartierwerk.planning.models import (
    CostLine,
    Goal,
    Measure,
    Milestone,
    Need,
    Obstacle,
    StaffPost,
    StageChange,
    StateReport,
    Team,
)
from quartierwerk.planning.tests import factories
from quartierwerk.rights import Role
from quartierwerk.tenants.models import Visibility

from .. import facts
from ..adoption import adoptions
from ..rules.light import Light

STAFF = "/staff/musterstadt/concept"


def typed(**values) -> dict[str, str]:
    """A form for a new measure as the browser sends it."""
    rows = {f"{name}-rows": "0" for name in ("steps", "money", "teams", "partners")}
    return {"title": "Betreuung während der Kurse", "visibility": "tenant", **rows, **values}


def test_every_list_and_page_opens(cast, desk, plan):
    Milestone.objects.create(measure=plan["measure"], title="Räume finden", due_on=date(2020, 1, 1))
    CostLine.objects.create(measure=plan["measure"], year=2026, label="Honorare", planned_cents=720_000)
    CostLine.objects.create(measure=plan["measure"], year=2027, label="Material")
    post = factories.post(measure=plan["measure"], ends_on=timezone.localdate() + timedelta(days=90))
    obstacle = Obstacle.objects.create(title="Anerkennung dauert zwei Jahre", measure=plan["measure"])
    for path in ("needs", "measures", "goals", "obstacles", "posts", "teams"):
        assert desk.get(f"{STAFF}/{path}/").status_code == 200, path
        assert desk.get(f"{STAFF}/{path}/new/").status_code == 200, path
    for path, record in (
        ("needs", plan["need"]), ("measures", plan["measure"]), ("goals", plan["goal"]), ("obstacles", obstacle),
        ("posts", post), ("teams", plan["team"]),
    ):  # fmt: skip
        for end in ("", "edit/"):
            assert desk.get(f"{STAFF}/{path}/{record.pk}/{end}").status_code == 200, (path, end)
    page = desk.get(f"{STAFF}/measures/{plan['measure'].pk}/").content.decode()
    assert "7.200,00" in page
    assert "Alle können einen Kurs besuchen" in page


def test_what_stands_there_is_shown_again_as_people_write_it(cast, desk, plan):
    CostLine.objects.create(measure=plan["measure"], year=2026, label="Honorare", planned_cents=720_000)
    plan["measure"].teams.create(team=factories.team("50", "Soziale Sicherung"))
    page = desk.get(f"{STAFF}/measures/{plan['measure'].pk}/edit/").content.decode()
    assert 'value="2026"' in page
    assert 'value="7.200,00"' in page
    assert ">50 Soziale Sicherung</legend>" in page
    assert "takes_part</legend>" not in page


def test_numbers_agree_with_the_lists_they_open(cast, desk, plan):
    factories.measure("Ohne Bedarf")
    page = desk.get(f"{STAFF}/needs/").content.decode()
    url = f"{STAFF}/measures/?need={plan['need'].pk}"
    assert url in page
    listed = desk.get(url).content.decode()
    assert "Betreuung in den Kursräumen" in listed
    assert "Ohne Bedarf" not in listed
    without = desk.get(f"{STAFF}/measures/?without=need").content.decode()
    assert "Ohne Bedarf" in without
    assert "Betreuung in den Kursräumen" not in without


def test_the_light_filters_by_what_is_computed(cast, desk, plan):
    yesterday = timezone.localdate() - timedelta(days=1)
    factories.measure("Zu Ende", stage="running", ends_on=yesterday)
    listed = desk.get(f"{STAFF}/measures/?light=red").content.decode()
    assert "Zu Ende" in listed
    assert "Betreuung in den Kursräumen" not in listed
    assert "Zu Ende" not in desk.get(f"{STAFF}/measures/?light=green").content.decode()


def test_each_light_lists_just_those_that_have_it(cast, desk, plan):
    """Whatever the database leaves out beforehand: the same as when all are looked at."""
    today = timezone.localdate()
    days = (None, today - timedelta(days=40), today, today + timedelta(days=40))
    by_hand = {"manual_comment": "Nachgesehen.", "manual_at": timezone.now()}
    for number, (stage, ends_on, colour) in enumerate(
        product(Measure._meta.get_field("stage").choices, days, ("", "green", "amber", "red"))
    ):
        one = factories.measure(
            f"Maßnahme {number}", stage=stage[0], starts_on=days[1], ends_on=ends_on, manual_light=colour,
            stopped_reason="Kein Geld." if stage[0] == "stopped" else "", **(by_hand if colour else {}),
        )  # fmt: skip
        if number % 3 == 0:
            Milestone.objects.create(measure=one, title="Räume", due_on=days[number % 4] or days[1])
    every = list(facts.with_parts(Measure.objects.all()))
    known = facts.lights(every, today)
    for wanted in Light:
        listed = facts.with_parts(Measure.objects.filter(facts.may_have(wanted, today)))
        lights = facts.lights(list(listed), today)
        assert {pk for pk, shown in lights.items() if shown.light == wanted} == {
            pk for pk, shown in known.items() if shown.light == wanted
        }, wanted
    found = desk.get(f"{STAFF}/measures/?light=green").context["listing"].page.paginator.count
    assert found == sum(shown.light == Light.GREEN for shown in known.values()) > 0


def test_lists_ask_no_more_for_more_rows(cast, desk, plan, django_assert_max_num_queries):
    for number in range(12):
        one = factories.measure(f"Maßnahme {number}", fields=[plan["field"]], lead_team=plan["team"])
        CostLine.objects.create(measure=one, year=2026, label="Honorare", planned_cents=number)
        factories.linked(plan["need"], one)
    desk.get(f"{STAFF}/measures/")
    with django_assert_max_num_queries(22):
        desk.get(f"{STAFF}/measures/")
    with django_assert_max_num_queries(18):
        desk.get(f"{STAFF}/needs/")


def test_a_measure_is_entered_from_a_need_in_one_step(cast, desk, plan):
    form = typed(**{
        "lead_team": str(plan["team"].pk), "in_fields": str(plan["field"].pk), "starts_on": "1.9.26",
        "ends_on": "31.8.27", "steps-rows": "1", "steps-title": "Räume finden", "steps-due_on": "31.7.27",
        "money-rows": "1", "money-label": "Honorare", "money-year": "2026", "money-kind": "other",
        "money-planned_cents": "12.500,50 €", "another": "1",
    })  # fmt: skip
    answer = desk.post(f"{STAFF}/measures/new/?from={plan['need'].element_id}", form)
    assert answer.status_code == 302, answer.content.decode()[:4000]
    made = Measure.objects.get(title="Betreuung während der Kurse")
    assert Link.objects.filter(source=plan["need"].element_id, target=made.element_id).exists()
    assert made.milestones.get().due_on == date(2027, 7, 31)
    assert made.cost_lines.get().planned_cents == 1_250_050
    assert made.in_fields.get().field == plan["field"]
    page = desk.get(f"{STAFF}/needs/{plan['need'].pk}/").content.decode()
    assert "Betreuung während der Kurse" in page


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"ends_on": "31.02.2027"}, "28"),
        ({"starts_on": "1.9.27", "ends_on": "31.8.27"}, "endet"),
        ({"title": ""}, "title"),
        ({"hours_per_week": "200"}, "168"),
        ({"rank_override": "1"}, "rank_reason"),
        ({"money-rows": "1", "money-label": "Honorare", "money-year": "2026", "money-planned_cents": "12.50"}, "1.250,00"),
        ({"money-rows": "1", "money-label": "Honorare", "money-year": "2026", "money-planned_cents": "-5"}, "money"),
        ({"steps-rows": "1", "steps-title": "Räume", "steps-due_on": "bald"}, "bald"),
        ({"partners-rows": "1", "partners-name": " "}, None),
    ],
)  # fmt: skip
def test_impossible_values_are_refused_and_what_was_typed_stays(cast, desk, values, words):
    answer = desk.post(f"{STAFF}/measures/new/", typed(**values))
    if words is None:  # an empty row says nothing
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    if "title" not in values:
        assert "Betreuung während der Kurse" in page
    with cast.in_town():
        assert not Measure.objects.exists()


def test_the_button_that_cannot_succeed_is_not_offered(cast, desk, plan, monkeypatch):
    page = desk.get(f"{STAFF}/measures/{plan['measure'].pk}/")
    assert 'value="adopted"' not in page.content.decode()
    assert page.context["shown"].awaits_council
    monkeypatch.setattr(adoptions, "_sources", [lambda ids: set(ids)])
    page = desk.get(f"{STAFF}/measures/{plan['measure'].pk}/")
    assert 'value="adopted"' in page.content.decode()
    assert not page.context["shown"].awaits_council


def test_nothing_is_adopted_without_the_council(cast, desk, plan, monkeypatch):
    measure, url = plan["measure"], f"{STAFF}/measures/{plan['measure'].pk}/move/"
    answer = desk.post(url, {"target": "adopted"})
    assert answer.status_code == 422
    monkeypatch.setattr(adoptions, "_sources", [lambda ids: set(ids)])
    answer = desk.post(url, {"target": "adopted"})  # decided, but four questions are open
    assert answer.status_code == 422
    Measure.objects.filter(pk=measure.pk).update(
        what="Betreuung", starts_on="2026-09-01", ends_on="2030-08-31", hours_per_week=0, review_on="2027-03-15",
        review_how="jährlich",
    )  # fmt: skip
    CostLine.objects.create(measure=measure, year=2026, label="Honorare", planned_cents=0)
    assert desk.post(url, {"target": "adopted"}).status_code == 302
    measure.refresh_from_db()
    assert measure.stage == "adopted"


def test_stopping_keeps_its_reason_and_its_history(cast, desk, plan):
    Measure.objects.filter(pk=plan["measure"].pk).update(stage="running")
    url = f"{STAFF}/measures/{plan['measure'].pk}/move/"
    assert desk.post(url, {"target": "stopped", "reason": ""}).status_code == 422
    assert desk.post(url, {"target": "stopped", "reason": "Keine Räume."}).status_code == 302
    change = StageChange.objects.get(measure=plan["measure"])
    assert (change.earlier, change.later, change.reason) == ("running", "stopped", "Keine Räume.")
    assert desk.post(url, {"target": "running", "reason": "Doch."}).status_code == 422


def test_done_with_open_steps_asks_first(cast, desk, plan):
    Measure.objects.filter(pk=plan["measure"].pk).update(stage="running")
    Milestone.objects.create(measure=plan["measure"], title="Räume finden", due_on=date(2030, 1, 1))
    url = f"{STAFF}/measures/{plan['measure'].pk}/move/"
    answer = desk.post(url, {"target": "done"})
    assert answer.status_code == 422
    assert 'name="in_spite"' in answer.content.decode()
    assert desk.post(url, {"target": "done", "in_spite": "1"}).status_code == 302


def test_a_colour_by_hand_needs_a_comment(cast, desk, plan):
    url = f"{STAFF}/measures/{plan['measure'].pk}/light/"
    assert desk.post(url, {"colour": "red", "comment": " "}).status_code == 422
    assert desk.post(url, {"colour": "red", "comment": "Die Räume sind gekündigt."}).status_code == 302
    assert "Die Räume sind gekündigt." in desk.get(f"{STAFF}/measures/{plan['measure'].pk}/").content.decode()
    assert desk.post(url, {"colour": "", "comment": ""}).status_code == 302
    plan["measure"].refresh_from_db()
    assert plan["measure"].manual_comment == ""


def test_the_second_of_two_editors_sees_both_versions(cast, desk, plan):
    url = f"{STAFF}/needs/{plan['need'].pk}/edit/"
    page = desk.get(url)
    opened = page.context["form"].initial["as_opened"]
    form = {"title": plan["need"].title, "urgency": "3", "visibility": "public", "as_opened": opened,
            "fields_before": str(plan["field"].pk), "in_fields": str(plan["field"].pk)}  # fmt: skip
    Need.objects.filter(pk=plan["need"].pk).update(urgency=1)
    answer = desk.post(url, form)
    assert answer.status_code == 409
    assert "keep-urgency" in answer.content.decode()


def test_fields_that_somebody_else_added_meanwhile_stay(cast, desk, plan):
    url = f"{STAFF}/needs/{plan['need'].pk}/edit/"
    opened = desk.get(url).context["form"].initial["as_opened"]
    added = factories.field("Vernetzung")
    plan["need"].in_fields.create(field=added)
    form = {"title": plan["need"].title, "urgency": "2", "visibility": "public", "as_opened": opened,
            "noticed_on": timezone.localdate().strftime("%d.%m.%Y"), "fields_before": str(plan["field"].pk)}  # fmt: skip
    answer = desk.post(url, form)
    assert answer.status_code == 302, answer.status_code
    assert [one.field for one in plan["need"].in_fields.all()] == [added]


def test_records_are_linked_and_unlinked_from_their_pages(cast, desk, plan):
    other = factories.goal("Wartezeit sinkt")
    url = f"{STAFF}/measure/{plan['measure'].pk}/link/goal/"
    assert "Wartezeit sinkt" in desk.get(f"{url}?q=warte").content.decode()
    desk.post(url, {"element": str(other.element_id)})
    link = Link.objects.filter(source=plan["measure"].element_id, target=other.element_id)
    assert link.get().relation == Relation.MEASURED_BY
    desk.post(url, {"element": str(other.element_id), "untie": "1"})
    assert not link.exists()
    assert desk.get(f"{STAFF}/goal/{other.pk}/link/need/").status_code == 404  # the chain knows no such way


def test_a_goal_against_its_direction_is_refused(cast, desk):
    form = {"title": "Wartezeit sinkt", "evidence_kind": "indicator", "indicator_name": "Wochen", "direction": "down",
            "baseline": "12,5", "target": "26", "visibility": "tenant", "values-rows": "0"}  # fmt: skip
    assert desk.post(f"{STAFF}/goals/new/", form).status_code == 422
    assert desk.post(f"{STAFF}/goals/new/", {**form, "target": "8"}).status_code == 302
    with cast.in_town():
        assert Goal.objects.get().baseline * 2 == 25


def test_team_numbers_are_given_once(cast, desk, plan):
    form = {"number": "53", "name": "Noch ein Team", "members-rows": "0"}
    assert desk.post(f"{STAFF}/teams/new/", form).status_code == 422
    assert desk.post(f"{STAFF}/teams/new/", {**form, "number": "54"}).status_code == 302
    assert Team.objects.get(number="54").name == "Noch ein Team"


def test_a_department_reports_on_its_own_measure_and_reads_no_other(cast, client, plan):
    from quartierwerk.people.models import Membership

    Membership.objects.filter(role=Role.DEPARTMENT).update(team_id=plan["team"].pk)
    other = factories.measure("Von Team 61", lead_team=factories.team("61", "Stadtplanung"))
    client.force_login(cast.account[Role.DEPARTMENT])
    own = f"{STAFF}/measures/{plan['measure'].pk}"
    page = client.get(f"{own}/").content.decode()
    assert "report/" in page
    assert "edit/" not in page
    assert client.get(f"{STAFF}/measures/{other.pk}/").status_code == 404
    assert client.get(f"{own}/edit/").status_code == 404
    name = str(plan["measure"].pk)
    assert (
        client.post(
            f"{own}/report/", {f"{name}-light": "at_risk", f"{name}-words": "Zwei Kranke."}
        ).status_code
        == 302
    )
    assert StateReport.objects.get().light_said == "at_risk"
    assert client.post(f"{STAFF}/measures/{other.pk}/report/", {}).status_code == 404


def test_internal_notes_stay_out_of_what_is_public(plan):
    assert plan["measure"].visibility == Visibility.PUBLIC
    assert "internal_notes" not in Measure.TEXTS


def test_a_post_that_ends_gives_an_alert_and_one_step_begins_the_search(cast, desk, plan):
    ends = timezone.localdate() + timedelta(days=100)
    post = StaffPost.objects.create(
        title="Sozialarbeit", measure=plan["measure"], ends_on=ends, share_percent=50
    )
    assert "Sozialarbeit" in desk.get("/staff/musterstadt/work/?pile=plan-posts").content.decode()
    assert desk.post(f"{STAFF}/posts/{post.pk}/money/", {}).status_code == 302
    post.refresh_from_db()
    assert 12 in post.alerts_sent
    assert plan["measure"].milestones.filter(title="Neues Geld suchen").count() == 1
    assert "Sozialarbeit" not in desk.get("/staff/musterstadt/work/?pile=plan-posts").content.decode()
    desk.post(f"{STAFF}/posts/{post.pk}/money/", {"again": "1"})
    assert plan["measure"].milestones.filter(title="Neues Geld suchen").count() == 1


def test_a_text_that_is_hard_to_read_gets_advice_and_is_saved(cast, desk, plan):
    hard = (
        "Die Implementierung bedarfsgerechter Sprachförderungsmaßnahmen wird unter Berücksichtigung der Rahmenbedingungen "
        "durch die zuständige Fachverwaltung im Rahmen der Haushaltsmittelbewirtschaftung sichergestellt."
    )
    assert desk.post(f"{STAFF}/measures/new/", typed(title="Schwer zu lesen", what=hard)).status_code == 302
    measure = Measure.objects.get(title="Schwer zu lesen")
    page = desk.get(f"{STAFF}/measures/{measure.pk}/edit/").content.decode()
    assert 'class="qw-readability"' in page
    assert "schwer" in page.partition('class="qw-readability"')[2]


def test_a_public_measure_leads_to_what_everybody_sees(cast, desk, plan):
    address = f"/plan/measures/{plan['measure'].pk}/"
    assert address in desk.get(f"{STAFF}/measures/{plan['measure'].pk}/").content.decode()
    Measure.objects.filter(pk=plan["measure"].pk).update(visibility=Visibility.TENANT)
    assert address not in desk.get(f"{STAFF}/measures/{plan['measure'].pk}/").content.decode()
