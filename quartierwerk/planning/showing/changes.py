"""What happened with the plan in the last 90 days, newest first, from the days that the records hold."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quartierwerk.languages import showing
from quartierwerk.languages.showing import Shown
from quartierwerk.tenants import scope
from quartierwerk.tenants.managers import children
from quartierwerk.web import addresses, markup

from ..models import (
    Concept,
    Goal,
    GoalInField,
    GoalValue,
    Measure,
    Milestone,
    Stage,
    StageChange,
)
from . import published, words
from .words import measured

DAYS = 90
MOST = 200


@dataclass(frozen=True)
class Change:
    day: date
    words: SafeString
    title: Shown
    url: str

    @property
    def on(self) -> str:
        return words.day(self.day)


def of(concept: Concept, request, *, most: int = MOST) -> list[Change]:
    today = timezone.localdate()
    since = today - timedelta(days=DAYS)
    rows = children(published.of_concept(concept), "translations")
    measures = {one.pk: one for one in rows}
    found = [
        *_steps(measures, since, today, request),
        *_stages(measures, since, today, request),
        *_values(concept, since, today, request),
        *_editions(concept, since, today, request),
    ]
    found.sort(key=lambda one: (one.day, one.title.text), reverse=True)
    return found[:most]


def _about(measure: Measure, day: Any, sentence: SafeString, request) -> Change:
    title = showing.show_all(measure, request.lang)["title"]
    return Change(day, sentence, title, addresses.public("planning:measure", request, pk=measure.pk))


def _steps(measures: dict[UUID, Measure], since: date, today: date, request) -> list[Change]:
    rows = Milestone.published.filter(measure__in=measures, done_on__gte=since, done_on__lte=today)
    return [
        _about(
            measures[one.measure_id],
            one.done_on,
            words.filled(
                _("Step done: %(what)s"), what=markup.bdi(one.title, measures[one.measure_id].language)
            ),
            request,
        )
        for one in rows.order_by("-done_on", "pk")[:MOST]
    ]


_SAID = {
    Stage.ADOPTED: lambda: _("The council decided it."),
    Stage.RUNNING: lambda: _("It has begun."),
    Stage.DONE: lambda: _("It is done."),
    Stage.STOPPED: lambda: _("It was stopped. The reason stands on its page."),
}


def _stages(measures: dict[UUID, Measure], since: date, today: date, request) -> list[Change]:
    """Only the new stage leaves the municipality's own scope, not what staff noted to it."""
    inside = scope.Scope((request.tenant.pk,), tuple(request.tenant.lineage), 0)
    with scope.entered(inside):
        rows = list(
            StageChange.objects.filter(measure__in=measures, at__date__gte=since, at__date__lte=today, later__in=_SAID)
            .order_by("-at", "pk")
            .values_list("measure", "later", "at")[:MOST]
        )  # fmt: skip
    return [
        _about(measures[pk], timezone.localdate(at), words.filled(_SAID[Stage(later)]()), request)
        for pk, later, at in rows
    ]


def _values(concept: Concept, since: date, today: date, request) -> list[Change]:
    held = GoalInField.published.filter(field__concept=concept, field__ended_on=None)
    goals = {
        one.pk: one
        for one in children(Goal.published.filter(pk__in=held.values("goal")), "translations")
    }  # fmt: skip
    rows = GoalValue.published.filter(goal__in=goals, on__gte=since, on__lte=today).order_by("-on", "pk")
    fields = dict(held.filter(goal__in=goals).order_by("-position").values_list("goal", "field"))
    return [
        Change(
            one.on,
            words.filled(_("Measured: %(value)s"), value=measured(one.value, goals[one.goal_id].unit)),
            showing.show_all(goals[one.goal_id], request.lang)["title"],
            addresses.public("planning:field", request, pk=fields[one.goal_id]),
        )
        for one in rows[:MOST]
    ]


def _editions(concept: Concept, since: date, today: date, request) -> list[Change]:
    rows = published.editions(concept).values("number", "title", "decided")
    days = {row["number"]: date.fromisoformat(row["decided"]["decided_on"]) for row in rows}
    return [
        Change(
            days[row["number"]],
            words.filled(_("The council adopted this edition.")),
            Shown(row["title"], "de", is_fallback=request.lang != "de"),
            addresses.public("planning:edition", request, concept=concept.slug, number=row["number"]),
        )
        for row in rows
        if since <= days[row["number"]] <= today
    ]
