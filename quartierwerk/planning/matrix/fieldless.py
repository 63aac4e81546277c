"""Records in no field of action: of which concept they are all the same, so that no second strategy sums them as its own."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from quartierwerk.chain.models import Link

from ..models import Concept, KickOff


@dataclass(frozen=True)
class Homes:
    """first: the concept of what nothing tells; named: element → concepts of the kick-offs in which it was named."""

    first: UUID | None
    named: Mapping[UUID, frozenset[UUID]]

    def of(self, element: UUID | None) -> frozenset[UUID]:
        told = self.named.get(element) if element else None
        return told or frozenset({self.first} if self.first else ())


def homes() -> Homes:
    concepts = dict(KickOff.objects.order_by().values_list("element", "meeting__concept"))
    named: dict[UUID, set[UUID]] = defaultdict(set)
    links = Link.objects.filter(source__in=list(concepts), target__kind="need")
    for source, target in links.values_list("source", "target"):
        named[target].add(concepts[source])
    first = Concept.objects.order_by("position", "slug").values_list("pk", flat=True).first()
    return Homes(first, {element: frozenset(found) for element, found in named.items()})
