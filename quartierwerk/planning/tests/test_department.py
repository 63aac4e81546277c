"""A department lead works for one team: named when the role is given, and then her measures are that team's."""

from uuid import uuid4

import pytest
from django.test import Client

from quartierwerk.people import actions
from quartierwerk.people.models import InvitedRole, Membership
from quartierwerk.rights import Role, may, visible
from quartierwerk.tenants import scope

from ..models import Goal, Measure
from . import factories


def given(cast, team) -> None:
    Membership.objects.filter(role=Role.DEPARTMENT).update(team_id=team.pk)


def test_reads_and_reports_on_the_measures_of_her_team_only(cast):
    with cast.in_town():
        hers, other = factories.team("53"), factories.team("61", "Stadtplanung")
        led = factories.measure("Betreuung", lead_team=hers)
        factories.measure("Wohnungsbau", lead_team=other)
        factories.measure("Ohne Federführung")
        given(cast, hers)
        person = cast.person(Role.DEPARTMENT)
        assert list(visible(person, "planning.read_measures", Measure.objects.all())) == [led]
        assert list(visible(person, "planning.report", Measure.objects.all())) == [led]
        assert not may(person, "planning.write", led)


def test_without_a_team_she_reads_no_measure(cast):
    with cast.in_town():
        factories.measure("Ohne Federführung")
        person = cast.person(Role.DEPARTMENT)
        assert not visible(person, "planning.read_measures", Measure.objects.all())


def test_a_community_worker_reads_the_measures_of_her_quarter(cast):
    with cast.in_town():
        hers = factories.measure("Treff in Mitte", space=cast.middle)
        factories.measure("Treff im Altdorf", space=cast.old)
        person = cast.person(Role.COMMUNITY_WORKER)
        assert list(visible(person, "planning.read_measures", Measure.objects.all())) == [hers]
        assert not visible(person, "planning.read", Goal.objects.all())


def _invite(cast, **typed):
    client = Client()
    client.force_login(cast.account[Role.ADMINISTRATOR])
    form = {"email": "neu@musterstadt.example", "role": Role.DEPARTMENT, "last_day": "", **typed}
    with scope.entered(None):
        return client.post(f"/staff/{cast.town.slug}/people/invite/", form)


def test_the_administrator_names_the_team_in_the_invitation(cast):
    with cast.in_town():
        team = factories.team("53")
    answer = _invite(cast, team=str(team.pk))
    assert answer.status_code == 302
    with cast.in_town():
        assert InvitedRole.objects.get().team_id == team.pk


@pytest.mark.parametrize("typed", ["", "nobody's", "foreign"])
def test_a_department_lead_without_a_team_of_here_is_refused(cast, typed):
    with cast.in_town():
        factories.team("53")
    with cast.in_other():
        foreign = factories.team("40", "Bildung")
    team = {"nobody's": str(uuid4()), "foreign": str(foreign.pk)}.get(typed, "")
    assert _invite(cast, team=team).status_code == 422
    with cast.in_town():
        assert not InvitedRole.objects.exists()
        with pytest.raises(actions.Refusal):
            actions.invite(
                "neu@musterstadt.example",
                Role.DEPARTMENT,
                actions.Place(team_id=team or None),
                by=cast.person(Role.ADMINISTRATOR),
            )


def test_where_no_team_is_entered_the_form_says_what_to_do_first(cast):
    answer = _invite(cast)
    assert answer.status_code == 422
    assert "Tragen Sie zuerst die Teams der Verwaltung ein." in answer.content.decode()
