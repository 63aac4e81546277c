from datetime import timedelta

import pytest
from django.utils import timezone

from quartierwerk.people.models import Membership
from quartierwerk.rights import Refused as NotAllowed
from quartierwerk.rights import Role

from ...models import Decision, GroupMember, Task
from ...tests import factories
from ..rules import Refusal, Refused
from ..tasks import actions, lists

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(board):
    return factories.decision(meeting=board.meeting)


@pytest.fixture
def task(board, decision):
    return factories.task(decision=decision, owner_team=board.team)


def test_a_decision_is_asked_about_when_its_tasks_are_done_and_never_ends_by_itself(
    board, desk, decision, task
):
    base = f"/staff/{board.cast.town.slug}/concept"
    answer = desk.post(f"{base}/tasks/{task.pk}/done/")
    decision.refresh_from_db()
    assert decision.state == Decision.State.OPEN
    assert answer["Location"] == f"{base}/decisions/{decision.pk}/"
    assert desk.get(answer["Location"]).context["all_ended"]
    assert list(lists.carried_out(board.coordinator)) == [decision]
    desk.post(f"{base}/decisions/{decision.pk}/done/")
    decision.refresh_from_db()
    assert decision.state == Decision.State.DONE
    assert not lists.carried_out(board.coordinator).exists()


def test_a_decision_with_an_open_task_is_not_done(board, decision, task):
    with pytest.raises(Refused, match=Refusal.TASKS_OPEN):
        actions.finish_decision(decision, by=board.coordinator)


def test_withdrawing_needs_a_reason_and_takes_the_open_tasks_along(board, desk, decision, task):
    address = f"/staff/{board.cast.town.slug}/concept/decisions/{decision.pk}/withdraw/"
    assert desk.post(address, {"reason": " "}).status_code == 422
    done = factories.task("Erledigt", decision=decision, done_on=timezone.localdate())
    desk.post(address, {"reason": "Die Schule macht es selbst."})
    decision.refresh_from_db()
    assert (decision.state, decision.withdrawn_reason) == ("withdrawn", "Die Schule macht es selbst.")
    task.refresh_from_db()
    done.refresh_from_db()
    assert task.withdrawn_reason == "Die Schule macht es selbst."
    assert done.withdrawn_reason == ""


def test_what_has_ended_does_not_end_twice(board, task):
    actions.withdraw_task(task, "Doppelt", by=board.coordinator)
    with pytest.raises(Refused, match=Refusal.ENDED_ALREADY):
        actions.finish_task(task, by=board.coordinator)


def test_a_department_sees_and_ends_what_its_team_has(board, client, task):
    cast = board.cast
    account = cast.account[Role.DEPARTMENT]
    Membership.objects.filter(account=account).update(team_id=board.team.pk)
    other = factories.task("Fremdes", owner_team=factories.team("40", "Bildung"))
    client.force_login(account)
    base = f"/staff/{cast.town.slug}/concept/tasks"
    page = client.get(f"{base}/").content.decode()
    assert "Raum suchen" in page
    assert "Fremdes" not in page
    assert client.get(f"{base}/{other.pk}/").status_code == 404
    assert client.post(f"{base}/{task.pk}/done/").status_code == 302
    task.refresh_from_db()
    assert task.done_on == timezone.localdate()


def test_a_member_may_end_only_what_is_hers_and_withdraw_what_the_group_decided(board, task):
    member = board.cast.person(Role.STEERING_MEMBER)
    with pytest.raises(NotAllowed):
        actions.finish_task(task, by=member)
    own = factories.task("Eigenes", owner_account_id=member.account_id)
    actions.finish_task(own, by=member)
    with pytest.raises(NotAllowed):
        actions.withdraw_task(task, "Doppelt", by=member)
    GroupMember.objects.filter(pk=board.seats[0].pk).update(account_id=member.account_id)
    actions.withdraw_task(task, "Doppelt", by=board.cast.person(Role.STEERING_MEMBER))


