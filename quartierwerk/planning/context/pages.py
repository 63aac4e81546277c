"""What the log shows of a change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from quartierwerk import rights
from quartierwerk.languages.names import plain
from quartierwerk.rights import Person

from ..models import ContextChange, Measure, Task
from ..steering.pages import owners_of
from . import rules
from .rules import FollowUp, Standing

WORDS = {
    Standing.OPEN: (_("nobody follows it up yet"), "bad"),
    Standing.IN_HAND: (_("somebody follows it up"), "ok"),
    Standing.FOLLOWED_UP: (_("followed up"), "done"),
    Standing.NOTHING_TO_DO: (_("looked at, nothing to do"), "none"),
}
LATE = (_("the follow-up is overdue"), "bad")
MOST_SHOWN = 50


def follow_up(task: Task) -> FollowUp:
    return FollowUp(task.due_on, task.done_on, bool(task.withdrawn_reason))


def follow_ups(change: ContextChange) -> list[FollowUp]:
    """Wants the tasks loaded."""
    return [follow_up(task) for task in change.tasks.all()]


def in_words(change: ContextChange, today: date) -> tuple[str, str]:
    """Where its follow-up stands, and the sign for it. Wants the tasks loaded."""
    tasks = follow_ups(change)
    is_late = any(rules.is_over(task, today) for task in tasks)
    words, sign = LATE if is_late else WORDS[rules.standing(tasks, change.nothing_to_do)]
    return str(words), sign


@dataclass(frozen=True)
class Row:
    """tasks: each with who has it."""

    change: ContextChange
    words: str
    state: str
    tasks: list[tuple[Task, str]]

    @property
    def next_task(self) -> tuple[Task, str] | None:
        waiting = [one for one in self.tasks if follow_up(one[0]).is_open]
        return min(waiting, key=lambda one: one[0].due_on, default=None)


def rows(changes: Iterable[ContextChange], today: date) -> list[Row]:
    """Wants tasks with their teams loaded; one query more, for the names of people."""
    changes = list(changes)
    owners = owners_of([task for change in changes for task in change.tasks.all()])
    found = []
    for change in changes:
        tasks = [(task, owners.get(task.pk, "")) for task in change.tasks.all()]
        found.append(Row(change, *in_words(change, today), tasks))
    return found


def touching(measure: Measure, today: date) -> list[tuple[ContextChange, str, str]]:
    """For a measure's page: changes that touch it, each with its standing in words."""
    found = ContextChange.objects.filter(on_measures__measure=measure).prefetch_related("tasks")
    return [(one, *in_words(one, today)) for one in found]


def offered(change: ContextChange, typed: str, person: Person) -> list[tuple[Measure, bool]]:
    """Measures to choose from, each with whether the change touches it: those it touches, then those of its fields, then
    all others; narrowed to what somebody typed."""
    readable = rights.visible(person, "planning.read_measures", Measure.objects.order_by("sort_key", "pk"))
    if words := plain(typed):
        readable = readable.filter(sort_key__contains=words)
    touched = list(readable.filter(touched_by__change=change))
    fields = change.in_fields.values("field")
    left = readable.exclude(touched_by__change=change)
    near = list(left.filter(pk__in=Measure.objects.filter(in_fields__field__in=fields))[:MOST_SHOWN])
    far = left.exclude(pk__in=[one.pk for one in near])[: max(0, MOST_SHOWN - len(near))] if words else []
    return [*((one, True) for one in touched), *((one, False) for one in (*near, *far))]
