from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from quartierwerk.messages.models import Outgoing

from ...models import Meeting
from ...tests import factories
from ..inviting import actions as inviting
from ..meetings import actions
from ..meetings.forms import MeetingForm
from ..minutes import actions as minutes
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


def opened(board, desk):
    return desk.get(board.address("edit/")).context["form"]["as_opened"].value()


def test_who_is_invited_belongs_to_the_group_so_it_stays(ahead, desk):
    other = factories.group("Beirat")
    Meeting.objects.update(state=Meeting.State.INVITED, invited_at=timezone.now())
    day = ahead.meeting.starts_at + timedelta(days=1)
    values = {"group": str(other.pk), "as_opened": opened(ahead, desk)}
    assert desk.post(ahead.address("edit/"), typed(ahead, day, **values)).status_code == 302
    ahead.meeting.refresh_from_db()
    assert ahead.meeting.group == ahead.group
    assert timezone.localdate(ahead.meeting.starts_at) == timezone.localdate(day)


def test_the_day_of_a_meeting_that_is_held_stays(board, desk):
    minutes.note_attendance(board.meeting, {board.seats[0].pk: "present"}, by=board.coordinator)
    day = board.meeting.starts_at + timedelta(days=1)
    values = {"in_the_past": "on", "as_opened": opened(board, desk)}
    assert desk.post(board.address("edit/"), typed(board, day, **values)).status_code == 302
    before = board.meeting.starts_at
    board.meeting.refresh_from_db()
    assert timezone.localdate(board.meeting.starts_at) == timezone.localdate(before)
    assert board.meeting.title == "Achte Sitzung"


def test_somebody_notes_who_came_while_the_form_is_open(board):
    other, day = factories.group("Beirat"), timezone.localdate(board.meeting.starts_at)
    values = typed(board, day, group=str(other.pk), in_the_past="on")
    form = MeetingForm(values, instance=board.meeting)
    assert form.is_valid(), form.errors
    minutes.note_attendance(board.meeting, {board.seats[0].pk: "present"}, by=board.coordinator)
    with pytest.raises(Refused, match=Refusal.FIXED_MEANWHILE):
        form.check(Meeting.objects.get())


def test_an_hour_of_today_that_is_over_is_asked_about(board, desk):
    address = f"/staff/{board.cast.town.slug}/concept/meetings/new/"
    early = typed(board, timezone.localdate(), begins="00:00")
    page = desk.post(address, early)
    assert page.status_code == 422
    assert "in_the_past" in page.content.decode()
    assert desk.post(address, early | {"in_the_past": "on"}).status_code == 302
