"""What the plan knows of those who sit in its groups: which these are, and what comes next there, on their first page."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk import rights
from quartierwerk.rights import may
from quartierwerk.rights.seats import seats
from quartierwerk.web import addresses
from quartierwerk.web.today import Panel, today
from quartierwerk.web.work import Line

from ..models import GroupMember, Meeting
from .inviting.telling import in_words

MOST = 8  # items on the first page; the meeting's own page has all


def groups_of(account_id: UUID) -> set[UUID]:
    """Her own seats, and those for which she stands in."""
    hers = Q(account_id=account_id) | Q(deputy_account_id=account_id)
    rows = GroupMember.objects.filter(hers, GroupMember.sitting(timezone.localdate()))
    return set(rows.values_list("group_id", flat=True))


def may_look_at_meetings(request) -> bool:
    """Whoever reads the plan, and whoever sits in a group."""
    person = request.person
    return may(person, "planning.read_meetings") and (may(person, "planning.read") or bool(person.groups))


def next_meeting(request) -> Meeting | None:
    """Of her groups: the one that is to come or runs today."""
    hers = Meeting.objects.filter(group__in=request.person.groups, frozen_at=None)
    rows = rights.visible(request.person, "planning.read_meetings", hers)
    coming = rows.filter(starts_at__date__gte=timezone.localdate()).exclude(state=Meeting.State.CANCELLED)
    return coming.order_by("starts_at", "pk").first()


def _next(request) -> Iterator[Panel]:
    if not (may(request.person, "planning.read_meetings") and request.person.groups):
        return
    if (meeting := next_meeting(request)) is None:
        return
    url = addresses.staff("planning_staff:meeting", request, pk=meeting.pk)
    where = ", ".join(filter(None, (in_words(meeting), meeting.place)))
    items = list(meeting.items.all()[:MOST])
    lines = [Line(meeting.title, url, where)]
    lines += [
        Line(f"{number}. {item.title}", f"{url}#item-{item.pk}") for number, item in enumerate(items, start=1)
    ]
    yield Panel("next-meeting", _("Next meeting"), lines=lines, is_aside=True)


def register() -> None:
    seats.add_source(groups_of)
    today.add_panels("next meeting", _next, order=10)
