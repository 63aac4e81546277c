from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from quartierwerk.messages.models import Outgoing

from ...models import Meeting
from ..inviting import actions as inviting
from ..meetings import actions
from ..rules import Refusal, Refused

pytestmark = pytest.mark.django_db


def typed(board, day, **values):
    return {
        "group": str(board.group.pk),
        "title": "Achte Sitzung",
        "starts_at": day.strftime("%d.%m.%Y"),
        "begins": "14:00",
        "place": "Stadthaus",
        **values,
    }


def test_a_meeting_is_planned_and_goes_on_to_its_agenda(board, desk):
    day = timezone.localdate() + timedelta(days=30)
    answer = desk.post(f"/staff/{board.cast.town.slug}/concept/meetings/new/", typed(board, day))
    made = Meeting.objects.get(title="Achte Sitzung")
    assert answer["Location"].endswith(f"{made.pk}/agenda/")
    assert timezone.localtime(made.starts_at).strftime("%H:%M") == "14:00"
    assert made.concept_id == board.group.concept_id


def test_a_day_that_is_over_is_asked_about_and_nothing_typed_is_lost(board, desk):
    address = f"/staff/{board.cast.town.slug}/concept/meetings/new/"
    day = timezone.localdate() - timedelta(days=3)
    answer = desk.post(address, typed(board, day))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert day.strftime("%d.%m.%Y") in page
    assert "Achte Sitzung" in page
    assert 'name="in_the_past"' in page
    assert not Meeting.objects.filter(title="Achte Sitzung").exists()
    assert desk.post(address, typed(board, day, in_the_past="on")).status_code == 302
    assert Meeting.objects.filter(title="Achte Sitzung").exists()


def test_the_question_about_the_past_is_not_asked_where_there_is_none(board, desk):
    page = desk.get(f"/staff/{board.cast.town.slug}/concept/meetings/new/").content.decode()
    assert "in_the_past" not in page


def test_somebody_else_changed_it_meanwhile(ahead, desk):
    page = desk.get(ahead.address("edit/"))
    opened = page.context["form"]["as_opened"].value()
    Meeting.objects.filter(pk=ahead.meeting.pk).update(place="Rathaus")
    day = timezone.localdate(ahead.meeting.starts_at)
    answer = desk.post(ahead.address("edit/"), typed(ahead, day, as_opened=opened))
    assert answer.status_code == 409
    assert "Rathaus" in answer.content.decode()


def test_cancelling_needs_a_reason_and_tells_those_invited(ahead):
    with pytest.raises(Refused, match=Refusal.NO_REASON):
        actions.cancel(ahead.meeting, " ", by=ahead.coordinator)
    ahead.seats[0].team = ahead.team
    ahead.seats[0].save()
    inviting.invite(ahead.meeting, by=ahead.coordinator)
    actions.cancel(ahead.meeting, "Der Saal ist gesperrt.", by=ahead.coordinator)
    told = Outgoing.objects.get(kind="meeting cancelled")
    assert "Der Saal ist gesperrt." in told.text
    assert "STATUS:CANCELLED" in told.calendar
    with pytest.raises(Refused, match=Refusal.CANCELLED):
        inviting.invite(ahead.meeting, by=ahead.coordinator)


def test_a_cancelled_meeting_has_a_reason_whoever_writes(board):
    with pytest.raises(IntegrityError, match="meeting_cancelled_with_reason"), transaction.atomic():
        Meeting.objects.filter(pk=board.meeting.pk).update(state=Meeting.State.CANCELLED)


def test_what_was_held_cannot_be_cancelled(board):
    Meeting.objects.filter(pk=board.meeting.pk).update(state=Meeting.State.HELD)
    with pytest.raises(Refused, match=Refusal.MEETING_HELD):
        actions.cancel(board.meeting, "Doch nicht", by=board.coordinator)
