"""Who hears of a meeting and what they are told: one mail for each address, nobody sees another's."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quartierwerk.calendar import ics
from quartierwerk.calendar.register import Entry
from quartierwerk.calendar.rule import Rule
from quartierwerk.languages import choosing
from quartierwerk.languages.showing import Shown
from quartierwerk.messages import sending
from quartierwerk.people.models import Account, Membership
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from ...models import GroupMember, Meeting, MeetingInvitation

INVITATION, CANCELLING = "meeting invitation", "meeting cancelled"


@dataclass(frozen=True)
class Recipient:
    """seats: whose mail it is; a team's office may stand for several"""

    address: str
    language: str
    account: UUID | None
    seats: tuple[GroupMember, ...]


@dataclass(frozen=True)
class Reach:
    """unreached: seats without account and without an office's address; they are told on paper"""

    recipients: tuple[Recipient, ...]
    unreached: tuple[GroupMember, ...]


def seats_of(meeting: Meeting) -> list[GroupMember]:
    """Who sits in the group on the day of the meeting."""
    if meeting.group_id is None:
        return []
    day = timezone.localdate(meeting.starts_at)
    rows = GroupMember.objects.filter(GroupMember.sitting(day), group=meeting.group_id)
    return list(rows.select_related("team").order_by("-is_voting", "function", "name", "pk"))


def reach(seats: list[GroupMember], town: Tenant) -> Reach:
    """The account's own address while it works here, else that of the team's office, which passes it on to the deputy."""
    ids = [seat.account_id for seat in seats if seat.account_id]
    here = Membership.objects.current().filter(tenant=town, account__in=ids)
    rows = Account.objects.filter(pk__in=here.values("account_id"), is_active=True, left_at=None)
    accounts = {one.pk: one for one in rows}
    found: dict[str, Recipient] = {}
    unreached = []
    for seat in seats:
        account = accounts.get(seat.account_id) if seat.account_id else None
        if account:
            new = Recipient(account.email, account.language, account.pk, (seat,))
        elif seat.team and seat.team.email and not seat.team.ended_on:
            new = Recipient(seat.team.email, town.source_language, None, (seat,))
        else:
            unreached.append(seat)
            continue
        known = found.get(new.address.casefold())
        found[new.address.casefold()] = (
            Recipient(known.address, known.language, known.account or new.account, (*known.seats, seat))
            if known
            else new
        )
    return Reach(tuple(found.values()), tuple(unreached))


def fingerprint(meeting: Meeting) -> str:
    """What an invitation says: once this differs, those invited know something else."""
    told = [
        str(meeting.group_id),
        meeting.title,
        meeting.starts_at.isoformat(),
        meeting.place,
        _items(meeting),
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _items(meeting: Meeting) -> list[str]:
    return [item.in_invitation for item in meeting.items.all()]


def has_changed(meeting: Meeting) -> bool:
    """Somebody was invited, and somebody of the group knows something else, or nothing at all."""
    return bool(meeting.invited_with) and bool(to_be_told(meeting))


def to_be_told(meeting: Meeting) -> list[GroupMember]:
    """Seats of the group that do not know the meeting as it stands: all of them at first, later who is new."""
    know = set(meeting.invited.filter(told_with=fingerprint(meeting)).values_list("member_id", flat=True))
    return [seat for seat in seats_of(meeting) if seat.pk not in know]


def invite(meeting: Meeting, town: Tenant, seats: list[GroupMember]) -> int:
    """One mail for each address; how many. The caller stores the meeting's new number of invitations."""
    meeting.invitations += 1
    numbered = "\n".join(f"{number}. {called}" for number, called in enumerate(_items(meeting), start=1))
    now, told = timezone.now(), fingerprint(meeting)
    MeetingInvitation.objects.bulk_create(
        [MeetingInvitation(meeting=meeting, member=seat, told_at=now, told_with=told) for seat in seats],
        update_conflicts=True,
        unique_fields=["tenant", "meeting", "member"],
        update_fields=["told_at", "told_with"],
    )
    return _tell(meeting, town, INVITATION, seats, {"agenda": numbered})


def invited(meeting: Meeting) -> list[GroupMember]:
    """Whoever was told of the meeting, in the group today or not."""
    rows = GroupMember.objects.filter(invitations__meeting=meeting)
    return list(rows.select_related("team").order_by("-is_voting", "function", "name", "pk"))


def tell_of_cancelling(meeting: Meeting) -> int:
    meeting.invitations += 1
    town = Tenant.objects.get(pk=scope.writing())
    return _tell(meeting, town, CANCELLING, invited(meeting), {"reason": meeting.cancelled_reason})


def _tell(meeting: Meeting, town: Tenant, kind: str, seats: list[GroupMember], values: dict[str, str]) -> int:
    recipients = reach(seats, town).recipients
    for one in recipients:
        with translation.override(choosing.frame_language(one.language)):
            told = values | {"title": meeting.title, "when": in_words(meeting), "place": meeting.place}
        sending.send(
            kind,
            to=one.address,
            lang=one.language,
            # The event, the round and the seat: identifiers only.
            key=f"{kind} {meeting.pk} {meeting.invitations} {one.seats[0].pk}",
            context=told | {"link": address(meeting, town)},
            account=one.account,
            calendar=diary(meeting, town),
        )
    return len(recipients)


def in_words(meeting: Meeting) -> str:
    begins = timezone.localtime(meeting.starts_at)
    return _("%(day)s, %(time)s") % {
        "day": date_format(begins, "l, j. F Y"), "time": date_format(begins, "H:i")
    }  # fmt: skip


def address(meeting: Meeting, town: Tenant) -> str:
    """Of its page, behind the log-in."""
    keys = {"tenant": town.slug, "pk": meeting.pk}
    return settings.PUBLIC_URL.rstrip("/") + reverse("planning_staff:meeting", kwargs=keys)


def diary(meeting: Meeting, town: Tenant) -> str:
    """The meeting as iCalendar; a later one replaces it in the reader's diary."""
    begins = timezone.localtime(meeting.starts_at, ics.ZONE)
    entry = Entry(
        uid=f"{meeting.pk}@{settings.MAIL_DOMAIN}",
        title=Shown(meeting.title, town.source_language),
        rule=Rule(freq="once", starts_on=begins.date(), opens_at=begins.time(), skip_holidays=False),
        url=address(meeting, town),
        changed_at=meeting.changed_at,
        place=meeting.place,
        sequence=meeting.invitations,
        is_cancelled=meeting.state == Meeting.State.CANCELLED,
        cancelled_why=meeting.cancelled_reason,
    )
    return ics.written(
        ics.Feed(meeting.title, [entry], lang=town.source_language), begins.date(), _never_closed
    )


def _never_closed(space: UUID | None) -> frozenset[date]:
    return frozenset()
