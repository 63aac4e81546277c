"""The concept in numbers as the matrix counts it, by the database: the first page shows no entries."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from quartierwerk import rights
from quartierwerk.chain.models import Link, Relation
from quartierwerk.rights import Person

from ..matrix import gaps
from ..matrix.gaps import Gap
from ..matrix.holding import GOALS, MEASURES, NEEDS, RESOURCES, THROUGH
from ..models import Concept, Goal, Measure, MeasureResource, Need, Resource


@dataclass(frozen=True)
class Counted:
    part: str
    number: int
    gaps: dict[Gap, int]


def counted(concept: Concept, person: Person) -> Iterator[Counted]:
    """One query for each part. The rules are those of `matrix.gaps`."""
    resources = _held(RESOURCES, Resource, "planning.read", concept, person)
    needs = _held(NEEDS, Need, "planning.read_needs", concept, person)
    measures = _held(MEASURES, Measure, "planning.read_measures", concept, person)
    goals = _held(GOALS, Goal, "planning.read", concept, person)
    live = measures.exclude(stage=gaps.STOPPED)
    used = MeasureResource.objects.filter(resource=OuterRef("pk"), measure__in=live.values("pk"))
    answered = _links(source=OuterRef("element"), target__in=live.values("element"))
    asked_for = _links(target=OuterRef("element"), source__in=needs.values("element"))
    worked_on = _links(target=OuterRef("element"), source__in=live.values("element"))
    open_need = ~Q(state__in=gaps.SETTLED_NEEDS)
    yield _counted(RESOURCES, resources, {Gap.UNUSED: ~Exists(used)})
    yield _counted(NEEDS, needs, {Gap.NO_MEASURE: open_need & ~Exists(answered)})
    yield _counted(MEASURES, measures, {Gap.NO_NEED: ~Q(stage=gaps.STOPPED) & ~Exists(asked_for)})
    yield _counted(GOALS, goals, {Gap.NO_MEASURE: ~Exists(worked_on), Gap.NO_EVIDENCE: Q(evidence_kind="")})


def _held(part: str, model: Any, action: str, concept: Concept, person: Person) -> QuerySet[Any]:
    """In the fields of the concept, and what stands in no field at all."""
    through, side = THROUGH[part]
    somewhere = through.objects.filter(**{side: OuterRef("pk")}, field__ended_on=None)
    here = somewhere.filter(field__concept=concept)
    rows = rights.visible(person, action, model.objects.all())
    return rows.filter(Exists(here) | ~Exists(somewhere)).order_by()


def _links(**ends: Any) -> QuerySet[Link]:
    return Link.objects.filter(relation__in=(Relation.LED_TO, Relation.MEASURED_BY), **ends)


def _counted(part: str, rows: QuerySet[Any], missing: dict[Gap, Any]) -> Counted:
    sums = {gap.value: Count("pk", filter=Q(condition)) for gap, condition in missing.items()}
    found = rows.aggregate(number=Count("pk"), **sums)
    return Counted(part, found["number"], {gap: found[gap.value] for gap in missing if found[gap.value]})
