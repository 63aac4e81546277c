"""What of a municipality's plan visitors may see. Its own only: the Region's plan stands on the Region's portal."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTransform

from quartierwerk.tenants.models import Tenant, Visibility

from ..models import (
    Concept,
    Edition,
    FieldOfAction,
    Goal,
    GoalInField,
    Measure,
    MeasureInField,
    Need,
    NeedInField,
)


def concepts(tenant: Tenant) -> QuerySet[Concept]:
    return Concept.published.filter(tenant=tenant).order_by("position", "slug")


def fields(tenant: Tenant) -> QuerySet[FieldOfAction]:
    """Of public concepts, as they stand today."""
    rows = FieldOfAction.published.filter(tenant=tenant, concept__visibility=Visibility.PUBLIC, ended_on=None)
    return rows.order_by("position", "sort_key")


def measures(tenant: Tenant) -> QuerySet[Measure]:
    """Those that stand in a field of a public concept; a proposed one only where staff made it public."""
    held = MeasureInField.published.filter(field__in=fields(tenant).order_by().values("pk"))
    return Measure.published.filter(tenant=tenant, pk__in=held.values("measure"))


def of_concept(concept: Concept) -> QuerySet[Measure]:
    held = MeasureInField.published.filter(field__concept=concept, field__ended_on=None)
    return Measure.published.filter(tenant=concept.tenant_id, pk__in=held.values("measure"))


def in_field(field: UUID) -> QuerySet[Measure]:
    """In the order of the concept."""
    return Measure.published.filter(in_fields__field=field).order_by("in_fields__position", "sort_key", "pk")


def needs_in_field(field: UUID) -> QuerySet[Need]:
    held = NeedInField.published.filter(field=field)
    return Need.published.filter(pk__in=held.values("need")).order_by("sort_key", "pk")


def goals_in_field(field: UUID) -> QuerySet[Goal]:
    held = GoalInField.published.filter(field=field)
    return Goal.published.filter(pk__in=held.values("goal")).order_by("sort_key", "pk")


def editions(concept: Concept) -> QuerySet[Any, Any]:
    """As the council adopted them, the newest first; `decided` is the decision as it was frozen with the edition."""
    rows = Edition.published.filter(concept=concept, state=Edition.State.ADOPTED)
    return rows.annotate(decided=KeyTransform("decision", "content")).order_by("-number")
