"""What the pages and documents of steering show: the proposed agenda, and a meeting from its agenda to what became of it."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk.people.names import names_of
from quartierwerk.rights import Person, may
from quartierwerk.web import addresses

from ..models import (
    AgendaItem,
    Attendance,
    Concept,
    Decision,
    GroupMember,
    Meeting,
    MinutesAddition,
    Task,
    Team,
)
from . import rules
from .inviting.telling import seats_of
from .register import Proposed, agenda

VOTES = ("votes_yes", "votes_no", "votes_abstained", "biased")


@dataclass(frozen=True)
class Line:
    title: str
    why: str
    url: str


def proposal(concept: Concept, day: date, request) -> list[tuple[str, list[Line]]]:
    """By source, in order; each line leads to what it is about."""
    person: Person = request.person
    return [
        (str(source.label), [Line(one.title, one.why, url_of(one, request)) for one in items])
        for source, items in agenda.proposal(concept, day, person)
    ]


def url_of(one: Proposed, request) -> str:
    return addresses.staff(one.route[0], request, **one.route[1]) + one.query if one.route else ""


@dataclass(frozen=True)
class Seat:
    """Whose seat it was on that day, and whether somebody sat on it."""

    pk: UUID
    name: str
    function: str
    deputy: str
    has_vote: bool
    present: bool
    by_deputy: bool
    account: UUID | None = None
    deputy_account: UUID | None = None

    def taken_by(self, sign: str) -> rules.Sitter | None:
        """Who is there with this answer."""
        if sign == "deputy":
            return rules.Sitter(self.called, self.deputy, self.deputy_account)
        return rules.Sitter(self.called, self.name, self.account) if sign == "present" else None

    @property
    def called(self) -> str:
        return ", ".join(filter(None, (self.name, self.function))) or _("Member")

    def without_names(self) -> "Seat":
        return replace(self, name="", deputy="")

    @property
    def sign(self) -> str:
        """The chosen answer of the form."""
        return "deputy" if self.by_deputy else "present" if self.present else "absent"


def seats(meeting: Meeting) -> list[Seat]:
    """Of closed minutes as they keep them; before that as the group is."""
    known = {one.member_id: one for one in meeting.attendances.select_related("member")}
    if meeting.frozen_at:
        rows = [_kept(one) for one in known.values()]
        return sorted(rows, key=lambda one: (not one.has_vote, one.function, one.name))
    sitting = {one.pk: one for one in seats_of(meeting)}
    # Whoever came counts, even if the seat's days were changed afterwards.
    gone = {pk: one.member for pk, one in known.items() if pk not in sitting and one.present}
    return [_current(member, known.get(member.pk)) for member in (sitting | gone).values()]


def _kept(one: Attendance) -> Seat:
    return Seat(
        one.member_id, one.name, one.function, one.deputy_name, one.has_vote, one.present, one.by_deputy
    )


def _current(member: GroupMember, one: Attendance | None) -> Seat:
    return Seat(
        member.pk,
        member.name,
        member.function,
        member.deputy_name,
        member.is_voting,
        bool(one and one.present),
        bool(one and one.by_deputy),
        member.account_id,
        member.deputy_account_id,
    )


def counted_twice(answers: Iterable[tuple[Seat, str]]) -> list[tuple[rules.Sitter, rules.Sitter]]:
    """Of seats, each with its answer."""
    sitters = [seat.taken_by(answer) for seat, answer in answers]
    return rules.counted_twice([one for one in sitters if one is not None])


def presence(meeting: Meeting, given: Iterable[Seat]) -> rules.Presence:
    percent = meeting.quorum_percent or (meeting.group.quorum_percent if meeting.group else 100)
    return rules.presence([rules.Seat(one.has_vote, one.present) for one in given], percent)


@dataclass(frozen=True)
class Made:
    """A decision with what follows from it; owners by task, as people call them."""

    decision: Decision
    tasks: list[Task]
    today: date
    owners: dict[UUID, str]

    @property
    def open_tasks(self) -> list[Task]:
        return [task for task in self.tasks if not task.done_on and not task.withdrawn_reason]

    @property
    def overdue(self) -> set[UUID]:
        return {task.pk for task in self.open_tasks if task.due_on < self.today}

    @property
    def with_owners(self) -> list[tuple[Task, str]]:
        return [(task, self.owners.get(task.pk, "")) for task in self.tasks]


@dataclass(frozen=True)
class MeetingPage:
    meeting: Meeting
    seats: list[Seat]
    presence: rules.Presence
    items: list[tuple[AgendaItem, list[Made]]]
    without_item: list[Made]
    additions: list[tuple[MinutesAddition, str]]
    as_minuted: bool

    @property
    def made(self) -> list[Made]:
        return [one for _item, rows in self.items for one in rows] + self.without_item


def meeting_page(meeting: Meeting, *, as_minuted: bool = False, reader: Person | None = None) -> MeetingPage:
    """as_minuted: who had a task when the minutes were closed, not who took it over since.

    reader: names of those who were there are left out unless she needs them; a quorum is told without.
    """
    given = seats(meeting)
    if reader and not may(reader, "planning.read_attendance", meeting):
        given = [one.without_names() for one in given]
    made = list(made_of(meeting.decisions.all(), as_minuted=as_minuted and meeting.frozen_at is not None))
    items = [(item, [one for one in made if one.decision.item_id == item.pk]) for item in meeting.items.all()]
    additions = list(meeting.additions.all())
    names = names_of([one.by for one in additions if one.by])
    return MeetingPage(
        meeting,
        given,
        presence(meeting, given),
        items,
        [one for one in made if one.decision.item_id is None],
        [(one, names.get(one.by, "") if one.by else "") for one in additions],
        as_minuted,
    )


def fingerprint(page: MeetingPage) -> str:
    """Of all that the minutes say: whoever closes them has read just this."""
    told = [
        page.meeting.title,
        page.meeting.minutes_text,
        page.presence.needed,
        [(str(one.pk), one.called, one.deputy, one.has_vote, one.sign) for one in page.seats],
        [(item.title, item.reason, item.minutes) for item, _made in page.items],
        [
            (
                str(one.decision.item_id),
                one.decision.words,
                one.decision.kind,
                [getattr(one.decision, name) for name in VOTES],
                [(task.words, owner, task.due_on.isoformat()) for task, owner in one.with_owners],
            )
            for one in page.made
        ],
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def made_of(decisions, *, as_minuted: bool = False) -> Iterator[Made]:
    """In constant queries: tasks, their teams, the names of their owners."""
    tasks = Task.objects.select_related("owner_team", "minuted_team").order_by("due_on", "pk")
    rows = list(decisions.prefetch_related(Prefetch("tasks", tasks)))
    every = [task for row in rows for task in row.tasks.all()]
    owners = owners_of(every, as_minuted=as_minuted)
    today = timezone.localdate()
    for decision in rows:
        yield Made(decision, list(decision.tasks.all()), today, owners)


def owners_of(tasks: Iterable[Task], *, as_minuted: bool = False) -> dict[UUID, str]:
    """Team and person of each task, as far as they are still known."""
    held: dict[UUID, tuple[Team | None, UUID | None]] = {
        task.pk: (task.minuted_team, task.minuted_account_id)
        if as_minuted
        else (task.owner_team, task.owner_account_id)
        for task in tasks
    }
    names = names_of([account for _team, account in held.values() if account])
    return {
        pk: ", ".join(filter(None, (str(team) if team else "", names.get(account, "") if account else "")))
        for pk, (team, account) in held.items()
    }
