"""What somebody may do and see in the groups in which she sits, and in others."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from quartierwerk.documents.tests import reading
from quartierwerk.rights import Refused, Role

from ...models import Decision, GroupMember
from ...tests import factories
from ..minutes import actions
from ..rules import Votes
from ..tasks import lists
from .test_taking_minutes import came, in_a_week

pytestmark = pytest.mark.django_db


def seat(board, role, number=4):
    """One of the group's seats is hers."""
    GroupMember.objects.filter(pk=board.seats[number].pk).update(account_id=board.cast.account[role].pk)


def browser(board, role) -> Client:
    client = Client()
    client.force_login(board.cast.account[role])
    return client


def test_a_member_takes_the_minutes_of_her_own_group_only(board):
    elsewhere = browser(board, Role.STEERING_MEMBER)
    for page in ("minutes/", "close/"):
        assert elsewhere.get(board.address(page)).status_code == 404
    with pytest.raises(Refused):
        actions.note_attendance(board.meeting, {}, by=board.cast.person(Role.STEERING_MEMBER))
    seat(board, Role.STEERING_MEMBER)
    assert browser(board, Role.STEERING_MEMBER).get(board.address("minutes/")).status_code == 200


def test_what_a_group_decided_is_ended_by_its_members(board):
    came(board, 5)
    made = actions.decide(board.item, "Zuschuss", Votes(4, 0, 0), [in_a_week(board)], by=board.coordinator)
    made.tasks.update(done_on=timezone.localdate())
    assert not lists.carried_out(board.cast.person(Role.STEERING_MEMBER)).exists()
    seat(board, Role.STEERING_MEMBER)
    assert lists.carried_out(board.cast.person(Role.STEERING_MEMBER)).get() == made


def test_a_department_reads_the_meetings_of_the_group_in_which_it_sits(board):
    pages = ("", "invitation.pdf", "meeting.ics", "minutes.pdf")
    before = browser(board, Role.DEPARTMENT)
    assert [before.get(board.address(page)).status_code for page in pages] == [404] * 4
    seat(board, Role.DEPARTMENT)
    factories.meeting("Andere", group=factories.group("Beirat"))
    sitting = browser(board, Role.DEPARTMENT)
    assert [sitting.get(board.address(page)).status_code for page in pages] == [200] * 4
    assert "Kinderbetreuung" in sitting.get(board.address()).content.decode()
    listed = sitting.get(f"/staff/{board.cast.town.slug}/concept/meetings/")
    assert [row.title for row in listed.context["page"]] == ["Siebte Sitzung"]
    for page in ("agenda/", "edit/", "minutes/"):
        assert sitting.get(board.address(page)).status_code == 404


def test_the_week_of_a_department_leads_to_its_meeting(board):
    seat(board, Role.DEPARTMENT)
    week = browser(board, Role.DEPARTMENT).get(f"/staff/{board.cast.town.slug}/concept/week/")
    assert board.address() in week.content.decode()


def test_a_seat_that_has_ended_opens_nothing(board):
    seat(board, Role.DEPARTMENT)
    GroupMember.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert browser(board, Role.DEPARTMENT).get(board.address()).status_code == 404


def test_names_of_who_was_there_are_for_those_who_invite_and_sit_there(board):
    came(board, 5)
    for role, seen in ((Role.TRANSLATOR, False), (Role.STEERING_MEMBER, False), (Role.PLANNER, True)):
        page = browser(board, role).get(board.address()).content.decode()
        assert ("Mitglied 3" in page) is seen, role
        assert "Sitz 3" in page
        assert "5 von 5" in page
    printed = reading.text(browser(board, Role.TRANSLATOR).get(board.address("minutes.pdf")).content)
    assert "Sitz 3" in printed
    assert "Mitglied 3" not in printed
    seat(board, Role.STEERING_MEMBER)
    assert "Mitglied 3" in browser(board, Role.STEERING_MEMBER).get(board.address()).content.decode()


def test_the_next_meeting_and_its_agenda_stand_on_a_members_first_page(ahead):
    seat(ahead, Role.STEERING_MEMBER)
    page = browser(ahead, Role.STEERING_MEMBER).get(f"/staff/{ahead.cast.town.slug}/").content.decode()
    assert "Siebte Sitzung" in page
    assert "1. Kinderbetreuung" in page
    assert ahead.address() in page


def test_a_task_of_a_recommendation_says_so_and_of_which_meeting(board):
    came(board, 2)
    made = actions.decide(board.item, "Zwei Kräfte", Votes(2, 0, 0), [in_a_week(board)], by=board.coordinator)
    assert made.kind == Decision.Kind.RECOMMENDATION
    page = (
        browser(board, Role.COORDINATOR).get(f"/staff/{board.cast.town.slug}/concept/tasks/").content.decode()
    )
    assert "nur empfohlen: Siebte Sitzung" in page
