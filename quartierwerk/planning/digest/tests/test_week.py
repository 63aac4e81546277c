"""Only what concerns me, once a week, and no mail where nothing does."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone, translation

from quartierwerk.journal.context import during
from quartierwerk.messages.models import Outgoing
from quartierwerk.people.models import Membership
from quartierwerk.planning.models import (
    Decision,
    GroupMember,
    MailSwitchedOff,
    Milestone,
    Need,
    Stage,
    Task,
    TeamMember,
)
from quartierwerk.planning.tests import factories
from quartierwerk.rights import Role

from .. import concerns
from ..rules import Week
from ..sending import readers, send_week

pytestmark = pytest.mark.django_db
MONDAY = Week.of(timezone.localdate()).monday


@pytest.fixture(autouse=True)
def in_german():
    with translation.override("de"):
        yield


@pytest.fixture
def town(cast):
    with cast.in_town():
        yield cast


@pytest.fixture
def lead(town):
    """The department's account, working for team 53."""
    team = factories.team("53")
    Membership.objects.filter(role=Role.DEPARTMENT, tenant=town.town).update(team_id=team.pk)
    return town.account[Role.DEPARTMENT]


def told(town, role: Role = Role.DEPARTMENT, week: Week | None = None) -> str:
    parts = concerns.of(town.person(role), week or Week(MONDAY))
    return "\n".join(f"{part.label} {line.title} {line.why}" for part in parts for line in part.lines)


def with_step(title: str, team, due: date = MONDAY, **values):
    measure = factories.measure(title, lead_team=team, stage=Stage.RUNNING, **values)
    Milestone.objects.create(measure=measure, title=f"Schritt zu {title}", due_on=due)
    return measure


def test_steps_of_her_team_that_are_due_and_no_others(town, lead):
    hers = factories.team("53")
    with_step("Betreuung", hers)
    with_step("Später", hers, MONDAY + timedelta(days=7))
    with_step("Wohnungsbau", factories.team("61", "Stadtplanung"))
    words = told(town)
    assert "Schritt zu Betreuung" in words
    assert "Schritt zu Später" not in words
    assert "Wohnungsbau" not in words


def test_measures_that_ended_are_due_no_more(town, lead):
    measure = with_step("Betreuung", factories.team("53"))
    type(measure).objects.filter(pk=measure.pk).update(stage=Stage.DONE)
    assert "Schritt" not in told(town)


def test_tasks_are_told_by_what_they_belong_to_not_by_their_words(town, lead):
    Task.objects.create(words="Frau Muster anrufen", owner_account_id=lead.pk, given_on=MONDAY, due_on=MONDAY)
    words = told(town)
    assert "Aufgabe" in words
    assert "Frau Muster" not in words


def test_no_task_is_told_of_that_one_may_not_open(town):
    """A community worker opens what has her name on it, not what her team has."""
    team, account = factories.team("61", "Stadtplanung"), town.account[Role.COMMUNITY_WORKER]
    factories.team_member(account.name, account.pk, team=team, until=None)
    task = Task.objects.create(words="Der Gruppe", owner_team=team, given_on=MONDAY, due_on=MONDAY)
    assert told(town, Role.COMMUNITY_WORKER) == ""
    Task.objects.filter(pk=task.pk).update(owner_account_id=account.pk)
    assert "Aufgabe" in told(town, Role.COMMUNITY_WORKER)


def test_tasks_of_a_team_whose_seat_one_has_are_told(town):
    team, account = factories.team("61", "Stadtplanung"), town.account[Role.STEERING_MEMBER]
    factories.group_member(account.name, account.pk, team=team, until=None)
    Task.objects.create(words="Der Gruppe", owner_team=team, given_on=MONDAY, due_on=MONDAY)
    assert "Aufgabe" in told(town, Role.STEERING_MEMBER)


def test_what_others_changed_is_told_and_not_what_she_did_herself(town, lead):
    with during(actor=lead.pk):
        own = factories.measure("Eigene Änderung", lead_team=factories.team("53"))
        other = factories.measure("Fremde Änderung", lead_team=factories.team("53"))
        own.save()
    with during(actor=uuid4()):
        other.what = "Etwas anderes"
        other.save()
    words = told(town, week=Week(MONDAY + timedelta(days=7)))
    assert "Fremde Änderung" in words
    assert "Eigene Änderung" not in words
    assert "Fremde Änderung" not in told(town, week=Week(MONDAY + timedelta(days=14)))


