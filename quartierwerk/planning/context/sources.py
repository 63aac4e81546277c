"""What the agenda of the steering group proposes from the log. In words: `data/example/laatzen/agenda_rules.md`, rule 6."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk import rights
from quartierwerk.languages.days import short_day
from quartierwerk.rights import Person

from ..models import Concept, ContextChange
from ..steering.register import MUST, SHOULD, Proposed, Source, agenda
from . import pages, rules


def to_follow_up(concept: Concept, day: date, person: Person) -> Iterator[Proposed]:
    rows = rights.visible(person, "planning.read", ContextChange.objects.to_follow_up())
    touching = ContextChange.objects.filter(in_fields__field__concept=concept)
    for row in rows.filter(pk__in=touching.values("pk")).prefetch_related("tasks"):
        tasks = pages.follow_ups(row)
        now = rules.standing(tasks, row.nothing_to_do)
        if rules.is_for_the_group(now, tasks, day):
            weight = MUST if rules.is_urgent(row.in_force_from, tasks, day) else SHOULD
            route = ("planning_staff:context_change", {"pk": row.pk})
            yield Proposed(row.title, tuple(_reasons(row, now, day)), row.pk, route, weight)


def _reasons(row: ContextChange, now: rules.Standing, day: date) -> Iterator[str]:
    if row.in_force_from:
        yield _("In force from %(day)s.") % {"day": short_day(row.in_force_from)}
    if now == rules.Standing.OPEN:
        yield _("Nobody has the follow-up in hand.")
    for task in row.tasks.all():
        if rules.is_over(pages.follow_up(task), day):
            words = _("Task “%(what)s” was due on %(day)s.")
            yield words % {"what": task.words, "day": short_day(task.due_on)}


def register() -> None:
    agenda.add(Source("context", gettext_lazy("Changes of law and policy"), to_follow_up, order=50))