def test_the_most_overdue_comes_first_and_mine_is_mine(board, desk):
    today, me = timezone.localdate(), board.coordinator
    late = {"given_on": today - timedelta(days=90), "due_on": today - timedelta(days=30)}
    factories.task("Später", owner_account_id=me.account_id, due_on=today + timedelta(days=400))
    factories.task("Lange her", owner_account_id=me.account_id, **late)
    factories.task("Von anderen", owner_team=board.team)
    factories.task("Fertig", owner_account_id=me.account_id, done_on=today)
    page = desk.get(f"/staff/{board.cast.town.slug}/concept/tasks/?whose=mine")
    assert [task.words for task, _owner, _late in page.context["rows"]] == ["Lange her", "Später"]
    assert [one.words for one in lists.mine(me, today)] == ["Lange her", "Später"]
    everything = desk.get(f"/staff/{board.cast.town.slug}/concept/tasks/")
    assert len(everything.context["rows"]) == 3


def test_a_task_of_my_team_that_nobody_has_taken_is_on_my_list(board):
    account = board.cast.account[Role.STEERING_MEMBER]
    factories.group_member("Ich", account.pk, group=board.group, team=board.team, until=None)
    factories.task("Frei", owner_team=board.team)
    factories.task("Vergeben", owner_team=board.team, owner_account_id=board.coordinator.account_id)
    person = board.cast.person(Role.STEERING_MEMBER)
    assert [one.words for one in lists.mine(person, timezone.localdate())] == ["Frei"]


def test_the_work_list_holds_ones_tasks(board, desk):
    factories.task("Antrag stellen", owner_account_id=board.coordinator.account_id)
    page = desk.get(f"/staff/{board.cast.town.slug}/work/?pile=plan-tasks").content.decode()
    assert "Antrag stellen" in page


def test_an_open_decision_with_an_overdue_task_comes_first(board, desk, decision):
    today = timezone.localdate()
    factories.task("Bald", decision=decision, due_on=today + timedelta(days=3), given_on=today)
    late = factories.decision("Überfälliges", meeting=board.meeting)
    factories.task(
        "Gestern", decision=late, given_on=today - timedelta(days=9), due_on=today - timedelta(days=1)
    )
    factories.decision("Erledigtes", meeting=board.meeting, state=Decision.State.DONE)
    page = desk.get(f"/staff/{board.cast.town.slug}/concept/decisions/")
    assert [one.decision.words for one in page.context["rows"]] == ["Überfälliges", decision.words]
    assert Task.objects.count() == 2


def test_a_task_goes_only_to_who_may_open_it(board, desk):
    accounts = board.cast.account
    outsider, member = accounts[Role.ORGANISATION_EDITOR], accounts[Role.DEPARTMENT]
    change = factories.context_change()
    staff = f"/staff/{board.cast.town.slug}/concept"
    assert str(outsider.pk) not in desk.get(f"{staff}/tasks/new/").content.decode()
    day = (timezone.localdate() + timedelta(days=7)).strftime("%d.%m.%Y")
    task = {"words": "Raum suchen", "due_on": day}
    draft = f"decide-{board.item.pk}"
    decision = {"decide": str(board.item.pk), f"{draft}-words": "Zuschuss", f"{draft}-tasks": "1"}
    for address, prefix, sent in (
        (f"{staff}/tasks/new/", "", {}),
        (f"{staff}/context/{change.pk}/follow-up/", "", {}),
        (board.address("minutes/"), f"{draft}-task-0-", decision),
    ):
        for owner, status, kept in (outsider, 422, 0), (member, 302, 1):
            Task.objects.all().delete()
            given = sent | {f"{prefix}{name}": value for name, value in task.items()}
            answer = desk.post(address, given | {f"{prefix}account": str(owner.pk)})
            assert (answer.status_code, Task.objects.count()) == (status, kept), address


def test_a_task_is_given_without_a_decision(board, desk):
    address = f"/staff/{board.cast.town.slug}/concept/tasks/new/"
    day = timezone.localdate() + timedelta(days=7)
    given = {"words": "Raum suchen", "team": str(board.team.pk), "due_on": day.strftime("%d.%m.%Y")}
    past = timezone.localdate() - timedelta(days=1)
    for wrong in ({"words": " "}, {"team": ""}, {"due_on": past.strftime("%d.%m.%Y")}, {"due_on": ""}):
        assert desk.post(address, given | wrong).status_code == 422, wrong
    assert not Task.objects.exists()
    assert desk.post(address, given).status_code == 302
    task = Task.objects.get()
    assert (task.decision, task.owner_team, task.due_on) == (None, board.team, day)
