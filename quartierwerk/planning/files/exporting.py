"""Records become a document, in a constant number of queries. Read in again it gives the same document."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from quartierwerk.chain.models import Link, Relation
from quartierwerk.tenants.models import Visibility

from ..models import (
    Concept,
    CostLine,
    FieldOfAction,
    Goal,
    GoalValue,
    Measure,
    MeasurePartner,
    MeasureResource,
    MeasureTeam,
    Milestone,
    Need,
    Resource,
    ResourceInField,
    Team,
)
from . import translations
from .schema import BY_NAME, MODELS, SECTIONS, Document, Row, slim


def document_of(concept: Concept) -> Document:
    """Everything that belongs to the concept's current fields. People and posts are no part of it."""
    return _Export(concept).document()


class _Export:
    def __init__(self, concept: Concept):
        self.concept = concept
        self.fields = list(
            FieldOfAction.objects.current().filter(concept=concept).order_by("position", "sort_key")
        )
        self.place = {one.pk: place for place, one in enumerate(self.fields)}
        self.names = {one.pk: one.name for one in self.fields}
        self.of_record: dict[UUID, list[tuple[int, int, UUID]]] = {}

    def document(self) -> Document:
        resources = self._records(Resource, "organisation", "offer")
        needs, goals = self._records(Need, "space"), self._records(Goal)
        measures = self._records(Measure, "space", "lead_team")
        self.teams_of = self._by_measure(
            MeasureTeam.objects.select_related("team").order_by("team__sort_key")
        )
        self.partners_of = self._by_measure(MeasurePartner.objects.select_related("organisation"))
        self.resources_of = self._by_measure(
            MeasureResource.objects.select_related("resource").order_by("resource__sort_key")
        )
        self._load_links(needs, measures, goals)
        titles = {measure.pk: measure.title for measure in measures}
        of_goals = {goal.pk: goal.title for goal in goals}
        rows: dict[str, Iterable[Row]] = {
            "concept": [self._row("concept", self.concept)],
            "teams": [self._row("teams", team) for team in self._teams(measures)],
            "fields": [self._row("fields", one) for one in self.fields],
            "resources": [self._row("resources", one) for one in resources],
            "resource_entries": self._entries(),
            "needs": [self._row("needs", one) for one in needs],
            "goals": [self._row("goals", one) for one in goals],
            "measures": [self._row("measures", one) for one in measures],
            "milestones": self._below(Milestone, "measure", titles, ("due_on", "position", "title")),
            "costs": self._below(CostLine, "measure", titles, ("year", "label", "source", "kind")),
            "goal_values": self._below(GoalValue, "goal", of_goals, ("on",)),
            "texts": translations.rows_of(
                self.concept, {"field": self.fields, "need": needs, "goal": goals, "measure": measures}
            ),
        }
        return {
            section.name: [slim(section, row) for row in rows[section.name]]
            for section in SECTIONS
            if rows[section.name] or section.name in MODELS or section.name == "resource_entries"
        }

    def _held(self, model: Any, *columns: str) -> QuerySet[Any, Any]:
        """What the concept's fields hold of a kind. As a query of its own: thousands of ids written out take seconds."""
        link = model._meta.get_field("in_fields")
        rows = link.related_model.objects.filter(field__in=list(self.names)).order_by()
        return rows.values_list(link.field.name, *columns)

    def _by_measure(self, rows: QuerySet[Any]) -> dict[UUID, list[Any]]:
        found = defaultdict(list)
        for row in rows.filter(measure__in=self._held(Measure)):
            found[row.measure_id].append(row)
        return found

    def _records(self, model: Any, *together: str) -> list[Any]:
        """Those of the concept's fields, in the order of fields and within them."""
        placed = defaultdict(list)
        for pk, field, position in self._held(model, "field", "position"):
            placed[pk].append((self.place[field], position, field))
        for pk, places in placed.items():
            self.of_record[pk] = sorted(places, key=lambda place: place[:2])
        rows = model.objects.filter(pk__in=self._held(model)).select_related(*together)
        return sorted(rows, key=lambda one: (*self.of_record[one.pk][0][:2], one.sort_key))

    def _load_links(self, needs: list[Need], measures: list[Measure], goals: list[Goal]) -> None:
        titles = {one.element_id: (one.title, place) for place, one in enumerate(needs)}
        titles |= {one.element_id: (one.title, place) for place, one in enumerate(goals)}
        of_measures = {one.element_id for one in measures}
        self.needs_of, self.goals_of = defaultdict(list), defaultdict(list)
        for source, target, relation in Link.objects.filter(
            relation__in=(Relation.LED_TO, Relation.MEASURED_BY)
        ).values_list("source", "target", "relation"):
            if relation == Relation.LED_TO and source in titles and target in of_measures:
                self.needs_of[target].append(titles[source])
            elif relation == Relation.MEASURED_BY and source in of_measures and target in titles:
                self.goals_of[source].append(titles[target])

    def _teams(self, measures: list[Measure]) -> list[Team]:
        named = {one.lead_team_id for one in measures} | {
            row.team_id for rows in self.teams_of.values() for row in rows
        }
        return [team for team in Team.objects.order_by("position", "sort_key") if team.pk in named]

    def _entries(self) -> list[Row]:
        rows = ResourceInField.objects.filter(field__in=self.names).select_related("resource")
        return [
            {"field": self.names[row.field_id], "resource": row.resource.title}
            for row in sorted(
                rows, key=lambda row: (self.place[row.field_id], row.position, row.resource.sort_key)
            )
        ]

    def _below(self, model: Any, parent: str, titles: dict[UUID, str], order: tuple[str, ...]) -> list[Row]:
        place = {pk: number for number, pk in enumerate(titles)}
        section = {Milestone: "milestones", CostLine: "costs", GoalValue: "goal_values"}[model]
        held = self._held(model._meta.get_field(parent).related_model)
        rows = model.objects.filter(**{f"{parent}__in": held})
        ordered = sorted(
            rows,
            key=lambda row: (place[getattr(row, f"{parent}_id")], *(getattr(row, name) for name in order)),
        )
        return [self._row(section, row) | {parent: titles[getattr(row, f"{parent}_id")]} for row in ordered]

    def _row(self, name: str, record: Any) -> Row:
        row = {}
        for column in BY_NAME[name].columns:
            match column.name:
                case "is_public":
                    row["is_public"] = record.visibility == Visibility.PUBLIC
                case "fields":
                    row["fields"] = [self.names[place[2]] for place in self.of_record[record.pk]]
                case "needs" | "goals":
                    linked = self.needs_of if column.name == "needs" else self.goals_of
                    row[column.name] = [
                        title for title, _place in sorted(linked[record.element_id], key=lambda one: one[1])
                    ]
                case "takes_part" | "informed":
                    row[column.name] = [
                        str(one.team) for one in self.teams_of[record.pk] if one.part == column.name
                    ]
                case "resources":
                    row["resources"] = [one.resource.title for one in self.resources_of[record.pk]]
                case "partners":
                    row["partners"] = [str(one) for one in self.partners_of[record.pk]]
                case "organisation" | "offer" | "quarter" | "lead":
                    other = getattr(record, column.field)
                    row[column.name] = str(other) if other else ""
                case "measure" | "goal":
                    continue  # the title of what it belongs to is added by the caller
                case _:
                    value = getattr(record, column.field)
                    row[column.name] = _plain(value) if isinstance(value, Decimal) else value
        return row


def _plain(value: Decimal) -> Decimal:
    """15.500 and 15.5 are one value in a file."""
    return Decimal(format(value.normalize(), "f"))
