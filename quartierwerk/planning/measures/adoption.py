"""Which measures the council adopted. Editions know; they tell it here, so that a stage cannot run ahead of a decision."""

from collections.abc import Callable, Collection
from uuid import UUID

# Ids of measures → those among them that a decision of the council stands behind.
Source = Callable[[Collection[UUID]], set[UUID]]


class Adoptions:
    def __init__(self) -> None:
        self._sources: list[Source] = []

    def add_source(self, source: Source) -> None:
        """Called once in `apps.ready()`."""
        self._sources.append(source)

    def decided(self, measures: Collection[UUID]) -> set[UUID]:
        return {pk for source in self._sources for pk in source(measures)}


adoptions = Adoptions()
