"""In which groups somebody sits. The package above this one that knows groups fills this place."""

from collections.abc import Callable, Iterable
from uuid import UUID

# Gives the ids of an account's groups in the active municipality, today.
Source = Callable[[UUID], Iterable[UUID]]


class Seats:
    def __init__(self) -> None:
        self._sources: list[Source] = []

    def add_source(self, source: Source) -> None:
        """Called once in `apps.ready()`."""
        self._sources.append(source)

    def groups_of(self, account_id: UUID) -> tuple[UUID, ...]:
        return tuple(group for source in self._sources for group in source(account_id))


seats = Seats()
