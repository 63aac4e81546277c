from datetime import timedelta

import pytest
from django.utils import timezone

from ...models import AgendaItem, Attendance, Decision, GroupMember, Meeting, Task
from ...tests import factories
from ..meetings.actions import cancel
from ..minutes import actions
from ..minutes.actions import NewTask, NotKept
from ..minutes.sheet import Sheet
from ..rules import Refusal, Refused, Votes

pytestmark = pytest.mark.django_db


def came(board, number):
    """So many of the seats are there."""
    answers = {seat.pk: "present" if at < number else "absent" for at, seat in enumerate(board.seats)}
    actions.note_attendance(board.meeting, answers, by=board.coordinator)


def in_a_week(board, **values):
    return NewTask("Raum suchen", timezone.localdate() + timedelta(days=7), team=board.team, **values)


def form(board, **values):
    """The page as a browser sends it, everybody there unless said otherwise."""
    sent = {f"seat-{seat.pk}-came": "present" for seat in board.seats}
    sheet = Sheet(board.meeting, None)
    sent |= {one["shown"].html_name: one["shown"].value() for one in sheet.seats}
    for one in (sheet.whole, *sheet.said.values()):
        sent |= {field.html_name: field.value() for field in one}
    return sent | values


def decision(board, **values):
    names = {"decide": str(board.item.pk)}
    prefix = f"decide-{board.item.pk}"
    given = {
        "tasks": "1",
        "words": "Zweite Gruppe ab Februar",
        "yes": "4",
        "no": "1",
        "task-0-words": "Raum suchen",
        "task-0-team": str(board.team.pk),
        "task-0-due_on": (timezone.localdate() + timedelta(days=30)).strftime("%d.%m.%Y"),
        **values,
    }
    return form(board, **names, **{f"{prefix}-{name}": value for name, value in given.items()})


def test_the_page_keeps_who_is_there_and_what_is_said(board, desk):
    sent = form(board, **{
        f"seat-{board.seats[0].pk}-came": "deputy",
        f"seat-{board.seats[1].pk}-came": "absent",
        f"said-{board.item.pk}-minutes": "Zwölf Familien warten.",
        "whole-minutes_text": "Begrüßung",
        "save": "1",
    })  # fmt: skip
    assert desk.post(board.address("minutes/"), sent).status_code == 302
    kept = {one.member_id: one for one in Attendance.objects.all()}
    assert kept[board.seats[0].pk].by_deputy
    assert not kept[board.seats[1].pk].present
    assert AgendaItem.objects.get().minutes == "Zwölf Familien warten."
    board.meeting.refresh_from_db()
    assert board.meeting.minutes_text == "Begrüßung"
    assert board.meeting.state == Meeting.State.HELD


def test_the_quorum_is_told_before_anything_is_saved(board, desk):
    absent = {f"seat-{seat.pk}-came": "absent" for seat in board.seats[1:]}
    answer = desk.post(board.address("minutes/"), form(board, **absent, quorum="1"))
    assert "1 von 5" in answer.content.decode()
    assert not Attendance.objects.exists()
    assert "5 von 5" in desk.post(board.address("minutes/"), form(board, quorum="1")).content.decode()


def test_nobody_is_there_on_two_seats(board, desk):
    GroupMember.objects.filter(pk=board.seats[0].pk).update(deputy_name="Mitglied 1")
    twice = form(board, **{
        f"seat-{board.seats[0].pk}-came": "deputy",
        f"said-{board.item.pk}-minutes": "Zwölf Familien warten.",
    })  # fmt: skip
    for pressed, status in ({"quorum": "1"}, 200), ({"save": "1"}, 422):
        answer = desk.post(board.address("minutes/"), twice | pressed)
        assert answer.status_code == status
        page = answer.content.decode()
        said = "Mitglied 1 steht auf zwei Plätzen: „Mitglied 0, Sitz 0“ und „Mitglied 1, Sitz 1“."
        assert page.count(said) == 1, pressed
    assert "Zwölf Familien warten." in page
    assert not Attendance.objects.exists()
    own_seat_empty = {f"seat-{board.seats[1].pk}-came": "absent", "save": "1"}
    assert desk.post(board.address("minutes/"), twice | own_seat_empty).status_code == 302
    assert Attendance.objects.filter(present=True).count() == 5


