"""Whoever leaves hands over first: what she holds is listed, given away or ended, and only then the account ends (W2.5)."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.http import Http404
from django.utils import timezone

from quartierwerk.directory.models import Contact
from quartierwerk.directory.tests import factories as directory
from quartierwerk.people import actions
from quartierwerk.people.handover import StillHolds, hand_over, handover, let_end
from quartierwerk.people.models import Membership
from quartierwerk.planning.models import GroupMember, Measure, Task, TeamMember
from quartierwerk.planning.tests import factories
from quartierwerk.rights import Role, may
from quartierwerk.tenants import scope

from .. import ending, holders

DUE = date(2099, 1, 31)


@pytest.fixture
def leaving(cast):
    """The planner leads a measure, owns a task, has a seat, leads a team, and is asked about an offer."""
    account = cast.account[Role.PLANNER]
    with cast.in_town():
        made = SimpleNamespace(
            account=account, by=cast.person(Role.COORDINATOR), holder=holders.of_account(account)
        )
        made.team = factories.team("53")
        made.measure = factories.measure("Betreuung", lead_team=made.team, lead_account_id=account.pk)
        made.done = factories.measure("Schon fertig", stage="done", lead_account_id=account.pk)
        made.task = Task.objects.create(words="Zahlen holen", owner_account_id=account.pk, due_on=DUE)
        made.seat = factories.group_member(account.name, account.pk, until=None, function="Sozialplanung")
        made.function = factories.team_member(
            account.name, account.pk, team=made.team, until=None, is_lead=True
        )
        offer = directory.offer("Sprachcafé", space=cast.middle)
        made.contact = Contact.objects.create(
            offer=offer, name="Planer", email=account.email.upper(), phone="0511 1"
        )
        yield made


def keys(holder, *names) -> list[str]:
    return [one.key for one in handover.held(holder) if not names or one.sort.name in names]


def test_everything_that_somebody_holds_is_listed_and_nothing_else(leaving):
    assert {one.sort.name: one.row for one in handover.held(leaving.holder)} == {
        "contacts": leaving.contact,
        "measures": leaving.measure,
        "tasks": leaving.task,
        "seats": leaving.seat,
        "team_functions": leaving.function,
    }


def test_last_role_cannot_end_while_something_is_held(cast, leaving):
    by = cast.person(Role.ADMINISTRATOR)
    role = Membership.objects.get(account=leaving.account, role=Role.PLANNER)
    with pytest.raises(actions.HandOverFirst):
        actions.end_role(role, by=by)
    assert Membership.objects.current().filter(pk=role.pk).exists()
    other = Membership.objects.create(tenant=cast.town, account=leaving.account, role=Role.TRANSLATOR)
    actions.end_role(other, by=by)  # one of two roles may end
    hand_over(keys(leaving.holder), leaving.holder, holders.of_account(cast.account[Role.COORDINATOR]), by=by)
    actions.end_role(role, by=by)
    assert not Membership.objects.current().filter(account=leaving.account).exists()


def test_handed_to_a_person_everything_is_hers_and_the_past_stays(cast, leaving):
    to = cast.account[Role.STEERING_MEMBER]
    outcome = hand_over(keys(leaving.holder), leaving.holder, holders.of_account(to), by=leaving.by)
    assert (outcome.given, outcome.left) == (5, [])
    assert handover.held(leaving.holder) == []
    assert Measure.objects.get(pk=leaving.measure.pk).lead_account_id == to.pk
    assert Measure.objects.get(pk=leaving.done.pk).lead_account_id == leaving.account.pk
    assert Task.objects.get().owner_account_id == to.pk
    seats = GroupMember.objects.order_by("until")
    today = timezone.localdate()
    # On no day both sit there.
    assert [one.since for one in seats] == [None, today + timedelta(days=1)]
    for day, sits in ((today, leaving.account.pk), (today + timedelta(days=1), to.pk)):
        assert GroupMember.objects.get(GroupMember.sitting(day)).account_id == sits
    assert [(one.account_id, one.function, one.until) for one in seats] == [
        (leaving.account.pk, "Sozialplanung", timezone.localdate()),
        (to.pk, "Sozialplanung", None),
    ]
    assert TeamMember.objects.get(account_id=to.pk).is_lead
    contact = Contact.objects.get()
    # No name without the consent of the one it belongs to.
    assert (contact.name, contact.email, contact.phone) == ("", to.email, "0511 1")


def test_a_team_takes_the_lead_and_the_tasks_but_no_seat_of_a_person(leaving):
    team = factories.team("61", "Stadtplanung")
    outcome = hand_over(keys(leaving.holder), leaving.holder, holders.of_team(team), by=leaving.by)
    assert outcome.given == 3
    assert {one.title for one in outcome.left} == {str(leaving.seat.group), str(leaving.team)}
    measure = Measure.objects.get(pk=leaving.measure.pk)
    assert (measure.lead_team, measure.lead_account_id) == (team, None)
    assert let_end(keys(leaving.holder), leaving.holder, by=leaving.by).given == 2
    assert handover.held(leaving.holder) == []


def test_only_what_is_held_moves_whatever_keys_are_sent(cast, leaving):
    foreign = factories.measure("Von niemandem")
    sent = [f"measures:{foreign.pk}", "measures:", "nonsense", f"measures:{leaving.done.pk}"]
    assert hand_over(sent, leaving.holder, holders.of_team(leaving.team), by=leaving.by).given == 0
    # Nor may somebody who only reads the plan.
    reader = cast.person(Role.STEERING_MEMBER)
    assert (
        hand_over(keys(leaving.holder), leaving.holder, holders.of_team(leaving.team), by=reader).given == 0
    )


def test_roles_go_to_another_only_by_the_administrator_and_never_to_herself(cast):
    with cast.in_town():
        team, later = factories.team("53"), factories.team("54", "Nachfolge")
        Membership.objects.filter(role=Role.DEPARTMENT, tenant=cast.town).update(team_id=team.pk)
        holder = holders.of_team(team)
        sent = keys(holder, "roles")
        assert hand_over(sent, holder, holders.of_team(later), by=cast.person(Role.COORDINATOR)).given == 0
        assert hand_over(sent, holder, holders.of_team(later), by=cast.person(Role.ADMINISTRATOR)).given == 1
        now_held = Membership.objects.current().filter(role=Role.DEPARTMENT, tenant=cast.town)
        assert [one.team_id for one in now_held] == [later.pk]
        organisation = directory.organisation("Verein")
        editor = cast.account[Role.ORGANISATION_EDITOR]
        Membership.objects.filter(account=editor).update(organisation_id=organisation.pk)
        herself = holders.of_account(cast.account[Role.ADMINISTRATOR])
        mine = holders.of_account(editor)
        assert hand_over(keys(mine), mine, herself, by=cast.person(Role.ADMINISTRATOR)).given == 0


def test_team_ends_only_with_empty_hands(leaving):
    with pytest.raises(StillHolds) as still:
        ending.refuse_ending_team(leaving.team)
    assert {one.sort.name for one in still.value.held} == {"measures", "team_functions"}
    later = holders.of_team(factories.team("54", "Nachfolge"))
    holder = holders.of_team(leaving.team)
    hand_over(keys(holder), holder, later, by=leaving.by)
    ending.refuse_ending_team(leaving.team)
    assert Measure.objects.get(pk=leaving.measure.pk).lead_team_id == later.team_id


def test_member_without_an_account_is_known_by_her_name_in_the_team(cast):
    with cast.in_town():
        team = factories.team("51")
        member = factories.team_member("Carsten Röpkemann", team=team, until=None)
        factories.group_member("Carsten Röpkemann", team=team, until=None)
        factories.group_member("Carsten Röpkemann", team=factories.team("61", "Anderswo"), until=None)
        with pytest.raises(StillHolds) as still:
            ending.refuse_ending_place(member)
        assert [one.row.team_id for one in still.value.held] == [team.pk]


def test_only_who_may_open_it_takes_it_and_each_refusal_says_why(cast, leaving):
    """An association's editor reads nothing of the plan: not even as the one in the lead."""
    editor = holders.of_account(cast.account[Role.ORGANISATION_EDITOR])
    outcome = hand_over(keys(leaving.holder), leaving.holder, editor, by=leaving.by)
    assert {one.title for one in outcome.left} == {
        "Betreuung", "Zahlen holen", str(leaving.seat.group), str(leaving.team)
    }  # fmt: skip
    assert all(editor.name in one.why for one in outcome.left)
    assert Measure.objects.get(pk=leaving.measure.pk).lead_account_id == leaving.account.pk
    assert GroupMember.objects.get().until is None
    assert TeamMember.objects.get().until is None


