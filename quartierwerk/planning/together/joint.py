"""Joint work by field and year: of the rows of measures, what `measures.rules.breadth` asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from quartierwerk.rights import Person, visible

from ..measures.rules import breadth
from ..models import Concept, FieldOfAction, Measure, MeasureInField, MeasureTeam, Stage

# What is only proposed is no work yet, and what was stopped is none any more.
COUNTED = (Stage.PRIORITISED, Stage.ADOPTED, Stage.RUNNING, Stage.DONE)
MOST_YEARS = 6


def years_of(starts_on: date | None, ends_on: date | None, this_year: int) -> range:
    """A measure works from its first day to its last; without an end up to this year; without days in this year."""
    first = starts_on.year if starts_on else min(this_year, ends_on.year) if ends_on else this_year
    last = ends_on.year if ends_on else max(this_year, first)
    return range(first, last + 1)


def measures_of(concept: Concept, by: Person) -> QuerySet[Measure]:
    """With their teams, partners and current fields, in four queries."""
    places = MeasureInField.objects.filter(field__concept=concept, field__ended_on=None)
    rows = visible(by, "planning.read_measures", Measure.objects.filter(pk__in=places.values("measure")))
    return rows.select_related("lead_team").prefetch_related(
        Prefetch("teams", MeasureTeam.objects.select_related("team")),
        "partners__organisation",
        Prefetch("in_fields", places.select_related("field").order_by("field__position")),
    )


def departments_of(measure: Measure) -> set[UUID]:
    """Those that lead or take part; who is only informed does not work along."""
    teams = [one.team for one in measure.teams.all() if one.part == MeasureTeam.Takes.TAKES_PART]
    if measure.lead_team:
        teams.append(measure.lead_team)
    return {team.pk for team in teams if team.is_department}


def joints(measures: Iterable[Measure], this_year: int) -> list[breadth.Joint]:
    found = []
    for measure in measures:
        departments, partners = frozenset(departments_of(measure)), len(measure.partners.all())
        for place in measure.in_fields.all():
            for year in years_of(measure.starts_on, measure.ends_on, this_year):
                found.append(breadth.Joint(measure.pk, place.field_id, year, departments, partners))
    return found


@dataclass(frozen=True)
class Cell:
    year: int
    share: breadth.Share | None

    @property
    def number(self) -> int:
        return len(self.share.measures) if self.share else 0

    @property
    def joint(self) -> int:
        return len(self.share.joint) if self.share else 0


@dataclass(frozen=True)
class Table:
    years: list[int]
    rows: list[tuple[FieldOfAction, list[Cell]]]
    sums: list[Cell]

    @property
    def fallen(self) -> list[tuple[FieldOfAction, int]]:
        """Fields that fell back to one department, and in which year."""
        return [
            (field, cell.year) for field, cells in self.rows for cell in cells if cell.share and cell.share.fell_back
        ]  # fmt: skip


def table(fields: Iterable[FieldOfAction], rows: list[breadth.Joint], this_year: int) -> Table:
    """The years up to the next one, the newest last."""
    shares = breadth.shares(rows)
    years = sorted({row.year for row in rows if row.year <= this_year + 1})[-MOST_YEARS:] or [this_year]
    whole = breadth.shares(
        [breadth.Joint(one.measure, "", one.year, one.departments, one.partners) for one in rows]
    )
    return Table(
        years,
        [(field, [Cell(year, shares.get((field.pk, year))) for year in years]) for field in fields],
        [Cell(year, whole.get(("", year))) for year in years],
    )
