"""What the steering group should talk about: sources that packages add in `apps.ready()`; planning adds its own.

agenda.add(Source("overdue measures", _("Overdue"), items=…, order=10))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from quartierwerk.rights import Person

    from ..models import Concept


MUST, SHOULD, MAY = 3, 2, 1


@dataclass(frozen=True)
class Proposed:
    """One item: what it is about, and why it should be talked about now.

    about  the record; with the source's name it tells two proposals of the same thing apart
    lasting  the same reasons without what is counted to today: an item keeps its words until its meeting and in its minutes
    outside  what mails and paper call it, where its title holds words that stay inside (a decision's, a post's)
    weight 3 must, 2 should, 1 may be talked about; what must is chosen unless somebody leaves it out
    route  name and keys of its page in the back office, None where it has none; query  what a list is narrowed to
    """

    title: str
    reasons: tuple[str, ...]
    about: UUID
    route: tuple[str, dict[str, UUID]] | None = None
    weight: int = SHOULD
    outside: str = ""
    lasting: tuple[str, ...] = ()
    query: str = ""

    @property
    def is_chosen(self) -> bool:
        return self.weight >= MUST

    @property
    def why(self) -> str:
        return " ".join(self.reasons)

    @property
    def kept_reason(self) -> str:
        return " ".join(self.lasting or self.reasons)


@dataclass(frozen=True)
class Source:
    """name: stored with the item of an agenda, never changed."""

    name: str
    label: str | _StrPromise
    items: Callable[[Concept, date, Person], Iterable[Proposed]]
    order: int = 0


@dataclass
class Agenda:
    sources: dict[str, Source] = field(default_factory=dict)

    def add(self, source: Source) -> None:
        if source.name in self.sources:
            raise ValueError(f"the agenda already has a source {source.name!r}")
        self.sources[source.name] = source

    def proposal(
        self, concept: Concept, day: date, person: Person
    ) -> Iterator[tuple[Source, list[Proposed]]]:
        """What each source proposes, the heaviest first; sources without items are left out."""
        for source in sorted(self.sources.values(), key=lambda one: (one.order, one.name)):
            if found := sorted(source.items(concept, day, person), key=lambda one: -one.weight):
                yield source, found


agenda = Agenda()
