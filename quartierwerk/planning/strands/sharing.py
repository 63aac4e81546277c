"""Records that serve several concepts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, UUIDField, Value

from quartierwerk.rights import Person

from ..matrix import fieldless, holding
from ..models import Concept


@dataclass(frozen=True)
class Held:
    """all: records in the concept's fields of today, and those in no field that are of it all the same; shared: of those
    in fields in a field of another concept as well."""

    all: int
    shared: int


def held_by(concepts: Iterable[Concept], person: Person) -> dict[UUID, dict[str, Held]]:
    """What each concept holds of what this person may read, as its matrix counts it. A record in several of its fields
    counts once. Two queries for each part."""
    found: dict[UUID, dict[str, Held]] = {concept.pk: {} for concept in concepts}
    homes = fieldless.homes()
    for part, readable in holding.readable(person).items():
        between, name = holding.THROUGH[part]
        current = between.objects.filter(field__ended_on=None).order_by()
        rows = current.filter(**{f"{name}__in": readable})
        pairs = set(rows.values_list("field__concept", f"{name}_id"))
        concepts_of = Counter(record for _concept, record in pairs)
        several = {record for record, n in concepts_of.items() if n > 1}
        loose = readable.exclude(pk__in=current.values(name))
        element = Value(None, UUIDField()) if part == holding.RESOURCES else F("element")
        pairs |= {
            (concept, pk) for pk, tied in loose.values_list("pk", element) for concept in homes.of(tied)
        }
        for concept in found:
            here = {record for held, record in pairs if held == concept}
            found[concept][part] = Held(len(here), len(here & several))
    return found