def test_a_decision_with_a_quorum_gives_its_tasks(board, desk):
    assert desk.post(board.address("minutes/"), decision(board)).status_code == 302
    made = Decision.objects.get()
    assert made.kind == Decision.Kind.DECISION
    assert (made.votes_yes, made.votes_no, made.item_id) == (4, 1, board.item.pk)
    task = Task.objects.get()
    assert (task.decision_id, task.owner_team_id) == (made.pk, board.team.pk)


def test_without_a_quorum_it_is_kept_as_a_recommendation_and_said_before(board, desk):
    absent = {f"seat-{seat.pk}-came": "absent" for seat in board.seats[2:]}
    live = desk.post(board.address("minutes/"), form(board, **absent, quorum="1")).content.decode()
    assert "Empfehlung" in live
    desk.post(board.address("minutes/"), decision(board, yes="2", no="") | absent)
    assert Decision.objects.get().kind == Decision.Kind.RECOMMENDATION


def test_whoever_is_biased_may_cost_the_quorum(board):
    came(board, 3)
    made = actions.decide(
        board.item, "Zuschuss", Votes(2, 0, 0, biased=1), [in_a_week(board)], by=board.coordinator
    )
    assert made.kind == Decision.Kind.RECOMMENDATION
    assert made.biased == 1


