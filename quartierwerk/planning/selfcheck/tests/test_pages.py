"""Filling in, comparing with last year, totals, and who may (R3.13)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from quartierwerk.people.models import Membership
from quartierwerk.planning.models import SelfCheck
from quartierwerk.planning.tests import factories
from quartierwerk.rights import Role
from quartierwerk.testing import Cast
from quartierwerk.testing import cast as whole_cast

from .. import pages, work

YEAR = timezone.localdate().year


@pytest.fixture
def cast(db) -> Cast:
    return whole_cast()


@pytest.fixture
def team(cast):
    with cast.in_town():
        team = factories.team("53")
        Membership.objects.filter(role=Role.DEPARTMENT).update(team_id=team.pk)
        yield team


def address(name, **keys):
    return reverse(f"planning_staff:{name}", kwargs={"tenant": "musterstadt", **keys})


def test_a_department_fills_in_its_own_and_no_other(client, cast, team):
    other = factories.team("61", "Stadtplanung")
    client.force_login(cast.account[Role.DEPARTMENT])
    form = address("fill_in_self_check", pk=team.pk, year=YEAR)
    assert client.get(address("self_check", pk=team.pk)).status_code == 200
    assert client.get(address("fill_in_self_check", pk=other.pk, year=YEAR)).status_code == 404
    assert client.get(address("self_checks")).status_code == 404
    faulty = client.post(form, {"people": "12", "trained": "13", "answered": "1", "languages_unknown": "on"})
    assert faulty.status_code == 422
    assert not SelfCheck.objects.exists()
    sent = client.post(
        form, {"people": "12", "trained": "", "forms": "40", "plain_forms": "0", "languages_unknown": "on"}
    )
    assert sent.status_code == 302
    check = SelfCheck.objects.get()
    assert (check.people, check.trained, check.plain_forms, check.complaints) == (12, None, 0, None)
    assert check.languages is None
    page = client.get(address("self_check", pk=team.pk)).content.decode()
    assert "nicht bekannt, von 12" in page
    assert "0 von 40" in page


def test_german_only_is_not_the_same_as_not_known(client, cast, team):
    client.force_login(cast.account[Role.COORDINATOR])
    form = address("fill_in_self_check", pk=team.pk, year=YEAR)
    client.post(form, {"languages": ["tr", "ar"]})
    assert set(SelfCheck.objects.get().languages) == {"tr", "ar"}
    opened = client.get(form).context["form"]["as_opened"].value()
    client.post(form, {"as_opened": opened})
    assert SelfCheck.objects.get().languages == []
    both = client.post(form, {"languages": ["tr"], "languages_unknown": "on"})
    assert both.status_code == 422
    assert client.get(address("fill_in_self_check", pk=team.pk, year=YEAR - 2)).status_code == 404


def test_this_year_stands_beside_the_last_and_small_numbers_are_hidden(client, cast, team):
    other, third = factories.team("61", "Stadtplanung"), factories.team("50", "Soziales")
    factories.team("52", "Jugend")  # has not answered
    for year, trained in ((YEAR - 1, (10, 10)), (YEAR, (15, 10))):
        factories.self_check(team, year, people=30, trained=trained[0], languages=["tr"])
        factories.self_check(other, year, people=30, trained=trained[1])
    factories.self_check(third, YEAR, people=None)
    client.force_login(cast.account[Role.PLANNER])
    page = client.get(address("self_checks"))
    told = page.context["told"]
    trained = told.totals[0]
    assert trained.now.startswith("25 von 60 (41,7 %)")
    assert "2 von 4 Teams" in trained.now
    assert trained.before.startswith("20 von 60 (33,3 %)")
    assert trained.change == "+8,4 Punkte (2 Teams in beiden Jahren)"
    assert [one.name for one in told.missing] == ["Jugend"]
    SelfCheck.objects.filter(team=other, year=YEAR).update(trained=2)
    page = client.get(address("self_checks")).content.decode()
    assert "2 von 30" not in page
    assert "ausgeblendet" in page


def test_the_change_is_of_the_teams_that_answered_in_both_years(cast, team):
    other = factories.team("61", "Stadtplanung")
    before = {
        team.pk: SelfCheck(people=30, trained=10),
        other.pk: SelfCheck(people=30, trained=9),
    }
    now = {team.pk: SelfCheck(people=30, trained=15)}
    (trained, *_rest) = pages.overview([team, other], now, before, "de").totals
    assert trained.before.startswith("19 von 60")
    assert trained.change == "+16,7 Punkte (1 Team in beiden Jahren)"


def test_no_change_is_told_from_which_a_hidden_number_follows(cast, team):
    others = [factories.team("61", "Stadtplanung"), factories.team("62", "Bauhof")]
    before = {
        team.pk: SelfCheck(people=30, trained=10),
        others[0].pk: SelfCheck(people=30, trained=2),
        others[1].pk: SelfCheck(people=30, trained=3),
    }
    now = {pk: SelfCheck(people=30, trained=15) for pk in (team.pk, others[1].pk)}
    (trained, *_rest) = pages.overview([team, *others], now, before, "de").totals
    assert trained.before.startswith("15 von 90")
    assert not trained.change


def test_who_has_not_answered_waits_on_the_list_until_then(cast, team, rf):
    factories.team("54", "Aufgelöst", ended_on=timezone.localdate())
    factories.team("KV", "Kulturverein", is_department=False)
    other = factories.team("61", "Stadtplanung")
    office, own = rf.get("/"), rf.get("/")
    office.person, own.person = cast.person(Role.COORDINATOR), cast.person(Role.DEPARTMENT)
    assert set(work.missing(office)) == {team, other}
    assert list(work.missing(own)) == [team]
    factories.self_check(team, YEAR)
    factories.self_check(other, YEAR - 1)
    assert list(work.missing(office)) == [other]
    assert not work.missing(own).exists()
