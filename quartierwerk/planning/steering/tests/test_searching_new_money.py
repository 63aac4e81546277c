"""A post's alert reaches the steering group (W3.4)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from ...measures import funding_search
from ...measures.rules.months import shifted
from ...models import AgendaItem, Group, Task
from ...tests import factories
from ..agenda import actions as agenda
from ..sources import money_that_ends

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(board):
    Group.objects.update(kind=Group.Kind.STEERING)
    ends = timezone.localdate() + timedelta(days=150)
    return factories.post(ends_on=ends, filled=True, team=board.team)


def test_the_search_becomes_a_task_and_an_item_of_the_next_meeting(ahead, post):
    funding_search.begin_search(post, by=ahead.coordinator)
    task = Task.objects.get(post=post)
    assert task.owner_team == ahead.team
    assert task.due_on == max(shifted(post.ends_on, -3), timezone.localdate())
    item = AgendaItem.objects.get(source_id=post.pk)
    assert item.meeting == ahead.meeting
    assert item.reason
    offered = agenda.still_proposed(ahead.meeting, ahead.coordinator)
    assert not any(one.about == post.pk for _source, items in offered for one in items)


def test_pressing_twice_tells_once(ahead, post):
    for _press in range(2):
        funding_search.begin_search(post, by=ahead.coordinator)
    assert Task.objects.filter(post=post).count() == 1
    assert AgendaItem.objects.filter(source_id=post.pk).count() == 1


def test_without_a_meeting_ahead_the_proposal_names_it(board, post):
    board.meeting.delete()
    # A year and a half off: only the search brings it up.
    post.ends_on = timezone.localdate() + timedelta(days=540)
    post.save()
    concept = factories.concept()
    assert not list(money_that_ends(concept, timezone.localdate(), board.coordinator))
    funding_search.begin_search(post, by=board.coordinator)
    (found,) = money_that_ends(concept, timezone.localdate(), board.coordinator)
    assert found.about == post.pk
    assert found.is_chosen
    Task.objects.update(done_on=timezone.localdate())
    assert not list(money_that_ends(concept, timezone.localdate(), board.coordinator))


def test_a_post_of_nobody_is_searched_for_by_who_began(board):
    Group.objects.update(kind=Group.Kind.STEERING)
    post = factories.post("Halbe Stelle", ends_on=date(2036, 2, 29))
    funding_search.begin_search(post, by=board.coordinator)
    task = Task.objects.get(post=post)
    assert task.owner_account_id == board.coordinator.account_id
    assert task.due_on == date(2035, 11, 29)
