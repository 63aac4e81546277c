"""A change of law from the log to its follow-up (R2.15): work list, agenda, measure's page, task."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quartierwerk.planning.models import ContextChange, Task
from quartierwerk.planning.tests import factories
from quartierwerk.rights import Role, worker
from quartierwerk.rights.asking import Refused as NotAllowed
from quartierwerk.testing import Cast
from quartierwerk.testing import cast as whole_cast

from .. import actions, pages, sources
from ..rules import Standing, standing
from ..work import to_follow_up


@pytest.fixture
def cast(db) -> Cast:
    return whole_cast()


@pytest.fixture
def town(cast):
    with cast.in_town():
        yield cast


@pytest.fixture
def change(town):
    field = factories.field()
    measure = factories.measure(fields=[field], stage="running")
    return factories.context_change(fields=[field], measures=[measure])


def address(name, **keys):
    return reverse(f"planning_staff:{name}", kwargs={"tenant": "musterstadt", **keys})


def proposed(cast, change):
    concept, by = factories.concept(), worker("test", cast.town.pk)
    return [one for one in sources.to_follow_up(concept, timezone.localdate(), by) if one.about == change.pk]


def test_the_database_and_the_rule_agree_which_changes_are_open(town, change):
    team = factories.team()
    day = timezone.localdate()
    given = {"given_on": day - timedelta(days=9), "due_on": day, "owner_team": team, "words": "Prüfen"}
    for done_on, withdrawn, reason in (
        (None, "", ""), (day, "", ""), (None, "Erledigt sich", ""), (None, "Erledigt sich", "Nichts zu tun"),
        (day, "", "Nichts zu tun"), (None, "", "Nichts zu tun"),
    ):  # fmt: skip
        Task.objects.all().delete()
        Task.objects.create(context_change=change, done_on=done_on, withdrawn_reason=withdrawn, **given)
        ContextChange.objects.update(nothing_to_do=reason)
        change = ContextChange.objects.get()
        now = standing(pages.follow_ups(change), reason)
        is_open = ContextChange.objects.to_follow_up().exists()
        assert is_open == (now in (Standing.OPEN, Standing.IN_HAND)), (done_on, withdrawn, reason)


def test_from_the_log_to_the_task_and_off_the_lists(client, town, change):
    coordinator = town.account[Role.COORDINATOR]
    client.force_login(coordinator)
    assert proposed(town, change)[0].is_chosen is (
        change.in_force_from <= timezone.localdate() + timedelta(92)
    )
    page = address("context_change", pk=change.pk)
    follow_up = address("follow_up", pk=change.pk)
    yesterday = (timezone.localdate() - timedelta(days=1)).strftime("%d.%m.%Y")
    # Nobody named, or a day that is over: refused, with what was typed
    for values in (
        {"words": "Kurse neu planen"},
        {"words": "Kurse neu planen", "team": str(factories.team().pk), "due_on": yesterday},
    ):
        answer = client.post(follow_up, values)
        assert answer.status_code == 422
        assert "Kurse neu planen" in answer.content.decode()
    assert client.post(follow_up, {}).status_code == 422
    assert not Task.objects.exists()
    in_time = (timezone.localdate() + timedelta(days=30)).strftime("%d.%m.%Y")
    given = client.post(
        follow_up, {"words": "Kurse neu planen", "team": str(factories.team().pk), "due_on": in_time}
    )
    assert given.status_code == 302
    assert not proposed(town, change)
    assert "Kurse neu planen" in client.get(page).content.decode()
    # The task names what it is for, and is finished where all tasks are
    task = Task.objects.get()
    assert change.title in client.get(address("task", pk=task.pk)).content.decode()
    assert ContextChange.objects.to_follow_up().exists()
    client.post(address("finish_task", pk=task.pk))
    assert not ContextChange.objects.to_follow_up().exists()
    assert change.title not in client.get(address("context_changes")).content.decode()
    assert change.title in client.get(address("context_changes") + "?all=1").content.decode()


def test_a_change_stands_on_the_page_of_each_measure_it_touches(client, town, change):
    client.force_login(town.account[Role.COORDINATOR])
    measure = change.on_measures.get().measure
    assert change.title in client.get(address("measure", pk=measure.pk)).content.decode()
    other = factories.measure("Sprachcafé", fields=[factories.field()])
    assert change.title not in client.get(address("measure", pk=other.pk)).content.decode()
    # Only what the page showed is changed
    client.post(
        address("context_measures", pk=change.pk), {"shown": [str(other.pk)], "measure": [str(other.pk)]}
    )
    assert {one.measure_id for one in change.on_measures.all()} == {measure.pk, other.pk}
    client.post(
        address("context_measures", pk=change.pk), {"shown": [str(measure.pk), "x"], "measure": ["x"]}
    )
    assert {one.measure_id for one in change.on_measures.all()} == {other.pk}


def test_a_change_belongs_to_a_field_and_has_a_source(client, town):
    client.force_login(town.account[Role.COORDINATOR])
    given = {"title": "Neues Recht", "level": "federal", "noticed_on": "16.11.2026"}
    assert client.post(address("add_context_change"), given).status_code == 422
    assert not ContextChange.objects.exists()
    field = factories.field()
    made = client.post(
        address("add_context_change"), given | {"source": "Gesetzblatt", "in_fields": [str(field.pk)]}
    )
    assert made.status_code == 302
    change = ContextChange.objects.get()
    assert change.in_force_from is None
    assert [one.field for one in change.in_fields.all()] == [field]


def test_who_only_reads_gives_no_task(town, change):
    task = actions.NewTask("Prüfen", timezone.localdate(), factories.team())
    with pytest.raises(NotAllowed):
        actions.give_task(change, task, by=town.person(Role.STEERING_MEMBER))


def test_the_work_list_holds_what_is_open(town, change, rf):
    request = rf.get("/")
    request.person = town.person(Role.COORDINATOR)
    assert list(to_follow_up(request)) == [change]
    ContextChange.objects.update(nothing_to_do="Die Texte bleiben.")
    assert not to_follow_up(request).exists()
