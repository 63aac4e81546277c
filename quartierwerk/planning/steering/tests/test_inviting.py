from datetime import timedelta

import pytest
from django.utils import timezone

from quartierwerk.documents.tests import reading
from quartierwerk.messages.models import Outgoing
from quartierwerk.messages.smtp import message_of
from quartierwerk.people.models import Membership
from quartierwerk.rights import Role

from ...models import GroupMember, Meeting
from ...tests import factories
from ..agenda import actions as agenda
from ..inviting import actions, telling
from ..meetings.actions import cancel
from ..rules import Refusal, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def reached(ahead):
    """One with an account, two behind the same office; the others have no address."""
    account = ahead.cast.account[Role.STEERING_MEMBER]
    one, two, three, *_others = ahead.seats
    one.account_id = account.pk
    two.team = three.team = ahead.team
    for seat in (one, two, three):
        seat.save()
    return ahead


def test_one_mail_for_each_address_and_nobody_sees_another(reached):
    assert actions.invite(reached.meeting, by=reached.coordinator) == 2
    mails = Outgoing.objects.filter(kind="meeting invitation")
    assert {mail.recipient for mail in mails} == {
        reached.cast.account[Role.STEERING_MEMBER].email,
        "team53@stadt.example",
    }
    for mail in mails:
        others = {one.recipient for one in mails} - {mail.recipient}
        assert not any(other in mail.text + mail.calendar for other in others)
        assert "1. Kinderbetreuung" in mail.text
        assert "Stadthaus, Saal" in mail.text
        assert message_of(mail)["To"] == mail.recipient


def test_the_date_for_the_diary_comes_along_as_a_file(reached):
    actions.invite(reached.meeting, by=reached.coordinator)
    message = message_of(Outgoing.objects.filter(kind="meeting invitation")[0])
    (part,) = message.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    words = part.get_content()
    begins = timezone.localtime(reached.meeting.starts_at)
    assert f"DTSTART;TZID=Europe/Berlin:{begins:%Y%m%dT%H%M}" in words
    assert "SUMMARY;LANGUAGE=de:Siebte Sitzung" in words


def test_what_changed_after_inviting_is_told_and_may_be_sent_again(reached, desk):
    actions.invite(reached.meeting, by=reached.coordinator)
    reached.meeting.refresh_from_db()
    assert reached.meeting.state == Meeting.State.INVITED
    assert not telling.has_changed(reached.meeting)
    agenda.add(reached.meeting, "Geld", by=reached.coordinator)
    assert telling.has_changed(reached.meeting)
    assert "invite/" in desk.get(reached.address()).content.decode()
    desk.post(reached.address("invite/"))
    reached.meeting.refresh_from_db()
    assert not telling.has_changed(reached.meeting)
    assert Outgoing.objects.filter(kind="meeting invitation").count() == 4
    assert "SEQUENCE:2" in Outgoing.objects.order_by("-created_at")[0].calendar


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"place": ""}, Refusal.NO_PLACE),
        ({"starts_at": timezone.now()}, Refusal.MEETING_OVER),
    ],
)
def test_an_invitation_needs_a_place_and_a_day_to_come(reached, change, refusal):
    Meeting.objects.filter(pk=reached.meeting.pk).update(**change)
    with pytest.raises(Refused, match=refusal):
        actions.invite(reached.meeting, by=reached.coordinator)
    assert not Outgoing.objects.exists()


def test_without_an_agenda_nobody_is_invited(reached, desk):
    reached.item.delete()
    assert desk.post(reached.address("invite/")).status_code == 422
    assert not Outgoing.objects.exists()


def test_the_page_names_those_who_need_paper_and_shows_no_address(reached, desk):
    page = desk.get(reached.address("invite/"))
    assert [seat.name for seat in page.context["reach"].unreached] == [
        "Mitglied 3",
        "Mitglied 4",
        "Mitglied 5",
    ]
    assert "team53@stadt.example" not in page.content.decode()


