"""What the concept holds, in a constant number of queries: entries of four parts, where they stand, what links them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from quartierwerk import rights
from quartierwerk.chain.models import Link, Relation
from quartierwerk.rights import Person

from ..models import (
    Concept,
    FieldOfAction,
    Goal,
    GoalInField,
    Measure,
    MeasureInField,
    MeasureResource,
    MeasureTeam,
    Need,
    NeedInField,
    Resource,
    ResourceInField,
)
from . import gaps
from .gaps import Gap

RESOURCES, NEEDS, MEASURES, GOALS = PARTS = ("resources", "needs", "measures", "goals")
THROUGH: dict[str, tuple[Any, str]] = {
    RESOURCES: (ResourceInField, "resource"),
    NEEDS: (NeedInField, "need"),
    MEASURES: (MeasureInField, "measure"),
    GOALS: (GoalInField, "goal"),
}


@dataclass(slots=True)
class Entry:
    """One resource, need, measure or goal.

    state   of a need or measure; a resource's kind; a goal's kind of evidence
    team    that leads the measure
    linked  how many measures hang on it, or needs on a measure
    note    a goal's indicator
    """

    pk: UUID
    part: str
    title: str
    state: str
    space: UUID | None = None
    team: UUID | None = None
    note: str = ""
    linked: int = 0
    gaps: tuple[Gap, ...] = ()


@dataclass
class Holding:
    """by_pk: all entries of the concept's fields; in_field: part → field → entries in their order."""

    fields: list[FieldOfAction]
    by_pk: dict[UUID, Entry] = field(default_factory=dict)
    in_field: dict[str, dict[UUID, list[Entry]]] = field(default_factory=dict)
    # Measure → what hangs on it.
    of_measure: dict[str, dict[UUID, set[UUID]]] = field(default_factory=dict)

    def entries(self, part: str) -> list[Entry]:
        """Each once, in the order of the fields."""
        rows = self.in_field[part]
        return list({entry.pk: entry for one in self.fields for entry in rows.get(one.pk, ())}.values())

    def fields_of(self, part: str) -> dict[UUID, list[FieldOfAction]]:
        found = defaultdict(list)
        for one in self.fields:
            for entry in self.in_field[part].get(one.pk, ()):
                found[entry.pk].append(one)
        return found

    def narrowed(self, keep: set[UUID]) -> "Holding":
        """The same with these entries only; what is a gap stays one."""
        rows = {
            part: {pk: [entry for entry in held if entry.pk in keep] for pk, held in fields.items()}
            for part, fields in self.in_field.items()
        }
        return Holding(self.fields, self.by_pk, rows, self.of_measure)


def held_by(concept: Concept, person: Person) -> Holding:
    """Everything of the concept that this person may read."""
    fields = list(FieldOfAction.objects.current().filter(concept=concept).order_by("position", "sort_key"))
    holding = Holding(fields)
    elements: dict[UUID, UUID] = {}
    for part, rows in _rows(person).items():
        known = {row[0]: row for row in rows}
        model, side = THROUGH[part]
        places = model.objects.filter(field__in=[one.pk for one in fields]).order_by("position")
        held: dict[UUID, list[Entry]] = defaultdict(list)
        for pk, where in places.values_list(side, "field"):
            if (row := known.get(pk)) is None:
                continue
            entry = holding.by_pk.get(pk)
            if entry is None:
                entry = holding.by_pk[pk] = Entry(pk, part, *row[2:])
                if row[1] is not None:
                    elements[row[1]] = pk
            held[where].append(entry)
        holding.in_field[part] = dict(held)
    _link(holding, elements)
    return holding


def _rows(person: Person) -> dict[str, Iterable[tuple]]:
    """Per part: pk, element, title, state, quarter, team, note."""
    none = Q(pk__in=[])

    def rows(model: Any, action: str) -> Any:
        allowed = rights.allowed(person, action, model) if rights.may(person, action) else none
        return model.objects.filter(allowed).order_by()

    return {
        RESOURCES: [
            (pk, None, title, kind)
            for pk, title, kind in rows(Resource, "planning.read").values_list("pk", "title", "kind")
        ],
        NEEDS: rows(Need, "planning.read_needs").values_list("pk", "element", "title", "state", "space"),
        MEASURES: rows(Measure, "planning.read_measures").values_list(
            "pk", "element", "title", "stage", "space", "lead_team"
        ),
        GOALS: [
            (pk, element, title, kind, None, None, note)
            for pk, element, title, kind, note in rows(Goal, "planning.read").values_list(
                "pk", "element", "title", "evidence_kind", "indicator_name"
            )
        ],
    }


