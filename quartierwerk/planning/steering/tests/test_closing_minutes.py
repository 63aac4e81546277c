import io
from datetime import timedelta

import docx
import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from quartierwerk.documents.tests import reading
from quartierwerk.rights import Role

from ...models import (
    AgendaItem,
    Attendance,
    Decision,
    GroupMember,
    Meeting,
    MinutesAddition,
    Redaction,
    Task,
)
from ...records import forget_seat
from ...tests import factories
from ..minutes import actions, redacting
from ..rules import Refusal, Refused, Votes
from .test_taking_minutes import came, form, in_a_week

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(board):
    came(board, 4)
    answers = {board.seats[0].pk: "deputy"}
    actions.note_attendance(board.meeting, answers, by=board.coordinator)
    AgendaItem.objects.filter(pk=board.item.pk).update(minutes="Zwölf Familien warten.")
    actions.decide(
        board.item, "Zweite Gruppe ab Februar", Votes(3, 1, 0), [in_a_week(board)], by=board.coordinator
    )
    actions.close(board.meeting, by=board.coordinator)
    board.meeting.refresh_from_db()
    return board


CHANGES = {
    "the meeting": lambda board: Meeting.objects.update(title="Anders"),
    "opening it again": lambda board: Meeting.objects.update(frozen_at=None),
    "deleting it": lambda board: Meeting.objects.all()._raw_delete("default"),
    "what was said": lambda board: AgendaItem.objects.update(minutes="Anders"),
    "another item": lambda board: factories.agenda_item("Neu", meeting=board.meeting),
    "taking an item off": lambda board: AgendaItem.objects.all().delete(),
    "who was there": lambda board: Attendance.objects.update(present=True),
    "another name": lambda board: Attendance.objects.update(name="Anders"),
    "one more who was there": lambda board: Attendance.objects.create(
        meeting=board.meeting, member=factories.group_member("Neu", group=board.group)
    ),
    "the wording": lambda board: Decision.objects.update(words="Anders"),
    "the votes": lambda board: Decision.objects.update(votes_no=0),
    "one more decision": lambda board: factories.decision(meeting=board.meeting),
    "a task's words": lambda board: Task.objects.update(words="Anders"),
    "a task's day": lambda board: Task.objects.update(due_on="2030-01-01"),
    "one more task": lambda board: factories.task(decision=Decision.objects.get()),
    "a task gone": lambda board: Task.objects.all().delete(),
    "a mark without a note": lambda board: AgendaItem.objects.update(minutes="Zwölf […] warten."),
    "moved from another meeting": lambda board: factories.decision(
        meeting=factories.meeting("Andere", group=board.group)
    ).__class__.objects.filter(meeting__title="Andere").update(meeting=board.meeting),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_the_database_refuses_every_change_of_closed_minutes(closed, what):
    with pytest.raises(DatabaseError, match=r"closed"), transaction.atomic():
        CHANGES[what](closed)


def test_what_becomes_of_a_decision_goes_on(closed):
    other = factories.team("40", "Bildung")
    Task.objects.update(owner_team=other, done_on="2027-01-01")
    Decision.objects.update(state=Decision.State.DONE)
    assert Task.objects.get().minuted_team == closed.team


def test_a_member_who_is_erased_leaves_the_seat(closed):
    forget_seat(GroupMember.objects.get(pk=closed.seats[1].pk))
    kept = Attendance.objects.get(member=closed.seats[1])
    assert (kept.name, kept.function, kept.present) == ("", "Sitz 1", True)


def test_nothing_is_closed_before_anybody_was_there(board, desk):
    with pytest.raises(Refused, match=Refusal.NOBODY_CAME):
        actions.close(board.meeting, by=board.coordinator)
    seen = desk.get(board.address("close/")).context["seen"]
    assert desk.post(board.address("close/"), {"sure": "on", "seen": seen}).status_code == 422
    assert desk.post(board.address("close/"), {}).status_code == 422
    board.meeting.refresh_from_db()
    assert board.meeting.frozen_at is None


CHANGED_MEANWHILE = {
    "who was there": lambda board: came(board, 3),
    "what was said": lambda board: AgendaItem.objects.update(minutes="Anders"),
    "a decision": lambda board: actions.decide(
        board.item, "Noch eins", Votes(0, 0, 0), [in_a_week(board)], by=board.coordinator
    ),
}


@pytest.mark.parametrize("what", CHANGED_MEANWHILE)
def test_what_nobody_read_is_not_closed(board, desk, what):
    came(board, 5)
    seen = desk.get(board.address("close/")).context["seen"]
    CHANGED_MEANWHILE[what](board)
    again = desk.post(board.address("close/"), {"sure": "on", "seen": seen})
    assert again.status_code == 422
    assert "geändert" in again.content.decode()
    sent = {"sure": "on", "seen": again.context["seen"]}
    assert desk.post(board.address("close/"), sent).status_code == 302


def test_the_page_before_closing_shows_all_that_is_closed(board, desk):
    came(board, 5)
    AgendaItem.objects.update(minutes="Zwölf Familien warten.")
    Meeting.objects.update(minutes_text="Begrüßung")
    page = desk.get(board.address("close/")).content.decode()
    assert "Zwölf Familien warten." in page
    assert "Begrüßung" in page
    assert "Mitglied 3" in page


def test_a_decision_follows_the_attendance_until_the_minutes_are_closed(board, desk):
    came(board, 5)
    made = actions.decide(board.item, "Zuschuss", Votes(0, 0, 0), [in_a_week(board)], by=board.coordinator)
    assert made.kind == Decision.Kind.DECISION
    absent = {f"seat-{seat.pk}-came": "absent" for seat in board.seats[2:]}
    page = desk.post(board.address("minutes/"), form(board, **absent, save="1"), follow=True)
    made.refresh_from_db()
    assert made.kind == Decision.Kind.RECOMMENDATION
    assert "jetzt eine Empfehlung: Zuschuss" in page.content.decode()
    came(board, 3)
    # The group changes before the minutes are closed.
    GroupMember.objects.filter(pk=board.seats[5].pk).update(is_voting=True)
    assert [one.kind for one in actions.settled(board.meeting, by=board.coordinator)] == []
    made.refresh_from_db()
    assert made.kind == Decision.Kind.DECISION
    board.group.quorum_percent = 100
    board.group.save()
    board.meeting.refresh_from_db()
    assert actions.close(board.meeting, by=board.coordinator) == [made]
    made.refresh_from_db()
    assert made.kind == Decision.Kind.RECOMMENDATION


def test_who_sits_there_only_later_is_in_no_minutes_of_before(board):
    came(board, 5)
    today = timezone.localdate()
    GroupMember.objects.filter(pk=board.seats[5].pk).update(until=today - timedelta(days=1))
    GroupMember.objects.filter(pk=board.seats[4].pk).update(until=today)
    factories.group_member("Neu", group=board.group, until=None, since=today + timedelta(days=1))
    actions.close(board.meeting, by=board.coordinator)
    assert {one.member_id for one in board.meeting.attendances.all()} == {one.pk for one in board.seats[:5]}


def test_votes_of_those_who_were_not_there_are_not_closed(board, desk):
    came(board, 5)
    actions.decide(board.item, "Zuschuss", Votes(4, 1, 0), [in_a_week(board)], by=board.coordinator)
    came(board, 4)
    with pytest.raises(Refused, match=Refusal.VOTES_OF_ABSENT):
        actions.close(board.meeting, by=board.coordinator)
    seen = desk.get(board.address("close/")).context["seen"]
    answer = desk.post(board.address("close/"), {"sure": "on", "seen": seen})
    assert answer.status_code == 422
    assert "mehr Stimmen" in answer.content.decode()
    came(board, 5)
    actions.close(board.meeting, by=board.coordinator)


def test_minutes_that_count_somebody_twice_are_not_closed(board):
    came(board, 5)
    actions.note_attendance(board.meeting, {board.seats[0].pk: "deputy"}, by=board.coordinator)
    account = board.coordinator.account_id
    # Only afterwards the group tells whose the seats are.
    GroupMember.objects.filter(pk=board.seats[0].pk).update(deputy_account_id=account)
    GroupMember.objects.filter(pk=board.seats[1].pk).update(account_id=account)
    with pytest.raises(Refused, match=Refusal.COUNTED_TWICE) as refused:
        actions.close(board.meeting, by=board.coordinator)
    assert "Mitglied 1, Sitz 1" in refused.value.in_words[0]


def test_minutes_are_not_closed_before_the_hour_of_the_meeting(board):
    came(board, 5)
    evening = timezone.localtime().replace(hour=18, minute=0, second=0, microsecond=0)
    Meeting.objects.filter(pk=board.meeting.pk).update(starts_at=evening)
    with pytest.raises(Refused, match=Refusal.NOT_BEGUN) as refused:
        actions.close(board.meeting, by=board.coordinator, now=evening - timedelta(minutes=26))
    assert "hat noch nicht begonnen" in refused.value.in_words[0]
    actions.close(board.meeting, by=board.coordinator, now=evening)
    board.meeting.refresh_from_db()
    assert board.meeting.frozen_at == evening


def test_a_correction_is_an_addition_with_day_and_name(closed, desk):
    desk.post(closed.address("addition/"), {"words": "Es waren dreizehn Familien."})
    page = desk.get(closed.address()).content.decode()
    assert "Es waren dreizehn Familien." in page
    assert closed.cast.account[Role.COORDINATOR].name in page
    with pytest.raises(DatabaseError), transaction.atomic():
        MinutesAddition.objects.update(words="Anders")
    assert desk.post(closed.address("addition/"), {"words": " "}).status_code == 422


REDACTED_WRONGLY = {
    "other words": {"minutes": "Dreizehn Familien warten."},
    "words added to the mark": {"minutes": "Zwölf […] warten sehr lange."},
    "another column": {"minutes": "Zwölf […] warten.", "position": 99},
}


@pytest.mark.parametrize("what", REDACTED_WRONGLY)
def test_beside_a_note_too_only_a_mark_may_take_the_place_of_words(closed, what):
    Redaction.objects.create(meeting=closed.meeting, number=1, reason="Art. 17", passages=1)
    AgendaItem.objects.update(title="[…]")
    with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
        AgendaItem.objects.update(**REDACTED_WRONGLY[what])


def test_what_is_not_there_and_what_is_open_is_not_redacted(closed, desk):
    nowhere = {"passage": "Beethoven", "reason": "Art. 17"}
    assert desk.post(closed.address("redact/"), nowhere).status_code == 422
    assert not Redaction.objects.exists()
    other = factories.meeting("Andere", group=closed.group)
    with pytest.raises(Refused, match=Refusal.MINUTES_OPEN):
        redacting.redact(other, "Andere", "Art. 17", by=closed.coordinator)


def test_open_minutes_take_no_addition(board):
    with pytest.raises(Refused, match=Refusal.MINUTES_OPEN):
        actions.add_to(board.meeting, "Nachtrag", by=board.coordinator)


def test_closed_minutes_have_no_page_to_write_on(closed, desk):
    for page in ("minutes/", "agenda/", "edit/", "cancel/", "close/"):
        assert desk.get(closed.address(page)).status_code == 404, page


IN_THE_FILE = (
    "Siebte Sitzung",
    "Stadthaus, Saal",
    "4 von 5",
    "Vertretung 0",
    "Kinderbetreuung",
    "Zwölf Familien warten.",
    "Zweite Gruppe ab Februar",
    "Raum suchen",
    "53 Kindertagesstätten",
)


def test_the_minutes_are_a_pdf_that_says_what_was_decided(closed, desk):
    # A change of the group after the meeting does not reach them.
    GroupMember.objects.filter(pk=closed.seats[0].pk).update(name="Nachfolgerin", deputy_name="Anders")
    answer = desk.get(closed.address("minutes.pdf"))
    words = reading.text(answer.content)
    for expected in IN_THE_FILE:
        assert expected in words
    assert "Nachfolgerin" not in words


def test_the_minutes_are_a_text_file_with_real_headings(closed, desk):
    answer = desk.get(closed.address("minutes.docx"))
    read = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    everything = "\n".join([*(one.text for one in read.paragraphs), *cells])
    for expected in IN_THE_FILE:
        assert expected in everything
    assert "1. Kinderbetreuung" in [
        one.text for one in read.paragraphs if one.style and one.style.name == "Heading 2"
    ]
