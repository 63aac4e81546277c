"""Measure × team: who leads, takes part, is informed (R2.11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from ..models import Measure, MeasureTeam, Team

LEADS = "leads"


@dataclass(frozen=True)
class Row:
    measure: Measure
    parts: list[str]  # one for each team, "" for none


@dataclass(frozen=True)
class Sums:
    team: Team
    leads: int
    takes_part: int
    informed: int


@dataclass(frozen=True)
class Responsible:
    teams: list[Team]
    rows: list[Row]
    sums: list[Sums]
    without_lead: int


def _parts(measure: Measure) -> dict[UUID, str]:
    found = {one.team_id: one.part for one in measure.teams.all()}
    if measure.lead_team_id:
        found[measure.lead_team_id] = LEADS
    return found


def matrix(
    measures: Iterable[Measure], teams: Iterable[Team], only: tuple[str, str] | None = None
) -> Responsible:
    """teams  those that work; one that has ended stands beside them while a measure still names it
    only   a team and its part: the measures behind one number
    """
    parts = [(measure, _parts(measure)) for measure in measures]
    whole = parts
    if only:
        parts = [
            (measure, found)
            for measure, found in parts
            if only in {(str(pk), part) for pk, part in found.items()}
        ]
    named = {pk for _measure, found in whole for pk in found}
    shown = [team for team in teams if team.ended_on is None or team.pk in named]

    def count(team: Team, part: str) -> int:
        return sum(found.get(team.pk) == part for _measure, found in whole)

    return Responsible(
        shown,
        [Row(measure, [found.get(team.pk, "") for team in shown]) for measure, found in parts],
        [
            Sums(team, count(team, LEADS), count(team, MeasureTeam.Takes.TAKES_PART), count(team, MeasureTeam.Takes.INFORMED))
            for team in shown
        ],
        sum(measure.lead_team_id is None for measure, _found in parts),
    )  # fmt: skip
