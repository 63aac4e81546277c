"""A team's lead leaves: not before everything that is hers has gone to somebody else, thing by thing (W2.5)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quartierwerk.people.models import Account, Membership
from quartierwerk.planning.models import GroupMember, Measure, Task, TeamMember
from quartierwerk.planning.tests import factories
from quartierwerk.rights import Role

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def lead(visitor) -> Account:
    cast = visitor.cast
    account = cast.account[Role.DEPARTMENT]
    with cast.in_town():
        team = factories.team("53")
        Membership.objects.filter(account=account).update(team_id=team.pk)
        factories.measure(
            "Betreuung in den Kursen", stage="running", lead_team=team, lead_account_id=account.pk
        )
        Task.objects.create(
            words="Raum suchen",
            owner_account_id=account.pk,
            due_on=timezone.localdate() + timedelta(days=30),
        )
        group = factories.group("Steuerungsgruppe", kind="steering_group")
        factories.group_member(
            account.name, account.pk, group=group, team=team, until=None, function="Kindertagesstätten"
        )
        votes = cast.account[Role.STEERING_MEMBER]
        factories.group_member(votes.name, votes.pk, group=group, until=None, function="Rat")
        factories.team_member(account.name, account.pk, team=team, until=None, is_lead=True)
    return account


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def give(page, thing, taker: str):
    page.get_by_label(thing).first.check()
    page.select_option("[name=to]", taker)
    press(page, "Übergeben")


def test_a_team_lead_leaves_with_empty_hands(visitor, flawless, lead):
    cast = visitor.cast
    planner, votes = (f"person:{cast.account[role].pk}" for role in (Role.PLANNER, Role.STEERING_MEMBER))
    # Given the administrator, who ends the last role of the one who leaves
    page = visitor.page(cast.account[Role.ADMINISTRATOR])
    member = reverse("member", kwargs={"tenant": cast.town.slug, "pk": lead.pk})
    page.goto(member)
    press(page, "Rolle jetzt beenden")
    # Then it does not end, and she stands before what is still in these hands, with nothing ticked
    assert "/concept/hand-over/person/" in page.url
    assert Membership.objects.current().filter(account=lead).exists()
    assert page.locator("main input[type=checkbox]:checked").count() == 0
    flawless(page)
    # … and nobody is offered who could open none of it
    offered = page.locator("[name=to] option").evaluate_all("all => all.map(one => one.value)")
    assert planner in offered
    assert f"person:{cast.account[Role.ORGANISATION_EDITOR].pk}" not in offered
    # When she gives one thing after the other
    give(page, "Betreuung in den Kursen", planner)
    give(page, "Raum suchen", planner)
    give(page, "Steuerungsgruppe", votes)
    # … the seat stays with its reason, since nobody votes twice
    page.get_by_text("hat in dieser Gruppe schon eine Stimme").wait_for()
    with cast.in_town():
        assert GroupMember.objects.get(account_id=lead.pk).until is None
    give(page, "Steuerungsgruppe", planner)
    page.get_by_label("53 Kindertagesstätten").first.check()
    press(page, "Endet ohne Nachfolge")
    # Then the hands are empty
    page.get_by_text("Alles ist übergeben").wait_for()
    flawless(page)
    with cast.in_town():
        new = cast.account[Role.PLANNER].pk
        assert Measure.objects.get().lead_account_id == new
        assert Task.objects.get().owner_account_id == new
        assert GroupMember.objects.filter(account_id=new, until=None).count() == 1
        assert TeamMember.objects.get().until == timezone.localdate()
    # … and the role ends, and with it the account
    page.goto(member)
    press(page, "Rolle jetzt beenden")
    assert not Membership.objects.current().filter(account=lead).exists()
    assert Account.objects.get(pk=lead.pk).left_at
