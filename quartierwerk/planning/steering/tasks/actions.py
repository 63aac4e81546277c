"""Ending tasks and decisions. A decision ends when somebody says so, never by itself."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from quartierwerk import journal, rights
from quartierwerk.rights import Person

from ...models import ContextChange, Decision, Measure, Task
from ..minutes.actions import NewTask
from ..rules import Refusal, Refused, refusals_of_task

State = Decision.State


@transaction.atomic
def give_task(
    task: NewTask,
    *,
    measure: Measure | None = None,
    context_change: ContextChange | None = None,
    by: Person,
    today: date | None = None,
) -> Task:
    """For what no group has to decide. Raises Refused without an owner or with a day that is over."""
    rights.require(by, "planning.write")
    day = today or timezone.localdate()
    if found := refusals_of_task(task.words, has_owner=task.has_owner, due_on=task.due_on, today=day):
        raise Refused(*found)
    made = Task.objects.create(
        words=task.words.strip(),
        owner_team=task.team,
        owner_account_id=task.account,
        measure=measure,
        context_change=context_change,
        given_on=day,
        due_on=task.due_on,
    )
    journal.record("task given", made, by=by)
    return made


@transaction.atomic
def finish_task(task: Task, *, by: Person, today: date | None = None) -> Task:
    """Done. Its decision stays open until somebody says that it is carried out."""
    current = _open_task(task, by, "planning.finish_task")
    current.done_on = today or timezone.localdate()
    current.save(update_fields=["done_on"])
    journal.record("task done", current, by=by)
    return current


@transaction.atomic
def withdraw_task(task: Task, reason: str, *, by: Person) -> Task:
    current = _open_task(task, by, "planning.withdraw_task")
    if not reason.strip():
        raise Refused(Refusal.NO_REASON)
    current.withdrawn_reason = reason.strip()
    current.save(update_fields=["withdrawn_reason"])
    journal.record("task withdrawn", current, by=by)
    return current


def _open_task(task: Task, by: Person, action: str) -> Task:
    current = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    rights.require(by, action, current)
    if current.done_on or current.withdrawn_reason:
        raise Refused(Refusal.ENDED_ALREADY)
    return current


@transaction.atomic
def finish_decision(decision: Decision, *, by: Person) -> Decision:
    """Carried out. Refused while one of its tasks is open."""
    current = _open_decision(decision, by)
    if current.tasks.filter(done_on=None, withdrawn_reason="").exists():
        raise Refused(Refusal.TASKS_OPEN)
    current.state = State.DONE
    current.save(update_fields=["state", "changed_at"])
    journal.record("decision done", current, by=by)
    return current


@transaction.atomic
def withdraw_decision(decision: Decision, reason: str, *, by: Person) -> Decision:
    """The group wants it no more; open tasks end with it, for the same reason."""
    current = _open_decision(decision, by)
    if not reason.strip():
        raise Refused(Refusal.NO_REASON)
    current.state, current.withdrawn_reason = State.WITHDRAWN, reason.strip()
    current.save(update_fields=["state", "withdrawn_reason", "changed_at"])
    current.tasks.filter(done_on=None, withdrawn_reason="").update(withdrawn_reason=reason.strip())
    journal.record("decision withdrawn", current, by=by)
    return current


def _open_decision(decision: Decision, by: Person) -> Decision:
    rights.require(by, "planning.decide", decision)
    current = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if current.state != State.OPEN:
        raise Refused(Refusal.ENDED_ALREADY)
    return current
