"""Following a change up: who does what until when, and which measures it touches."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction

from quartierwerk import journal, rights
from quartierwerk.rights import Person

from ..models import ContextChange, ContextMeasure, Measure, Task
from ..steering.minutes.actions import NewTask
from ..steering.tasks import actions as tasks

ACTION = "planning.write"


@transaction.atomic
def give_task(change: ContextChange, task: NewTask, *, by: Person, today: date | None = None) -> Task:
    """A task of its own, which no meeting decided on. Raises Refused without an owner or with a day that is over."""
    rights.require(by, ACTION, change)
    made = tasks.give_task(task, context_change=change, by=by, today=today)
    journal.record("follow-up of a change given", change, by=by)
    return made


@transaction.atomic
def touch(change: ContextChange, asked: Collection[UUID], chosen: Collection[UUID], *, by: Person) -> None:
    """asked: measures that the page showed; of those the chosen ones are touched, all others stay as they are."""
    rights.require(by, ACTION, change)
    rows = rights.visible(by, "planning.read_measures", Measure.objects.filter(pk__in=asked))
    wanted = set(rows.filter(pk__in=chosen).values_list("pk", flat=True))
    there = change.on_measures.filter(measure__in=asked)
    held = set(there.values_list("measure_id", flat=True))
    if wanted == held:
        return
    there.exclude(measure__in=wanted).delete()
    ContextMeasure.objects.bulk_create(
        ContextMeasure(change=change, measure_id=pk) for pk in sorted(wanted - held)
    )
    journal.record("measures touched by a change set", change, by=by)
