"""What the concept holds, in a constant number of queries: entries of four parts, where they stand, what links them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Cast

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
from . import fieldless, gaps
from .gaps import Gap

RESOURCES, NEEDS, MEASURES, GOALS = PARTS = ("resources", "needs", "measures", "goals")
# In place of a field: where those stand that stand in none, so that they are in every total.
NO_FIELD = ""
THROUGH: dict[str, tuple[Any, str]] = {
    RESOURCES: (ResourceInField, "resource"),
    NEEDS: (NeedInField, "need"),
    MEASURES: (MeasureInField, "measure"),
    GOALS: (GoalInField, "goal"),
}


# Numbers of records as text: in tens of thousands, Python's own UUID takes two thirds of the time.
Number = str


def as_text(name: str) -> Cast:
    return Cast(F(name), TextField())


@dataclass(slots=True)
class Entry:
    """One resource, need, measure or goal.

    state   of a need or measure; a resource's kind; a goal's kind of evidence
    team    that leads the measure
    linked  how many measures hang on it, or needs on a measure
    note    a goal's indicator
    """

    pk: Number
    part: str
    title: str
    state: str
    space: Number | None = None
    team: Number | None = None
    note: str = ""
    linked: int = 0
    gaps: tuple[Gap, ...] = ()


@dataclass
class Holding:
    """by_pk: all entries of the concept's fields, and those without any that are of this concept all the same; in_field: part → field → entries in their order."""

    fields: list[FieldOfAction]
    by_pk: dict[Number, Entry] = field(default_factory=dict)
    in_field: dict[str, dict[Number, list[Entry]]] = field(default_factory=dict)
    # (measure, the need, goal or resource that hangs on it)
    pairs: list[tuple[Number, Number]] = field(default_factory=list)

    def entries(self, part: str) -> list[Entry]:
        """Each once, in the order of the fields."""
        rows = self.in_field[part]
        places = [*(str(one.pk) for one in self.fields), NO_FIELD]
        return list({entry.pk: entry for place in places for entry in rows.get(place, ())}.values())

    def fields_of(self, part: str) -> dict[Number, list[FieldOfAction]]:
        found = defaultdict(list)
        for one in self.fields:
            for entry in self.in_field[part].get(str(one.pk), ()):
                found[entry.pk].append(one)
        return found

    def narrowed(self, keep: set[Number]) -> "Holding":
        """The same with these entries only; what is a gap stays one."""
        rows = {
            part: {pk: [entry for entry in held if entry.pk in keep] for pk, held in fields.items()}
            for part, fields in self.in_field.items()
        }
        return Holding(self.fields, self.by_pk, rows, self.pairs)


def held_by(concept: Concept, person: Person) -> Holding:
    """Everything of the concept that this person may read."""
    fields = list(FieldOfAction.objects.current().filter(concept=concept).order_by("position", "sort_key"))
    holding, here = Holding(fields), {str(one.pk) for one in fields}
    elements: dict[Number, Number] = {}
    homes = fieldless.homes()
    for part, rows in _rows(person).items():
        known = {row[0]: row for row in rows}
        model, side = THROUGH[part]
        places = model.objects.filter(field__ended_on=None).order_by("position")
        held: dict[Number, list[Entry]] = defaultdict(list)
        elsewhere = set()
        for pk, where in places.values_list(as_text(side), as_text("field")):
            if pk not in known:
                continue
            if where in here:
                held[where].append(_entry(holding, elements, part, known[pk]))
            else:
                elsewhere.add(pk)
        held[NO_FIELD] = [
            _entry(holding, elements, part, row)
            for pk, row in known.items()
            if pk not in holding.by_pk and pk not in elsewhere and concept.pk in homes.of(_uuid(row[1]))
        ]
        holding.in_field[part] = dict(held)
    _link(holding, elements)
    return holding


def _uuid(number: Number | None) -> UUID | None:
    return UUID(number) if number else None


