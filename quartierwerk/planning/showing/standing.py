"""How measures stand, as plain values that everybody may know.

The light rests on reports, posts and asked months too, which stay inside: they are read here, within the municipality's
own scope and without a right to write, and only what the page says leaves this file. A light that a visitor sees is the
one that staff see.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from ..measures import facts
from ..measures.rules.counting import Entry
from ..measures.rules.light import Reason, Shown, Step
from ..measures.rules.money import Line
from ..models import Measure, Stage, StageChange, StateReport
from .loading import with_children
from .states import State, state_of


@dataclass(frozen=True)
class Standing:
    """reasons     why it is not on track, the worst first
    lead        the responsible team's number and name, "" for nobody yet
    changed_on  last day on which anything about it was entered
    """

    stage: Stage
    state: State
    reasons: tuple[Reason, ...]
    by_hand_on: date | None
    lead: str
    changed_on: date
    steps: tuple[Step, ...]
    lines: tuple[Line, ...]
    sources: tuple[str, ...]

    @property
    def entry(self) -> Entry:
        """As it counts among others."""
        return Entry(self.stage, self.lines)

    @property
    def next_step(self) -> Step | None:
        return min(
            (one for one in self.steps if one.done_on is None), key=lambda one: one.due_on, default=None
        )


def standings(measures: Collection[UUID], tenant: Tenant, today: date) -> dict[UUID, Standing]:
    """By measure. Eight queries, whatever the number."""
    if not measures:
        return {}
    inside = scope.Scope((tenant.pk,), tuple(tenant.lineage), 0)
    with scope.entered(inside):
        rows = with_children(
            Measure.objects.filter(pk__in=measures).select_related("lead_team"),
            "milestones",
            "cost_lines",
            "posts",
        )
        lights = facts.lights(rows, today)
        days = _last_days(measures)
        return {one.pk: _standing(one, lights[one.pk], days.get(one.pk), today) for one in rows}


def _last_days(measures: Collection[UUID]) -> dict[UUID, date]:
    """The newest report or change of stage."""
    found: dict[UUID, date] = {}
    for model in (StateReport, StageChange):
        newest = (
            model.objects.filter(measure__in=measures).order_by().values("measure").annotate(at=Max("at"))
        )
        for pk, at in newest.values_list("measure", "at"):
            day = timezone.localdate(at)
            found[pk] = max(day, found.get(pk, day))
    return found


def _standing(measure: Measure, shown: Shown, told_on: date | None, today: date) -> Standing:
    steps = tuple(Step(one.title, one.due_on, one.done_on) for one in measure.milestones.all())
    lines = list(measure.cost_lines.all())
    days = [timezone.localdate(measure.changed_at), told_on, *(one.done_on for one in steps)]
    stage = Stage(measure.stage)
    return Standing(
        stage=stage,
        state=state_of(stage, shown.light),
        reasons=shown.reasons,
        by_hand_on=shown.by_hand_on,
        lead=str(measure.lead_team) if measure.lead_team else "",
        changed_on=max((day for day in days if day and day <= today), default=today),
        steps=steps,
        lines=tuple(facts.line(one) for one in lines),
        sources=tuple(dict.fromkeys(one.source for one in lines if one.source)),
    )