def test_a_department_takes_the_lead_of_its_own_teams_measures_only(cast, leaving):
    Membership.objects.filter(role=Role.DEPARTMENT, tenant=cast.town).update(team_id=leaving.team.pk)
    clerk = holders.of_account(cast.account[Role.DEPARTMENT])
    foreign = factories.measure(
        "Wohnungsbau", lead_team=factories.team("61", "Anderswo"), lead_account_id=leaving.account.pk
    )
    sent = keys(leaving.holder, "measures", "tasks")
    outcome = hand_over(sent, leaving.holder, clerk, by=leaving.by)
    assert (outcome.given, [one.title for one in outcome.left]) == (2, [foreign.title])


def test_who_works_here_no_more_takes_nothing(cast, leaving):
    Membership.objects.filter(role=Role.STEERING_MEMBER, tenant=cast.town).update(
        valid_until=timezone.now() - timedelta(days=1)
    )
    gone = holders.of_account(cast.account[Role.STEERING_MEMBER])
    assert hand_over(keys(leaving.holder, "measures"), leaving.holder, gone, by=leaving.by).given == 0


def test_nobody_gets_a_second_vote_in_a_group(cast, leaving):
    account = cast.account[Role.STEERING_MEMBER]
    to = holders.of_account(account)
    own = factories.group_member(account.name, account.pk, group=leaving.seat.group, until=None)
    outcome = hand_over(keys(leaving.holder, "seats"), leaving.holder, to, by=leaving.by)
    assert outcome.given == 0
    assert to.name in outcome.left[0].why
    GroupMember.objects.filter(pk=own.pk).update(is_voting=False)
    assert hand_over(keys(leaving.holder, "seats"), leaving.holder, to, by=leaving.by).given == 1


