"""What happened with the plan in the last 90 days, newest first, from the days that the records hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quartierwerk.languages import showing
from quartierwerk.languages.showing import Shown
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant
from quartierwerk.web import addresses, markup

from ..models import Concept, Goal, GoalInField, GoalValue, Measure, Milestone, Stage, StageChange
from . import published, words
from .loading import with_children
from .words import measured

DAYS = 90
MOST = 200

# What a new stage is told as; the others say nothing to visitors.
SAID_OF_STAGES = {
    Stage.ADOPTED: lambda: _("The council decided it."),
    Stage.RUNNING: lambda: _("It has begun."),
    Stage.DONE: lambda: _("It is done."),
    Stage.STOPPED: lambda: _("It was stopped. The reason stands on its page."),
}


@dataclass(frozen=True)
class Change:
    day: date
    words: SafeString
    title: Shown
    url: str

    @property
    def on(self) -> str:
        return words.day(self.day)


@dataclass(frozen=True)
class _Found:
    """Before titles are known: many are found and few are shown on the concept's page."""

    day: date
    about: UUID | None
    row: Any


def of(concept: Concept, request, *, most: int = MOST) -> list[Change]:
    today = timezone.localdate()
    since = today - timedelta(days=DAYS)
    measures = list(published.of_concept(concept).order_by().values_list("pk", flat=True))
    found = [
        *_steps(measures, since, today),
        *_stages(measures, since, today, request.tenant),
        *_values(concept, since, today),
        *_editions(concept, since, today),
    ]
    found.sort(key=attrgetter("day"), reverse=True)
    return _told(found[:most], concept, request)


def _steps(measures: list[UUID], since: date, today: date) -> Iterable[_Found]:
    rows = Milestone.published.filter(measure__in=measures, done_on__gte=since, done_on__lte=today)
    return [
        _Found(one.done_on, one.measure_id, one)
        for one in rows.order_by("-done_on", "pk")[:MOST]
        if one.done_on
    ]


def _stages(measures: list[UUID], since: date, today: date, tenant: Tenant) -> Iterable[_Found]:
    """Only the new stage leaves the municipality's own scope, not what staff noted to it."""
    inside = scope.Scope((tenant.pk,), tuple(tenant.lineage), 0)
    with scope.entered(inside):
        rows = StageChange.objects.filter(measure__in=measures, at__date__gte=since, at__date__lte=today)
        told = (
            rows.filter(later__in=SAID_OF_STAGES)
            .order_by("-at", "pk")
            .values_list("measure", "later", "at")[:MOST]
        )
        return [_Found(timezone.localdate(at), measure, Stage(later)) for measure, later, at in told]


def _values(concept: Concept, since: date, today: date) -> Iterable[_Found]:
    held = GoalInField.published.filter(field__concept=concept, field__ended_on=None)
    rows = GoalValue.published.filter(goal__in=held.values("goal"), on__gte=since, on__lte=today)
    return [_Found(one.on, one.goal_id, one) for one in rows.order_by("-on", "pk")[:MOST]]


def _editions(concept: Concept, since: date, today: date) -> Iterable[_Found]:
    rows = published.editions(concept).values("number", "title", "decided")
    found = [_Found(date.fromisoformat(row["decided"]["decided_on"]), None, row) for row in rows]
    return [one for one in found if since <= one.day <= today]


def _told(found: list[_Found], concept: Concept, request) -> list[Change]:
    wanted = {one.about for one in found if one.about}
    measures = {one.pk: one for one in with_children(Measure.published.filter(pk__in=wanted), "translations")}
    goals = {one.pk: one for one in with_children(Goal.published.filter(pk__in=wanted), "translations")}
    held = GoalInField.published.filter(goal__in=goals, field__concept=concept, field__ended_on=None)
    fields = dict(held.order_by("-position").values_list("goal", "field"))
    changes = []
    for one in found:
        if isinstance(one.row, dict):
            url = addresses.public(
                "planning:edition", request, concept=concept.slug, number=one.row["number"]
            )
            title = Shown(one.row["title"], "de", is_fallback=request.lang != "de")
            changes.append(Change(one.day, words.filled(_("The council adopted this edition.")), title, url))
        elif one.about in measures:
            measure = measures[one.about]
            url = addresses.public("planning:measure", request, pk=measure.pk)
            changes.append(Change(one.day, _of_measure(one.row, measure), _title(measure, request), url))
        elif one.about in goals:
            goal = goals[one.about]
            url = addresses.public("planning:field", request, pk=fields[goal.pk])
            sentence = words.filled(_("Measured: %(value)s"), value=measured(one.row.value, goal.unit))
            changes.append(Change(one.day, sentence, _title(goal, request), url))
    return changes


def _of_measure(row: Milestone | Stage, measure: Measure) -> SafeString:
    if isinstance(row, Stage):
        return words.filled(SAID_OF_STAGES[row]())
    return words.filled(_("Step done: %(what)s"), what=markup.bdi(row.title, measure.language))


def _title(record: Measure | Goal, request) -> Shown:
    return showing.show_all(record, request.lang)["title"]