def test_who_has_left_the_group_is_not_invited(reached):
    reached.seats[0].until = timezone.localdate()
    reached.seats[0].save()
    assert len(telling.reach(telling.seats_of(reached.meeting), reached.cast.town).recipients) == 1


def test_an_account_that_is_closed_is_reached_through_its_team(reached):
    account = reached.cast.account[Role.STEERING_MEMBER]
    account.is_active = False
    account.save()
    seat = factories.group_member(
        "Neu", group=reached.group, until=None, account_id=account.pk, team=reached.team
    )
    found = telling.reach(telling.seats_of(reached.meeting), reached.cast.town)
    assert [one.address for one in found.recipients] == ["team53@stadt.example"]
    assert seat in found.recipients[0].seats


def test_who_has_no_role_here_any_more_hears_nothing(reached):
    """An account stays active where its role ended by date, or works for another municipality too."""
    ended = timezone.now() - timedelta(days=1)
    Membership.objects.filter(account=reached.cast.account[Role.STEERING_MEMBER]).update(valid_until=ended)
    actions.invite(reached.meeting, by=reached.coordinator)
    assert {mail.recipient for mail in Outgoing.objects.all()} == {"team53@stadt.example"}
    assert reached.seats[0] in telling.reach(telling.seats_of(reached.meeting), reached.cast.town).unreached


def test_mail_and_paper_say_neither_reasons_nor_words_that_stay_inside(reached, desk):
    reached.item.reason = "Zwölf Bitten seit Mai"
    reached.item.save()
    factories.agenda_item(
        "Frau Muster zahlt 300 Euro",
        outside="Ein offener Beschluss",
        meeting=reached.meeting,
        position=20,
    )
    actions.invite(reached.meeting, by=reached.coordinator)
    paper = reading.text(desk.get(reached.address("invitation.pdf")).content)
    for words in (paper, *(mail.text + mail.calendar for mail in Outgoing.objects.all())):
        assert "Muster zahlt" not in words
        assert "Zwölf Bitten" not in words
    for words in (paper, *(mail.text for mail in Outgoing.objects.all())):
        assert "Siebte Sitzung" in words
        assert "Kinderbetreuung" in words
        assert "Ein offener Beschluss" in words


def test_whoever_is_new_in_the_group_is_invited_and_nobody_else_again(reached, desk):
    actions.invite(reached.meeting, by=reached.coordinator)
    reached.meeting.refresh_from_db()
    seat = factories.group_member(
        "Neu",
        group=reached.group,
        until=None,
        team=factories.team("40", "Bildung", email="team40@stadt.example"),
    )
    assert telling.to_be_told(reached.meeting) == [seat]
    assert telling.has_changed(reached.meeting)
    assert desk.get(reached.address("invite/")).context["informed"] == 6
    assert actions.invite(reached.meeting, by=reached.coordinator) == 1
    assert Outgoing.objects.order_by("-created_at")[0].recipient == "team40@stadt.example"
    reached.meeting.refresh_from_db()
    assert not telling.has_changed(reached.meeting)


def test_who_was_invited_hears_of_the_cancelling_and_nobody_else(reached):
    """The seat of one has ended since, another one is new and was never told."""
    actions.invite(reached.meeting, by=reached.coordinator)
    GroupMember.objects.filter(pk=reached.seats[0].pk).update(until=timezone.localdate())
    other = factories.team("40", "Bildung", email="team40@stadt.example")
    factories.group_member("Neu", group=reached.group, until=None, team=other)
    cancel(reached.meeting, "Der Saal ist gesperrt.", by=reached.coordinator)
    told = Outgoing.objects.filter(kind="meeting cancelled").values_list("recipient", flat=True)
    assert set(told) == {reached.cast.account[Role.STEERING_MEMBER].email, "team53@stadt.example"}