REFUSED = {
    "no owner": ({"task-0-team": ""}, "Raum suchen"),
    "no task": ({"task-0-team": "", "task-0-words": "", "task-0-due_on": ""}, "Zweite Gruppe ab Februar"),
    "no words": ({"words": " "}, "Raum suchen"),
    "more votes than members there": ({"yes": "6"}, "Zweite Gruppe ab Februar"),
    "bias counted": ({"yes": "4", "no": "0", "abstained": "1", "biased": "1"}, "Zweite Gruppe ab Februar"),
    "not carried": ({"yes": "2", "no": "2"}, "Zweite Gruppe ab Februar"),
    "no such day": ({"task-0-due_on": "31.02.2027"}, "31.02.2027"),
    "no day": ({"task-0-due_on": ""}, "Raum suchen"),
    "not a number": ({"yes": "vier"}, "vier"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_stays_as_it_was_typed_and_the_rest_is_kept(board, desk, case):
    change, stays = REFUSED[case]
    sent = decision(board, **change) | {f"said-{board.item.pk}-minutes": "Zwölf Familien warten."}
    answer = desk.post(board.address("minutes/"), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert stays in page
    assert "qw-error" in page
    assert not Decision.objects.exists()
    assert not Task.objects.exists()
    assert AgendaItem.objects.get().minutes == "Zwölf Familien warten."
    assert Attendance.objects.filter(present=True).count() == 6


def test_writing_on_after_a_refusal_is_no_conflict_with_oneself(board, desk):
    sent = decision(board, **{"task-0-team": ""}) | {f"said-{board.item.pk}-minutes": "Erst"}
    page = desk.post(board.address("minutes/"), sent)
    opened = page.context["sheet"].said[board.item.pk]["as_opened"].value()
    sent |= {f"said-{board.item.pk}-minutes": "Erst, dann mehr", f"said-{board.item.pk}-as_opened": opened}
    sent |= {f"decide-{board.item.pk}-task-0-team": str(board.team.pk)}
    assert desk.post(board.address("minutes/"), sent).status_code == 302
    assert AgendaItem.objects.get().minutes == "Erst, dann mehr"


def test_two_who_write_at_once_are_both_shown(board, desk):
    page = desk.get(board.address("minutes/"))
    opened = page.context["sheet"].said[board.item.pk]["as_opened"].value()
    AgendaItem.objects.filter(pk=board.item.pk).update(minutes="Von der Kollegin")
    sent = form(board, **{
        f"said-{board.item.pk}-minutes": "Von mir", f"said-{board.item.pk}-as_opened": opened, "save": "1"
    })  # fmt: skip
    answer = desk.post(board.address("minutes/"), sent)
    assert answer.status_code == 409
    assert "Von der Kollegin" in answer.content.decode()
    assert AgendaItem.objects.get().minutes == "Von der Kollegin"


def as_sent(page, **values):
    """What a browser sends of a page that came back, as it stands in the forms."""
    sheet = page.context["sheet"]
    shown = [field for one in (*sheet.seats, sheet.whole, *sheet.said.values()) for field in one]
    return {field.html_name: field.value() or "" for field in shown} | values


def test_a_question_about_one_item_takes_nothing_of_the_rest(board, desk):
    other = factories.agenda_item("Sprachkurse", meeting=board.meeting, position=20)
    sent = form(board, **{
        f"said-{board.item.pk}-minutes": "Von mir", f"said-{other.pk}-minutes": "Auch von mir",
        "whole-minutes_text": "Begrüßung", "new_item": "Verschiedenes", "save": "1",
    })  # fmt: skip
    AgendaItem.objects.filter(pk=other.pk).update(minutes="Von der Kollegin")
    page = desk.post(board.address("minutes/"), sent)
    assert page.status_code == 409
    assert 'value="Verschiedenes"' in page.content.decode()
    board.meeting.refresh_from_db()
    assert board.meeting.minutes_text == "Begrüßung"
    assert AgendaItem.objects.get(pk=board.item.pk).minutes == "Von mir"
    assert Attendance.objects.filter(present=True).count() == 6
    # Once chosen there is nothing more to ask.
    mine = {f"said-{other.pk}-keep-minutes": "mine", "save": "1"}
    assert desk.post(board.address("minutes/"), as_sent(page, **mine)).status_code == 302
    assert list(AgendaItem.objects.order_by("position").values_list("minutes", flat=True)) == [
        "Von mir",
        "Auch von mir",
    ]


def test_a_page_opened_before_overwrites_no_attendance(board, desk):
    sent = form(board, save="1") | {f"seat-{seat.pk}-came": "absent" for seat in board.seats}
    came(board, 5)
    sent |= {f"said-{board.item.pk}-minutes": "Zwölf Familien warten."}
    assert desk.post(board.address("minutes/"), sent).status_code == 302
    assert Attendance.objects.filter(present=True).count() == 5


def test_the_same_seat_noted_by_two_is_asked_about(board, desk):
    came(board, 0)
    sent = form(board, save="1") | {f"seat-{seat.pk}-came": "absent" for seat in board.seats}
    came(board, 2)
    sent |= {f"seat-{board.seats[0].pk}-came": "deputy", f"seat-{board.seats[4].pk}-came": "present"}
    page = desk.post(board.address("minutes/"), sent)
    assert page.status_code == 409
    assert "Sie haben gewählt: vertreten" in page.content.decode()
    kept = {one.member_id: one for one in Attendance.objects.filter(present=True)}
    assert set(kept) == {board.seats[at].pk for at in (0, 1, 4)}
    assert not kept[board.seats[0].pk].by_deputy
    # Theirs is chosen at first; one's own answer is one choice away.
    again = as_sent(page, save="1")
    assert again[f"seat-{board.seats[0].pk}-came"] == "present"
    again |= {f"seat-{board.seats[0].pk}-came": "deputy"}
    assert desk.post(board.address("minutes/"), again).status_code == 302
    assert Attendance.objects.get(member=board.seats[0]).by_deputy


def test_a_day_that_is_over_is_asked_about_and_kept_when_meant(board, desk):
    Meeting.objects.filter(pk=board.meeting.pk).update(starts_at=timezone.now() - timedelta(days=10))
    day = timezone.localdate() - timedelta(days=2)
    sent = decision(board, **{"task-0-due_on": day.strftime("%d.%m.%Y")})
    answer = desk.post(board.address("minutes/"), sent)
    assert answer.status_code == 422
    assert "in_the_past" in answer.content.decode()
    assert not Decision.objects.exists()
    assert (
        desk.post(board.address("minutes/"), sent | {f"decide-{board.item.pk}-in_the_past": "on"}).status_code
        == 302
    )
    assert Task.objects.get().due_on == day


def test_a_day_before_the_meeting_is_refused_even_so(board):
    came(board, 5)
    before = NewTask("Raum suchen", timezone.localdate() - timedelta(days=1), team=board.team)
    with pytest.raises(NotKept, match=Refusal.DUE_BEFORE_GIVEN):
        actions.decide(
            board.item, "x", Votes(0, 0, 0), [before], by=board.coordinator, in_spite_of_past_days=True
        )


def test_a_half_typed_decision_is_not_lost_by_saving_the_rest(board, desk):
    sent = decision(board) | {"decide": "", "save": "1"}
    answer = desk.post(board.address("minutes/"), sent)
    assert answer.status_code == 422
    assert "Zweite Gruppe ab Februar" in answer.content.decode()
    assert not Decision.objects.exists()
    assert Attendance.objects.exists()


def test_room_for_one_more_task_keeps_what_is_typed(board, desk):
    sent = decision(board) | {"decide": "", "more": str(board.item.pk)}
    page = desk.post(board.address("minutes/"), sent).content.decode()
    assert f"decide-{board.item.pk}-task-1-words" in page
    assert "Zweite Gruppe ab Februar" in page


def test_before_its_day_nothing_is_decided(ahead, desk):
    with pytest.raises(Refused, match=Refusal.MEETING_TO_COME):
        came(ahead, 5)
    assert desk.post(ahead.address("minutes/"), decision(ahead)).status_code == 422
    assert not Attendance.objects.exists()


def test_a_decision_can_be_taken_back_while_the_minutes_are_open(board, desk):
    desk.post(board.address("minutes/"), decision(board))
    page = desk.post(board.address("minutes/"), form(board, take_back=str(Decision.objects.get().pk)))
    assert not Decision.objects.exists()
    assert not Task.objects.exists()
    # … and stands in the form to be corrected.
    draft = page.context["sheet"].drafts[board.item.pk]
    assert draft["words"].value() == "Zweite Gruppe ab Februar"
    assert draft["yes"].value() == "4"
    assert draft.tasks[0]["team"].value() == str(board.team.pk)
    assert "Raum suchen" in page.content.decode()


def test_an_item_comes_up_during_the_meeting(board, desk):
    desk.post(board.address("minutes/"), form(board, new_item="Verschiedenes"))
    assert board.meeting.items.filter(title="Verschiedenes").exists()


BESIDE_A_NEW_ITEM = {
    "the decision's own": {},
    "save": {"decide": "", "save": "1"},
    "one more task": {"decide": "", "more": "1"},
    "save and close": {"decide": "", "to_close": "1"},
}


@pytest.mark.parametrize("button", BESIDE_A_NEW_ITEM)
def test_a_new_item_takes_nothing_of_what_is_typed_beside_it(board, desk, button):
    sent = decision(board, **{"task-0-team": ""}) | BESIDE_A_NEW_ITEM[button] | {"new_item": "Verschiedenes"}
    page = desk.post(board.address("minutes/"), sent)
    assert page.status_code == 422
    draft = page.context["sheet"].drafts[board.item.pk]
    assert draft["words"].value() == "Zweite Gruppe ab Februar"
    assert draft.tasks[0]["words"].value() == "Raum suchen"
    # The item itself is stored, once, and stands on the page.
    assert board.meeting.items.filter(title="Verschiedenes").count() == 1
    assert page.context["sheet"].new_item == ""
    assert "2. Verschiedenes" in page.content.decode()


def test_a_decision_is_kept_beside_a_new_item(board, desk):
    sent = decision(board) | {"new_item": "Verschiedenes"}
    assert desk.post(board.address("minutes/"), sent).status_code == 302
    assert Decision.objects.exists()
    assert board.meeting.items.filter(title="Verschiedenes").exists()


def test_taking_back_does_not_push_out_another_decision_being_typed(board, desk):
    desk.post(board.address("minutes/"), decision(board))
    kept = Decision.objects.get()
    sent = decision(board, words="Noch ein Beschluss") | {"decide": "", "take_back": str(kept.pk)}
    page = desk.post(board.address("minutes/"), sent)
    assert Decision.objects.get() == kept
    assert page.context["sheet"].drafts[board.item.pk]["words"].value() == "Noch ein Beschluss"
    assert "anderer Beschluss" in page.content.decode()


def test_what_was_typed_at_an_item_that_is_gone_is_shown(board, desk):
    sent = decision(board) | {f"said-{board.item.pk}-minutes": "Zwölf Familien warten."}
    board.item.delete()
    page = desk.post(board.address("minutes/"), sent)
    assert page.status_code == 422
    assert page.context["sheet"].left_over == [
        "Zwölf Familien warten.",
        "Zweite Gruppe ab Februar",
        "Raum suchen",
    ]
    assert "Zwölf Familien warten." in page.content.decode()


def test_whoever_writes_while_the_minutes_are_closed_keeps_the_words(board, desk):
    sent = form(board, save="1") | {f"said-{board.item.pk}-minutes": "Zwölf Familien warten."}
    came(board, 5)
    actions.close(board.meeting, by=board.coordinator)
    page = desk.post(board.address("minutes/"), sent)
    assert page.status_code == 422
    assert "Zwölf Familien warten." in page.content.decode()
    assert "abgeschlossen" in page.content.decode()


def test_words_alone_do_not_make_a_meeting_held_and_a_slip_is_taken_back(board, desk):
    absent = {f"seat-{seat.pk}-came": "absent" for seat in board.seats}
    prepared = form(board, save="1") | absent | {f"said-{board.item.pk}-minutes": "Vorbereitet"}
    desk.post(board.address("minutes/"), prepared)
    board.meeting.refresh_from_db()
    assert board.meeting.state == Meeting.State.PLANNED
    came(board, 1)
    board.meeting.refresh_from_db()
    assert board.meeting.state == Meeting.State.HELD
    came(board, 0)
    board.meeting.refresh_from_db()
    assert board.meeting.state == Meeting.State.PLANNED
    cancel(board.meeting, "Der Saal steht unter Wasser.", by=board.coordinator)


def test_what_was_decided_makes_it_held_until_it_is_taken_back(board):
    made = actions.decide(board.item, "Zuschuss", Votes(0, 0, 0), [in_a_week(board)], by=board.coordinator)
    board.meeting.refresh_from_db()
    assert board.meeting.state == Meeting.State.HELD
    actions.take_back(made, by=board.coordinator)
    board.meeting.refresh_from_db()
    assert board.meeting.state == Meeting.State.PLANNED


def test_a_decision_on_an_item_that_is_gone_is_refused(board):
    item = factories.agenda_item("Geld", meeting=board.meeting)
    type(item).objects.filter(pk=item.pk).delete()
    with pytest.raises(NotKept, match=Refusal.ITEM_GONE):
        actions.decide(item, "Zuschuss", Votes(0, 0, 0), [in_a_week(board)], by=board.coordinator)


def test_what_adopted_a_guiding_principle_is_not_taken_back(board, desk):
    made = actions.decide(board.item, "Zuschuss", Votes(0, 0, 0), [in_a_week(board)], by=board.coordinator)
    version = factories.principle_version(1, "Wir begegnen einander offen.")
    type(version).objects.filter(pk=version.pk).update(
        state="adopted", group_decision=made, adopted_on=made.decided_on
    )
    page = desk.post(board.address("minutes/"), form(board, take_back=str(made.pk)))
    assert page.status_code == 422
    assert "Leitbild" in page.content.decode()
    assert Decision.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize("typed", ["²", "٢", "9" * 5000, "-1", ""])
def test_a_strange_number_of_tasks_is_no_error(board, desk, typed):
    sent = decision(board, tasks=typed) | {"decide": "", "save": "1"}
    assert desk.post(board.address("minutes/"), sent).status_code == 422
