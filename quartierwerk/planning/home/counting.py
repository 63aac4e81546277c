"""The concept in numbers as the matrix counts it, by the database: the first page shows no entries."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

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
    # Sets that the database makes once, rather than a look for each row.
    used = MeasureResource.objects.filter(measure__in=live.values("pk")).values("resource")
    answered = _links(target__in=live.values("element")).values("source")
    asked_for = _links(source__in=needs.values("element")).values("target")
    worked_on = _links(source__in=live.values("element")).values("target")
    settled, stopped = Q(state__in=gaps.SETTLED_NEEDS), Q(stage=gaps.STOPPED)
    yield _counted(RESOURCES, resources, {Gap.UNUSED: ~Q(pk__in=used)})
    yield _counted(NEEDS, needs, {Gap.NO_MEASURE: ~settled & ~Q(element__in=answered)})
    yield _counted(MEASURES, measures, {Gap.NO_NEED: ~stopped & ~Q(element__in=asked_for)})
    yield _counted(
        GOALS, goals, {Gap.NO_MEASURE: ~Q(element__in=worked_on), Gap.NO_EVIDENCE: Q(evidence_kind="")}
    )


def _held(part: str, model: Any, action: str, concept: Concept, person: Person) -> QuerySet[Any]:
    """In the fields of the concept, and what stands in no field at all."""
    through, side = THROUGH[part]
    somewhere = through.objects.filter(field__ended_on=None)
    here = somewhere.filter(field__concept=concept)
    rows = rights.visible(person, action, model.objects.all())
    return rows.filter(Q(pk__in=here.values(side)) | ~Q(pk__in=somewhere.values(side))).order_by()


def _links(**ends: Any) -> QuerySet[Link]:
    return Link.objects.filter(relation__in=(Relation.LED_TO, Relation.MEASURED_BY), **ends)


def _counted(part: str, rows: QuerySet[Any], missing: dict[Gap, Q]) -> Counted:
    sums = {gap.value: Count("pk", filter=condition) for gap, condition in missing.items()}
    found = rows.aggregate(number=Count("pk"), **sums)
    return Counted(part, found["number"], {gap: found[gap.value] for gap in missing if found[gap.value]})
