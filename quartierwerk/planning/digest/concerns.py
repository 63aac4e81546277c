"""What of the plan concerns one person in a week: what is due, who meets, what others changed, what is new.

Hers are measures that she or her team leads, tasks that she or her team has, groups in which she sits. Every record is
read through her right: a mail never tells what the page behind it would refuse.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quartierwerk import rights
from quartierwerk.chain.models import Link, Relation
from quartierwerk.languages.days import short_day
from quartierwerk.rights import Person, may

from .. import belonging
from ..models import Decision, GroupMember, Measure, Meeting, Milestone, Need, Stage, Task
from ..steering.tasks import lists
from .rules import Week

ENDED = (Stage.DONE, Stage.STOPPED)


@dataclass(frozen=True)
class Line:
    """route: name and key of its page in the back office; None where she has none to open."""

    title: str
    why: str
    route: tuple[str, UUID] | None = None


@dataclass(frozen=True)
class Part:
    label: str
    lines: tuple[Line, ...]


def of(person: Person, week: Week) -> list[Part]:
    """Parts without lines are left out. Some fifteen queries."""
    told = _Concerns(person, week)
    parts = (
        (_("Due this week or overdue"), told.due()),
        (_("Meetings of this week"), told.meetings()),
        (_("Changed last week by others"), told.changed()),
        (_("New since last week"), told.new()),
    )
    return [Part(label, found) for label, lines in parts if (found := tuple(lines))]


class _Concerns:
    def __init__(self, person: Person, week: Week):
        self.person, self.week = person, week
        account = person.account_id
        seats = GroupMember.objects.filter(GroupMember.sitting(week.monday, week.sunday), account_id=account)
        self.groups = set(seats.values_list("group_id", flat=True))
        rows = rights.visible(person, "planning.read_measures", Measure.objects.all())
        teams = belonging.teams(person, week.monday, week.sunday).values("pk")
        hers = rows.filter(Q(lead_account_id=account) | Q(lead_team__in=teams))
        self.measures: dict[UUID, Measure] = {one.pk: one for one in hers.order_by("sort_key", "pk")}

    # What is due

    def due(self) -> Iterator[Line]:
        found = [*self._steps(), *self._days(), *self._tasks()]
        yield from (line for _day, line in sorted(found, key=lambda one: (one[0], one[1].title)))

    def _steps(self) -> Iterator[tuple[date, Line]]:
        rows = Milestone.objects.filter(measure__in=self._live(), done_on=None, due_on__lte=self.week.sunday)
        for step in rows.select_related("measure"):
            if self.week.is_due(step.due_on):
                words = _("step “%(what)s”, until %(day)s") % {
                    "what": step.title,
                    "day": short_day(step.due_on),
                }
                yield step.due_on, self._of_measure(step.measure, words)

    def _days(self) -> Iterator[tuple[date, Line]]:
        for one in self._live():
            if one.review_on and self.week.holds(one.review_on):
                yield (
                    one.review_on,
                    self._of_measure(one, _("is reviewed on %(day)s") % {"day": short_day(one.review_on)}),
                )
            if one.ends_on and self.week.is_due(one.ends_on):
                yield (
                    one.ends_on,
                    self._of_measure(one, _("ends on %(day)s") % {"day": short_day(one.ends_on)}),
                )

    def _tasks(self) -> Iterator[tuple[date, Line]]:
        """By the measure or the meeting they belong to: their own words may name people and stay inside."""
        rows = lists.mine(self.person, self.week.monday).filter(due_on__lte=self.week.sunday)
        for task in rows.select_related("measure", "context_change", "decision__meeting"):
            if self.week.is_due(task.due_on):
                yield task.due_on, self._of_task(task)

    def _of_task(self, task: Task) -> Line:
        words = _("a task, until %(day)s") % {"day": short_day(task.due_on)}
        if task.measure_id in self.measures:
            return self._of_measure(self.measures[task.measure_id], words)
        meeting = task.decision.meeting if task.decision else None
        if meeting and self._may_read(meeting):
            return Line(meeting.title, words, ("meeting", meeting.pk))
        if task.context_change:
            return Line(task.context_change.title, words, ("task", task.pk))
        return Line(_("Steering group"), words, ("task", task.pk))

    # Who meets, what others did

    def meetings(self) -> Iterator[Line]:
        rows = Meeting.objects.filter(group__in=self.groups, starts_at__range=_moments(self.week))
        for one in rows.exclude(state=Meeting.State.CANCELLED).order_by("starts_at", "pk"):
            at = timezone.localtime(one.starts_at)
            words = ", ".join(filter(None, (date_format(at, "SHORT_DATETIME_FORMAT"), one.place)))
            yield Line(one.title, words, ("meeting", one.pk) if self._may_read(one) else None)

    def changed(self) -> Iterator[Line]:
        for pk in self._changed_by_others(Measure, list(self.measures)):
            yield self._of_measure(self.measures[pk], _("was changed"))
        needs = {one.pk: one for one in self._needs_of_measures()}
        for pk in self._changed_by_others(Need, list(needs)):
            yield Line(needs[pk].title, _("a need of your measures was changed"), ("need", pk))

    def _changed_by_others(self, model: Any, records: list[UUID]) -> list[UUID]:
        """In the order given. What she did herself she knows."""
        events = model.pgh_event_model.objects.filter(
            pgh_obj_id__in=records, pgh_created_at__range=_moments(self.week.before)
        ).exclude(pgh_label="delete")
        touched = {
            pk
            for pk, context in events.values_list("pgh_obj_id", "pgh_context")
            if (context or {}).get("actor") != str(self.person.account_id)
        }
        return [pk for pk in records if pk in touched]

    def new(self) -> Iterator[Line]:
        decisions = Decision.objects.filter(
            meeting__group__in=self.groups,
            entered_on__range=(self.week.before.monday, self.week.before.sunday),
        ).exclude(state=Decision.State.WITHDRAWN)
        seen: set[UUID] = set()
        for one in decisions.select_related("meeting").order_by("meeting__starts_at", "pk"):
            if one.meeting_id not in seen and self._may_read(one.meeting):
                seen.add(one.meeting_id)
                words = _("decided on %(day)s") % {"day": short_day(one.decided_on)}
                yield Line(one.meeting.title, words, ("meeting", one.meeting_id))
        if may(self.person, "planning.write"):
            for need in self._new_needs():
                yield Line(need.title, _("a new need, nobody has decided on it yet"), ("need", need.pk))

    def _new_needs(self) -> QuerySet[Need]:
        rows = rights.visible(self.person, "planning.write", Need.objects.filter(state=Need.State.NEW))
        first, last = self.week.before.monday, self.week.before.sunday
        return rows.filter(entered_on__range=(first, last)).order_by("-urgency", "sort_key", "pk")

    def _needs_of_measures(self) -> QuerySet[Need]:
        elements = [one.element_id for one in self.measures.values()]
        ties = Link.objects.filter(target__in=elements, source__kind="need", relation=Relation.LED_TO)
        rows = rights.visible(self.person, "planning.read_needs", Need.objects.all())
        return rows.filter(element__in=ties.values("source")).order_by("sort_key", "pk")

    # Help

    def _live(self) -> list[Measure]:
        return [one for one in self.measures.values() if one.stage not in ENDED]

    def _of_measure(self, measure: Measure, words: str) -> Line:
        return Line(measure.title, words, ("measure", measure.pk))

    def _may_read(self, meeting: Meeting) -> bool:
        return may(self.person, "planning.read_meetings", meeting)


def _moments(week: Week) -> tuple[datetime, datetime]:
    zone = timezone.get_current_timezone()
    return datetime.combine(week.monday, time.min, zone), datetime.combine(week.sunday, time.max, zone)