def test_meetings_and_decisions_of_groups_in_which_one_sits(town):
    account = town.account[Role.STEERING_MEMBER]
    begins = timezone.make_aware(datetime.combine(MONDAY + timedelta(days=2), datetime.min.time()))
    own = factories.meeting("Sitzung im November", starts_at=begins)
    before = factories.meeting("Sitzung davor", group=own.group, starts_at=begins - timedelta(days=7))
    GroupMember.objects.create(group=own.group, account_id=account.pk, function="Rat")
    # The minutes were written nine days after the meeting.
    Decision.objects.create(
        meeting=before,
        words="Es wird gebaut",
        decided_on=MONDAY - timedelta(days=14),
        entered_on=MONDAY - timedelta(days=5),
    )
    words = told(town, Role.STEERING_MEMBER)
    assert "Sitzung im November" in words
    assert "Sitzung davor" in words
    assert "Sitzung" not in told(town, Role.COORDINATOR)


def test_a_department_that_sits_in_the_group_is_led_to_its_meetings(town, lead):
    begins = timezone.make_aware(datetime.combine(MONDAY + timedelta(days=2), datetime.min.time()))
    own = factories.meeting("Sitzung im November", starts_at=begins)
    GroupMember.objects.create(group=own.group, account_id=lead.pk, function="Kitas")
    lines = [line for part in concerns.of(town.person(Role.DEPARTMENT), Week(MONDAY)) for line in part.lines]
    assert [(line.title, line.route) for line in lines] == [("Sitzung im November", ("meeting", own.pk))]


def test_new_needs_concern_those_who_decide_on_them(town, lead):
    """By the day of entry: what people named at a kick-off weeks ago is news when it is typed in."""
    last_week, long_ago = MONDAY - timedelta(days=2), MONDAY - timedelta(days=60)
    factories.need("Fahrdienst", noticed_on=long_ago, entered_on=last_week)
    factories.need("Längst bekannt", noticed_on=last_week, entered_on=long_ago)
    factories.need("Entschieden", entered_on=last_week, state=Need.State.ACCEPTED)
    words = told(town, Role.COORDINATOR)
    assert "Fahrdienst" in words
    assert "Längst bekannt" not in words
    assert "Entschieden" not in words
    assert "Fahrdienst" not in told(town)


def test_who_left_a_team_hears_of_it_no_more(town):
    team, account = factories.team("61", "Stadtplanung"), town.account[Role.PLANNER]
    with_step("Wohnungsbau", team)
    TeamMember.objects.create(
        team=team, account_id=account.pk, function="Planung", until=MONDAY - timedelta(days=1)
    )
    assert "Wohnungsbau" not in told(town, Role.PLANNER)
    TeamMember.objects.update(until=None)
    assert "Wohnungsbau" in told(town, Role.PLANNER)


def test_one_mail_a_week_without_anything_personal_in_its_subject(town, lead):
    with_step("Betreuung", factories.team("53"))
    assert send_week(lead, town.town, MONDAY)
    assert send_week(lead, town.town, MONDAY + timedelta(days=1))
    mail = Outgoing.objects.get(kind="week of the plan")
    assert mail.recipient == lead.email
    assert "Schritt zu Betreuung" in mail.text
    assert f"/staff/{town.town.slug}/concept/week/" in mail.text
    assert lead.name not in mail.subject
    assert "Betreuung" not in mail.subject


def test_nothing_to_tell_no_mail(town, lead):
    assert not send_week(lead, town.town, MONDAY)
    assert not Outgoing.objects.filter(kind="week of the plan").exists()


def test_who_has_no_part_in_the_plan_gets_none(town):
    assert not send_week(town.account[Role.ADMINISTRATOR], town.town, MONDAY)


def test_it_can_be_switched_off_and_on(cast, client):
    with cast.in_town():
        account = cast.account[Role.COORDINATOR]
        assert account in readers(cast.town)
    client.force_login(account)
    at = f"/staff/{cast.town.slug}/concept/week/"
    client.post(f"{at}mail/", {"mail": "off"})
    client.post(f"{at}mail/", {"mail": "off"})
    with cast.in_town():
        assert account not in readers(cast.town)
        assert MailSwitchedOff.objects.count() == 1
    client.post(f"{at}mail/", {"mail": "on"})
    with cast.in_town():
        assert account in readers(cast.town)
    assert client.get(at).status_code == 200
