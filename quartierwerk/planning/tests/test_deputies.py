"""A deputy is somebody of her own: found, told what is stored about her, and erased without the holder of the seat."""

from uuid import uuid4

import pytest

from quartierwerk.planning.models import Attendance, GroupMember, Meeting
from quartierwerk.planning.tests import factories
from quartierwerk.privacy import erasing, rows
from quartierwerk.privacy.registry import record_of
from quartierwerk.protection import finding

pytestmark = pytest.mark.django_db
HOLDER, DEPUTY = uuid4(), uuid4()


@pytest.fixture
def seat(cast):
    """In closed minutes the deputy came."""
    with cast.in_town():
        made = factories.group_member(
            "Anna Muster", HOLDER, until=None, deputy_name="Berta Beispiel", deputy_account_id=DEPUTY
        )
        meeting = factories.meeting(group=made.group)
        factories.attendance(
            "Anna Muster", meeting=meeting, member=made, by_deputy=True, deputy_name="Berta Beispiel"
        )
        Meeting.objects.update(frozen_at=meeting.starts_at)
        yield made


def names(row) -> tuple[str, str]:
    row.refresh_from_db()
    return row.name, row.deputy_name


def erase(account) -> None:
    for model in (Attendance, GroupMember):
        record = record_of(model)
        erasing.empty(record, rows.of_account(record, account), account)


@pytest.mark.parametrize("account", [HOLDER, DEPUTY])
def test_both_are_led_to_their_seat(seat, account):
    for model in (Attendance, GroupMember):
        assert rows.of_account(record_of(model), account).count() == 1


@pytest.mark.parametrize(
    ("account", "left"), [(HOLDER, ("", "Berta Beispiel")), (DEPUTY, ("Anna Muster", ""))]
)
def test_one_is_erased_and_the_other_one_stays_also_in_closed_minutes(seat, account, left):
    attendance = Attendance.objects.get()
    erase(account)
    assert names(seat) == left
    assert names(attendance) == left
    assert {seat.account_id, seat.deputy_account_id} == {HOLDER, DEPUTY} - {account} | {None}


def test_the_officer_finds_a_deputy_by_name(seat, cast):
    assert [one.pk for one in finding.find("planning.groupmember", "Berta", cast.town)] == [seat.pk]
