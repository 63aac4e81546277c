"""Which tasks and decisions are still open, and whose."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from quartierwerk import rights
from quartierwerk.rights import Person

from ... import belonging
from ...models import Decision, Task

OPEN = Q(done_on=None, withdrawn_reason="")


def readable(person: Person) -> QuerySet[Task]:
    return rights.visible(person, "planning.read_tasks", Task.objects.all())


def open_tasks(person: Person) -> QuerySet[Task]:
    """The most overdue first."""
    rows = readable(person).filter(OPEN).select_related("owner_team", "decision__meeting", "measure", "post")
    return rows.order_by("due_on", "pk")


def owned_by(person: Person) -> Q:
    """Tasks with her name on them."""
    return Q(owner_account_id=person.account_id) if person.account_id else Q(pk__in=[])


def of_team(person: Person, today: date) -> Q:
    """Tasks of her teams that no other person has taken."""
    nobody_else = Q(owner_account_id=None) | owned_by(person)
    hers = belonging.teams(person, today).values("pk")
    return Q(owner_team__in=hers) & nobody_else


def mine(person: Person, today: date) -> QuerySet[Task]:
    return open_tasks(person).filter(owned_by(person) | of_team(person, today))


def open_decisions(person: Person) -> QuerySet[Decision]:
    """Those with the most overdue task first."""
    rows = rights.visible(person, "planning.read_decisions", Decision.objects.all())
    return rows.filter(state=Decision.State.OPEN).select_related("meeting", "meeting__group")


def carried_out(person: Person) -> QuerySet[Decision]:
    """Open decisions none of whose tasks is open any more: she has to say whether they are carried out."""
    left = Task.objects.filter(OPEN, decision=OuterRef("pk"))
    given = Task.objects.filter(decision=OuterRef("pk"))
    hers = rights.visible(person, "planning.decide", open_decisions(person))
    rows = hers.filter(Exists(given)).exclude(Exists(left))
    return rows.order_by("decided_on", "pk")