def test_a_department_takes_a_seat_and_reads_the_meetings_then(cast, leaving):
    """She reads no meeting before: it is the seat that lets her."""
    to = holders.of_account(cast.account[Role.DEPARTMENT])
    assert hand_over(keys(leaving.holder, "seats"), leaving.holder, to, by=leaving.by).given == 1
    GroupMember.objects.update(since=None)
    meeting = factories.meeting(group=leaving.seat.group)
    assert may(cast.person(Role.DEPARTMENT), "planning.read_meetings", meeting)


def test_two_seats_of_one_group_do_not_both_go_to_the_same_person(cast, leaving):
    factories.group_member(leaving.account.name, leaving.account.pk, group=leaving.seat.group, until=None)
    to = holders.of_account(cast.account[Role.STEERING_MEMBER])
    outcome = hand_over(keys(leaving.holder, "seats"), leaving.holder, to, by=leaving.by)
    assert (outcome.given, len(outcome.left)) == (1, 1)


def test_what_others_wrote_meanwhile_stays(leaving):
    """The row is read anew and locked; only whose it is, is written."""
    held = handover.held(leaving.holder)
    Task.objects.update(due_on=DUE - timedelta(days=30), words="Andere Zahlen")
    task = next(one for one in held if one.sort.name == "tasks")
    task.sort.give(task.row, leaving.holder, holders.of_team(leaving.team))
    stored = Task.objects.get()
    assert (stored.words, stored.owner_team) == ("Andere Zahlen", leaving.team)


def test_what_was_done_meanwhile_is_no_longer_handed_over(leaving):
    sent = keys(leaving.holder, "tasks")
    Task.objects.update(done_on=timezone.localdate())
    assert hand_over(sent, leaving.holder, holders.of_team(leaving.team), by=leaving.by).given == 0
    assert Task.objects.get().done_on


def test_a_namesake_without_account_keeps_her_seat(leaving):
    """What is held goes by the account, never by the same name."""
    namesake = factories.group_member(leaving.account.name, until=None, function="Ehrenamt")
    factories.team_member(leaving.account.name, team=factories.team("61", "Anderswo"), until=None)
    held = {one.row.pk for one in handover.held(leaving.holder)}
    assert namesake.pk not in held
    assert len(held) == 5


def test_what_an_erased_account_left_is_still_handed_over(cast, leaving):
    gone = uuid4()
    Task.objects.update(owner_account_id=gone)
    left = holders.found("person", gone, leaving.by)
    assert hand_over(keys(left), left, holders.of_team(leaving.team), by=leaving.by).given == 1
    with pytest.raises(Http404):
        holders.found("person", gone, leaving.by)


# ---- pages -----------------------------------------------------------------------------------------------------------


