"""Work of this week: decisions that wait for somebody, and what a department's own team has to do."""

from datetime import timedelta

from django.db.models import Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk import rights
from quartierwerk.languages.days import short_day
from quartierwerk.rights import may
from quartierwerk.web import addresses
from quartierwerk.web.work import Line, Pile, piles

from .. import belonging
from ..measures.update.asking import REPORTED_ON
from ..models import Decision, Measure, Milestone
from ..work import measure_line

WEEK, SOON = timedelta(days=7), timedelta(days=14)


def decisions(request) -> QuerySet[Decision]:
    """Of the groups: something that follows from them is due this week, or was."""
    rows = rights.visible(request.person, "planning.write", Decision.objects.all())
    due = Q(tasks__done_on=None, tasks__withdrawn_reason="", tasks__due_on__lte=timezone.localdate() + WEEK)
    open_ones = rows.filter(state=Decision.State.OPEN).annotate(due=Min("tasks__due_on", filter=due))
    return open_ones.exclude(due=None).order_by("due", "pk")


def decision_line(one: Decision, request) -> Line:
    url = addresses.staff("planning_staff:decision", request, pk=one.pk)
    return Line(one.words, url, _due(one.due))  # type: ignore[attr-defined]


def _due(day) -> str:
    words = _("overdue since %(day)s") if day < timezone.localdate() else _("due on %(day)s")
    return words % {"day": short_day(day)}


def team_measures(request) -> QuerySet[Measure]:
    rows = rights.visible(request.person, "planning.report", Measure.objects.select_related("lead_team"))
    hers = belonging.teams(request.person, timezone.localdate())
    mine = rows.filter(lead_team__in=hers.values("pk"), stage__in=REPORTED_ON)
    return mine.order_by("ends_on", "sort_key", "pk")


def team_steps(request) -> QuerySet[Milestone]:
    rows = Milestone.objects.filter(measure__in=team_measures(request).order_by().values("pk"), done_on=None)
    soon = rows.filter(due_on__lte=timezone.localdate() + SOON)
    return soon.select_related("measure").order_by("due_on", "pk")


def step_line(one: Milestone, request) -> Line:
    url = addresses.staff("planning_staff:report_measure", request, pk=one.measure_id)
    return Line(one.title, url, f"{one.measure.title} · {_due(one.due_on)}")


def register() -> None:
    def reports(request) -> bool:
        return may(request.person, "planning.report")

    for pile in (
        Pile(
            "week-decisions",
            gettext_lazy("Decisions of the week"),
            rows=decisions,
            line=decision_line,
            visible=lambda request: may(request.person, "planning.write"),
            hint=gettext_lazy("Something that follows from them is due within seven days, or was."),
            first=5,
            order=97,
        ),
        Pile(
            "team-measures",
            gettext_lazy("Measures of my team"),
            rows=team_measures,
            line=measure_line,
            visible=reports,
            hint=gettext_lazy("Adopted or running. Report their state once a month."),
            first=8,
            order=90,
        ),
        Pile(
            "team-steps",
            gettext_lazy("Steps of my team"),
            rows=team_steps,
            line=step_line,
            visible=reports,
            hint=gettext_lazy("Overdue, or due within fourteen days."),
            first=5,
            order=91,
        ),
    ):
        piles.add(pile)
