"""What a team's page says of the monthly question, and the button with which it is sent by hand."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from ...models import StateReport, Team, UpdateLink
from ..rules import reporting
from ..rules.months import first_of
from ..rules.reporting import Problem
from .asking import measures_of

PROBLEMS = {
    Problem.ENDED: _("This team has ended. What it leads has to be handed over."),
    Problem.NO_ADDRESS: _("The team has no mail address. Please enter the one of its office first."),
    Problem.LEADS_NOTHING: _("The team leads no measure that was adopted. There is nothing to ask."),
}


@dataclass(frozen=True)
class Asking:
    """month: the first day of the month asked about; told: how many of its measures have a word for it."""

    month: date
    link: UpdateLink | None
    measures: int
    told: int
    problem: Problem | None

    @property
    def why_not(self):
        return PROBLEMS[self.problem] if self.problem else ""


def this_month(team: Team, today: date) -> Asking:
    month = first_of(today)
    asked = list(measures_of(team.pk).values_list("pk", flat=True))
    told = StateReport.objects.filter(measure__in=asked, month=month).exclude(light_said="")
    return Asking(
        month=month,
        link=UpdateLink.objects.filter(team=team, month=month).first(),
        measures=len(asked),
        told=told.values("measure").distinct().count(),
        problem=reporting.problem(bool(team.email), team.ended_on, bool(asked)),
    )
