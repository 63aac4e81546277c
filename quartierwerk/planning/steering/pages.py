"""What the pages of steering show: the proposed agenda, and a meeting from its agenda to what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from quartierwerk.rights import Person
from quartierwerk.web import addresses

from ..models import AgendaItem, Attendance, Concept, Decision, Meeting, Task
from . import rules
from .register import agenda


@dataclass(frozen=True)
class Line:
    title: str
    why: str
    url: str


def proposal(concept: Concept, day: date, request) -> list[tuple[str, list[Line]]]:
    """By source, in order; each line leads to what it is about."""
    person: Person = request.person
    return [
        (str(source.label), [Line(one.title, one.why, _url(one.route, request)) for one in items])
        for source, items in agenda.proposal(concept, day, person)
    ]


def _url(route, request) -> str:
    return addresses.staff(route[0], request, **route[1]) if route else ""


@dataclass(frozen=True)
class Made:
    """A decision with what follows from it."""

    decision: Decision
    tasks: list[Task]
    today: date

    @property
    def overdue(self) -> set:
        return {task.pk for task in self.tasks if not task.done_on and task.due_on < self.today}


@dataclass(frozen=True)
class MeetingPage:
    meeting: Meeting
    seats: list[Attendance]
    presence: rules.Presence
    items: list[tuple[AgendaItem, list[Made]]]
    without_item: list[Made]


def meeting_page(meeting: Meeting) -> MeetingPage:
    seats = list(meeting.attendances.select_related("member", "member__team").order_by("member__function"))
    percent = meeting.group.quorum_percent if meeting.group else 100
    presence = rules.presence([rules.Seat(one.member.is_voting, one.present) for one in seats], percent)
    made = list(_made(meeting))
    items = [(item, [one for one in made if one.decision.item_id == item.pk]) for item in meeting.items.all()]
    return MeetingPage(meeting, seats, presence, items, [one for one in made if one.decision.item_id is None])


def _made(meeting: Meeting) -> Iterator[Made]:
    today = timezone.localdate()
    for decision in meeting.decisions.prefetch_related("tasks", "tasks__owner_team"):
        yield Made(decision, list(decision.tasks.all()), today)