def _link(holding: Holding, elements: dict[UUID, UUID]) -> None:
    needs: dict[UUID, set[UUID]] = defaultdict(set)
    goals: dict[UUID, set[UUID]] = defaultdict(set)
    resources: dict[UUID, set[UUID]] = defaultdict(set)
    on: dict[UUID, list[str]] = defaultdict(list)  # the stages of the measures that hang on an entry
    part_of = {pk: entry.part for pk, entry in holding.by_pk.items()}
    links = Link.objects.filter(relation__in=(Relation.LED_TO, Relation.MEASURED_BY))
    for source, target in links.values_list("source", "target"):
        first, second = elements.get(source), elements.get(target)
        if first is None or second is None:
            continue
        if part_of[first] == NEEDS and part_of[second] == MEASURES:
            needs[second].add(first)
            on[first].append(holding.by_pk[second].state)
        elif part_of[first] == MEASURES and part_of[second] == GOALS:
            goals[first].add(second)
            on[second].append(holding.by_pk[first].state)
    for measure, resource in MeasureResource.objects.values_list("measure", "resource"):
        if measure in part_of and resource in part_of:
            resources[measure].add(resource)
            on[resource].append(holding.by_pk[measure].state)
    holding.of_measure = {NEEDS: needs, GOALS: goals, RESOURCES: resources}
    for pk, entry in holding.by_pk.items():
        stages = on.get(pk, [])
        entry.linked = len(needs.get(pk, ())) if entry.part == MEASURES else len(stages)
        match entry.part:
            case "needs":
                entry.gaps = gaps.of_need(entry.state, stages)
            case "measures":
                entry.gaps = gaps.of_measure(entry.state, entry.linked)
            case "goals":
                entry.gaps = gaps.of_goal(entry.state, stages)
            case _:
                entry.gaps = gaps.of_resource(stages)


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see of it. stage and need_state are of one choice, so one of them at most."""

    space: UUID | None = None
    team: UUID | None = None
    stage: str = ""
    need_state: str = ""
    only_gaps: bool = False

    @property
    def narrows_measures(self) -> bool:
        return bool(self.space or self.team or self.stage)

    @property
    def narrows(self) -> bool:
        return self.narrows_measures or bool(self.need_state) or self.only_gaps


def chosen(holding: Holding, asked: Asked) -> Holding:
    """The entries asked for. Resources and goals have neither quarter nor team: they follow the measures shown."""
    if not asked.narrows:
        return holding
    every = list(holding.by_pk.values())
    keep = {entry.pk for entry in every}
    if asked.narrows_measures:
        along = _with_team(asked.team)
        measures = {
            entry.pk
            for entry in every
            if entry.part == MEASURES
            and asked.space in (None, entry.space)
            and (asked.team is None or entry.team == asked.team or entry.pk in along)
            and asked.stage in ("", entry.state)
        }
        keep = set(measures)
        for part in (RESOURCES, GOALS, NEEDS):
            keep |= {pk for measure in measures for pk in holding.of_measure[part].get(measure, ())}
        if asked.space and not (asked.team or asked.stage):
            # A need is noticed in a quarter of its own, also where no measure is planned there yet.
            keep -= {entry.pk for entry in every if entry.part == NEEDS}
            keep |= {entry.pk for entry in every if entry.part == NEEDS and entry.space == asked.space}
    if asked.need_state:
        keep -= {entry.pk for entry in every if entry.part == NEEDS and entry.state != asked.need_state}
    if asked.only_gaps:
        keep &= {entry.pk for entry in every if entry.gaps}
    return holding.narrowed(keep)


def _with_team(team: UUID | None) -> set[UUID]:
    if team is None:
        return set()
    takes_part = MeasureTeam.Takes.TAKES_PART
    return set(MeasureTeam.objects.filter(team=team, part=takes_part).values_list("measure", flat=True))
