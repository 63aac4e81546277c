"""For which organisations and teams a role may be held. Both stand in packages above this one, which fill these places."""

from collections.abc import Callable, Iterable
from uuid import UUID

# Gives (id, name) of the active municipality's rows, in the order in which they are offered.
Source = Callable[[], Iterable[tuple[UUID, str]]]


class Bodies:
    def __init__(self) -> None:
        self._sources: list[Source] = []

    def add_source(self, source: Source) -> None:
        """Called once in `apps.ready()` of the package that knows them."""
        self._sources.append(source)

    def choices(self) -> list[tuple[str, str]]:
        return [(str(pk), name) for source in self._sources for pk, name in source()]

    def names(self) -> dict[str, str]:
        return dict(self.choices())


organisations, teams = Bodies(), Bodies()
