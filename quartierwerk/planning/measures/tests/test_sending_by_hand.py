"""The coordination office sends a team its link by hand: a mail that got lost, an address set right (W2.2)."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from quartierwerk.messages.models import Outgoing
from quartierwerk.planning.models import Team, UpdateLink
from quartierwerk.planning.tests import factories
from quartierwerk.rights import Role

from ..rules import reporting
from ..rules.reporting import Problem
from ..update import asking


def test_why_a_team_cannot_be_asked():
    ended = date(2026, 1, 1)
    assert reporting.problem(True, None, True) is None
    assert reporting.problem(False, None, True) == Problem.NO_ADDRESS
    assert reporting.problem(True, None, False) == Problem.LEADS_NOTHING
    assert reporting.problem(False, ended, False) == Problem.ENDED


@pytest.fixture
def team(cast):
    with cast.in_town():
        made = factories.team("53", email="kita@musterstadt.example")
        factories.measure("Betreuung", lead_team=made, stage="running", ends_on=date(2040, 1, 1))
        yield made


def press(desk, team, name="send_link"):
    return desk.post(reverse(f"planning_staff:{name}", kwargs={"tenant": "musterstadt", "pk": team.pk}))


def test_the_link_is_the_same_however_often_it_is_sent_and_opens(desk, client, team):
    for address in ("kita@musterstadt.example", "neu@musterstadt.example"):
        Team.objects.update(email=address)
        assert press(desk, team).status_code == 302
        assert Outgoing.objects.filter(recipient=address).count() == 1
    link = UpdateLink.objects.get()
    assert link.reminded == 0  # two reminders are still to come
    told = {re.search(r"https?://\S+/plan/report/(\w+)/", mail.text)[1] for mail in Outgoing.objects.all()}
    assert told == {asking.token_of(link.pk)}
    assert client.get(f"/de/musterstadt/plan/report/{told.pop()}/").status_code == 200
    page = desk.get(
        reverse("planning_staff:team", kwargs={"tenant": "musterstadt", "pk": team.pk})
    ).content.decode()
    assert "0 von einer Maßnahme" in page


def test_a_link_that_others_sent_before_is_taken(cast, desk, team):
    asking.take_step(team.pk, by=cast.person(Role.COORDINATOR), today=timezone.localdate().replace(day=1))
    press(desk, team)
    assert UpdateLink.objects.count() == 1
    assert Outgoing.objects.count() == 2


def test_nobody_to_ask_says_why_and_sends_nothing(desk, team):
    Team.objects.update(email="")
    assert press(desk, team).status_code == 302
    assert not Outgoing.objects.exists()
    assert not UpdateLink.objects.exists()
    page = desk.get(
        reverse("planning_staff:team", kwargs={"tenant": "musterstadt", "pk": team.pk})
    ).content.decode()
    assert "Bitte tragen Sie zuerst" in page
