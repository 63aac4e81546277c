"""Records that serve several concepts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count

from ..models import Concept, GoalInField, MeasureInField, NeedInField, ResourceInField

# Part → the rows between field and record, and the record's name in them.
PARTS: dict[str, tuple[Any, str]] = {
    "resources": (ResourceInField, "resource"),
    "needs": (NeedInField, "need"),
    "measures": (MeasureInField, "measure"),
    "goals": (GoalInField, "goal"),
}


@dataclass(frozen=True)
class Held:
    """all: records in the concept's fields of today; shared: of those in a field of another concept as well."""

    all: int
    shared: int


def held_by(concepts: Iterable[Concept]) -> dict[UUID, dict[str, Held]]:
    """What each concept holds. A record in several of its fields counts once. A query for each part."""
    found: dict[UUID, dict[str, Held]] = {concept.pk: {} for concept in concepts}
    for part, (between, name) in PARTS.items():
        rows = between.objects.filter(field__ended_on=None, field__concept__in=list(found))
        pairs = set(rows.values_list("field__concept", f"{name}_id"))
        several = set(
            rows.order_by()
            .values(f"{name}_id")
            .annotate(n=Count("field__concept", distinct=True))
            .filter(n__gt=1)
            .values_list(f"{name}_id", flat=True)
        )
        for pk in found:
            here = {record for concept, record in pairs if concept == pk}
            found[pk][part] = Held(len(here), len(here & several))
    return found