def test_page_lists_and_hands_over_what_is_ticked(cast, desk, leaving):
    url = f"/staff/musterstadt/concept/hand-over/person/{leaving.account.pk}/"
    with scope.entered(None):
        html = desk.get(url).content.decode()
    for words in ("Betreuung", "Zahlen holen", "Sprachcafé", "Sozialplanung"):
        assert words in html
    assert "checked" not in html
    sent = {"item": keys(leaving.holder, "tasks"), "to": f"team:{leaving.team.pk}"}
    with scope.entered(None):
        assert desk.post(url, sent).status_code == 302
    assert Task.objects.get().owner_team_id == leaving.team.pk
    assert Measure.objects.get(pk=leaving.measure.pk).lead_account_id == leaving.account.pk


def test_page_offers_only_who_could_take_something_and_says_what_stays(cast, desk, leaving):
    url = f"/staff/musterstadt/concept/hand-over/person/{leaving.account.pk}/"
    Contact.objects.all().delete()
    editor, account = cast.account[Role.ORGANISATION_EDITOR], cast.account[Role.STEERING_MEMBER]
    factories.group_member(account.name, account.pk, group=leaving.seat.group, until=None)
    sent = {"item": keys(leaving.holder, "seats", "tasks"), "to": f"person:{account.pk}"}
    with scope.entered(None):
        offered = desk.get(url).content.decode()
        html = desk.post(url, sent, follow=True).content.decode()
    assert f"person:{editor.pk}" not in offered
    assert f"person:{account.pk}" in offered
    assert f"{leaving.seat.group}: {account.name}" in html


@pytest.mark.parametrize("typed", [{}, {"item": "x"}, {"item": "x", "to": "team:1"}, {"to": "person:"}])
def test_nothing_ticked_or_nobody_chosen_is_told(cast, desk, leaving, typed):
    with scope.entered(None):
        answer = desk.post(f"/staff/musterstadt/concept/hand-over/person/{leaving.account.pk}/", typed)
    assert answer.status_code == 422


def test_administrator_who_ends_the_last_role_is_led_to_the_list(cast, client, leaving):
    client.force_login(cast.account[Role.ADMINISTRATOR])
    role = Membership.objects.get(account=leaving.account, role=Role.PLANNER)
    with scope.entered(None):
        answer = client.post(f"/staff/musterstadt/people/roles/{role.pk}/end/", follow=True)
    html = answer.content.decode()
    assert answer.redirect_chain[0][0].endswith(f"/concept/hand-over/person/{leaving.account.pk}/")
    assert "Betreuung" in html
    # She hands over, and does not read the plan.
    assert f"/concept/measures/{leaving.measure.pk}/" not in html


def test_team_form_refuses_to_end_a_team_and_a_place_with_what_is_held(cast, desk, leaving):
    today = timezone.localdate().strftime("%d.%m.%Y")
    url = f"/staff/musterstadt/concept/teams/{leaving.team.pk}/edit/"
    row = {"members-rows": "1", "members-row": str(leaving.function.pk), "members-function": "Teamleitung",
           "members-account_id": str(leaving.account.pk)}  # fmt: skip
    typed = {"number": "53", "name": "Kitas", "email": "", "ended_on": ""}
    with scope.entered(None):
        assert desk.post(url, typed | {"ended_on": today}).status_code == 422
        assert desk.post(url, typed | row | {"members-until": today}).status_code == 422
        assert desk.post(url, typed | row | {"members-remove": "on"}).status_code == 422
    assert TeamMember.objects.get().until is None
    later = (timezone.localdate() + timedelta(days=30)).strftime("%d.%m.%Y")
    with scope.entered(None):
        # A day to come may be named: until then there is time to hand over.
        page = desk.get(url).content.decode()
        assert later not in page


def test_who_leaves_soon_is_listed(cast, desk):
    soon = timezone.now() + timedelta(days=20)
    Membership.objects.filter(role=Role.TRANSLATOR, tenant=cast.town).update(valid_until=soon)
    with cast.in_town():
        factories.team_member("Wer geht", team=factories.team(), until=soon.date())
        factories.team_member("Wer schon lange weg ist", team=factories.team(), until=date(2020, 1, 1))
    html = desk.get("/staff/musterstadt/concept/hand-over/").content.decode()
    assert "Wer geht" in html
    assert str(cast.account[Role.TRANSLATOR]) in html
    assert "Wer schon lange" not in html
    assert str(cast.account[Role.PLANNER]) not in html