def _entry(holding: Holding, elements: dict[Number, Number], part: str, row: tuple) -> Entry:
    """The entry of a record, made once. row: as `_rows` gives it."""
    found = holding.by_pk.get(row[0])
    if found is None:
        found = holding.by_pk[row[0]] = Entry(row[0], part, *row[2:])
        if row[1] is not None:
            elements[row[1]] = row[0]
    return found


def readable(person: Person) -> dict[str, Any]:
    """Part → all of its records that this person may read."""
    asked = {
        RESOURCES: (Resource, "planning.read"),
        NEEDS: (Need, "planning.read_needs"),
        MEASURES: (Measure, "planning.read_measures"),
        GOALS: (Goal, "planning.read"),
    }
    none = Q(pk__in=[])
    return {
        part: model.objects.filter(
            rights.allowed(person, action, model) if rights.may(person, action) else none
        ).order_by()
        for part, (model, action) in asked.items()
    }


def _rows(person: Person) -> dict[str, Iterable[tuple]]:
    """Per part: pk, element, title, state, quarter, team, note."""
    none_yet = Value(None, TextField())
    columns: dict[str, tuple[Any, ...]] = {
        RESOURCES: (none_yet, "title", "kind"),
        NEEDS: (as_text("element"), "title", "state", as_text("space")),
        MEASURES: (as_text("element"), "title", "stage", as_text("space"), as_text("lead_team")),
        GOALS: (as_text("element"), "title", "evidence_kind", none_yet, none_yet, "indicator_name"),
    }
    return {part: rows.values_list(as_text("pk"), *columns[part]) for part, rows in readable(person).items()}


def _link(holding: Holding, elements: dict[Number, Number]) -> None:
    by_pk, pairs = holding.by_pk, holding.pairs
    links = Link.objects.filter(relation__in=(Relation.LED_TO, Relation.MEASURED_BY))
    for source, target in links.values_list(as_text("source"), as_text("target")):
        first, second = elements.get(source), elements.get(target)
        if first is None or second is None:
            continue
        if by_pk[first].part == NEEDS and by_pk[second].part == MEASURES:
            pairs.append((second, first))
        elif by_pk[first].part == MEASURES and by_pk[second].part == GOALS:
            pairs.append((first, second))
    uses = MeasureResource.objects.values_list(as_text("measure"), as_text("resource"))
    pairs += [(measure, resource) for measure, resource in uses if measure in by_pk and resource in by_pk]
    live: Counter[Number] = Counter()
    for measure, other in pairs:
        entry, hanging = by_pk[measure], by_pk[other]
        hanging.linked += 1
        live[other] += entry.state != gaps.STOPPED
        entry.linked += hanging.part == NEEDS
    for pk, entry in by_pk.items():
        if entry.part == NEEDS:
            entry.gaps = gaps.of_need(entry.state, live[pk])
        elif entry.part == MEASURES:
            entry.gaps = gaps.of_measure(entry.state, entry.linked)
        elif entry.part == GOALS:
            entry.gaps = gaps.of_goal(entry.state, live[pk])
        else:
            entry.gaps = gaps.of_resource(live[pk])


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see of it. stage and need_state are of one choice, so one of them at most."""

    space: Number | None = None
    team: Number | None = None
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
        keep |= {other for measure, other in holding.pairs if measure in measures}
        if asked.space and not (asked.team or asked.stage):
            # A need is noticed in a quarter of its own, also where no measure is planned there yet.
            keep -= {entry.pk for entry in every if entry.part == NEEDS}
            keep |= {entry.pk for entry in every if entry.part == NEEDS and entry.space == asked.space}
    if asked.need_state:
        keep -= {entry.pk for entry in every if entry.part == NEEDS and entry.state != asked.need_state}
    if asked.only_gaps:
        keep &= {entry.pk for entry in every if entry.gaps}
    return holding.narrowed(keep)


def _with_team(team: Number | None) -> set[Number]:
    if team is None:
        return set()
    takes_part = MeasureTeam.Takes.TAKES_PART
    return set(
        MeasureTeam.objects.filter(team_id=team, part=takes_part).values_list(as_text("measure"), flat=True)
    )
