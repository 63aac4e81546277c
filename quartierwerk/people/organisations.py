"""Which organisations a role may be held for. The directory stands above this package, so it fills this place."""

from collections.abc import Callable, Iterable
from uuid import UUID

# Gives (id, name) of the active municipality's organisations, in the order in which they are offered.
Source = Callable[[], Iterable[tuple[UUID, str]]]
_sources: list[Source] = []


def add_source(source: Source) -> None:
    """Called once in `apps.ready()` of the package that knows organisations."""
    _sources.append(source)


def organisation_choices() -> list[tuple[str, str]]:
    return [(str(pk), name) for source in _sources for pk, name in source()]


def names() -> dict[str, str]:
    return dict(organisation_choices())
