"""The monthly update of a team: asked once, reminded twice, then "no report"; the page behind the link (W2.2)."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from quartierwerk.messages.models import Outgoing
from quartierwerk.planning.models import Measure, Milestone, StateReport, UpdateLink
from quartierwerk.planning.tests import factories
from quartierwerk.rights import worker

from .. import facts
from ..rules.light import Light
from ..rules.reporting import Step
from ..update import asking

FIRST = date(2026, 11, 2)


@pytest.fixture
def team(cast):
    with cast.in_town():
        yield factories.team("53", email="kita@musterstadt.example")


@pytest.fixture
def measure(team):
    return factories.measure("Betreuung", lead_team=team, stage="running", ends_on=date(2030, 1, 1))


def step(cast, team, day: date):
    made = asking.take_step(team.pk, by=worker("test", cast.town.pk), today=day)
    # The link keeps when it was sent; the test says on which day that was.
    if made == Step.ASK:
        at = timezone.make_aware(datetime(day.year, day.month, day.day, 6))
        UpdateLink.objects.update(sent_at=at, valid_until=timezone.now() + timedelta(days=30))
    return made


def test_one_mail_then_two_reminders_then_no_report(cast, team, measure):
    assert step(cast, team, FIRST) == Step.ASK
    assert step(cast, team, FIRST) is None
    assert step(cast, team, FIRST + timedelta(days=7)) == Step.REMIND
    assert step(cast, team, FIRST + timedelta(days=14)) == Step.REMIND_AGAIN
    assert step(cast, team, FIRST + timedelta(days=15)) is None
    assert Outgoing.objects.filter(recipient=team.email).count() == 3
    loaded = list(facts.with_parts(Measure.objects.all()))
    assert facts.lights(loaded, FIRST + timedelta(days=20))[measure.pk].light == Light.GREEN
    assert facts.lights(loaded, FIRST + timedelta(days=21))[measure.pk].light == Light.NO_REPORT


def test_who_leads_nothing_or_has_no_address_is_not_asked(cast, team):
    assert step(cast, team, FIRST) is None
    factories.measure("Nur vorgeschlagen", lead_team=team)
    assert step(cast, team, FIRST) is None
    assert asking.teams_to_ask() == []


@pytest.fixture
def page(cast, team, measure):
    step(cast, team, timezone.localdate().replace(day=1))
    link = UpdateLink.objects.get()
    return f"/de/musterstadt/plan/report/{asking.token_of(link.pk)}/"


def test_opening_the_page_changes_nothing_and_shows_no_more_than_the_teams_measures(
    client, page, team, measure
):
    Measure.objects.filter(pk=measure.pk).update(internal_notes="Streng intern")
    factories.measure("Von Team 61", lead_team=factories.team("61", "Stadtplanung"), stage="running")
    before = UpdateLink.objects.values().get()
    shown = client.get(page).content.decode()
    assert "Betreuung" in shown
    assert "Streng intern" not in shown
    assert "Von Team 61" not in shown
    assert UpdateLink.objects.values().get() == before
    assert not StateReport.objects.exists()


def test_a_wrong_or_old_link_opens_nothing(client, page):
    assert client.get("/de/musterstadt/plan/report/wrong/").status_code == 404
    UpdateLink.objects.update(valid_until=timezone.now() - timedelta(minutes=1))
    assert client.get(page).status_code == 404


def test_done_while_a_step_is_open_asks_and_stores_nothing_before(client, page, measure):
    open_step = Milestone.objects.create(measure=measure, title="Räume finden", due_on=date(2030, 1, 1))
    name = str(measure.pk)
    answer = client.post(page, {f"{name}-light": "done", f"{name}-words": "Alles fertig."})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Räume finden" in shown
    assert "Alles fertig." in shown
    assert not StateReport.objects.exists()
    ticked = client.post(page, {f"{name}-light": "done", f"{name}-steps": str(open_step.pk)})
    assert ticked.status_code == 302
    open_step.refresh_from_db()
    assert open_step.done_on == timezone.localdate()
    measure.refresh_from_db()
    assert measure.stage == "running"  # its end is for the coordination office


def test_an_answer_counts_at_once_and_ends_the_asking(cast, client, page, team, measure):
    other = factories.measure("Sprachcafé", lead_team=team, stage="running", ends_on=date(2030, 1, 1))
    client.post(page, {f"{measure.pk}-light": "at_risk", f"{measure.pk}-words": "Zwei Kranke."})
    assert UpdateLink.objects.get().answered_at is None  # one measure is without a word
    loaded = list(facts.with_parts(Measure.objects.filter(pk=measure.pk)))
    assert facts.lights(loaded, timezone.localdate())[measure.pk].light == Light.AMBER
    client.post(page, {f"{other.pk}-light": "on_track"})
    assert UpdateLink.objects.get().answered_at is not None
    assert StateReport.objects.get(measure=measure).account_id is None


def test_nothing_chosen_is_asked_about_and_nobody_is_thanked(client, page, team, measure):
    factories.measure("Sprachcafé", lead_team=team, stage="running", ends_on=date(2030, 1, 1))
    asked = client.post(page, {f"{measure.pk}-words": "  "})
    assert asked.status_code == 422
    assert "Bitte wählen Sie etwas aus." in asked.content.decode()
    assert not StateReport.objects.exists()
    # One measure is enough: the others may wait.
    assert client.post(page, {f"{measure.pk}-light": "on_track"}).status_code == 302


def test_what_the_page_does_not_offer_is_refused(client, page, measure):
    assert client.post(page, {f"{measure.pk}-light": "green"}).status_code == 422
    foreign = factories.measure(
        "Von Team 61", lead_team=factories.team("61", "Stadtplanung"), stage="running"
    )
    client.post(page, {f"{foreign.pk}-light": "done"})
    assert not StateReport.objects.exists()
