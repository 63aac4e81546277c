"""Old and new borders: what was recorded for a former quarter is found through those that took its place (R4.01)."""

from collections.abc import Iterable
from uuid import UUID

from .models import Succession


def with_former(spaces: Iterable[UUID], *, public: bool) -> dict[UUID, set[UUID]]:
    """Each space with all that it came from, itself included; one query. public: on the portal."""
    rows = Succession.published if public else Succession.objects
    return closure(spaces, rows.values_list("earlier_id", "later_id"))


def closure(spaces: Iterable[UUID], pairs: Iterable[tuple[UUID, UUID]]) -> dict[UUID, set[UUID]]:
    """pairs: (earlier, later). Circles, which no form makes, end too."""
    came_from: dict[UUID, list[UUID]] = {}
    for earlier, later in pairs:
        came_from.setdefault(later, []).append(earlier)
    found = {}
    for space in spaces:
        reached, waiting = {space}, [space]
        while waiting:
            for earlier in came_from.get(waiting.pop(), ()):
                if earlier not in reached:
                    reached.add(earlier)
                    waiting.append(earlier)
        found[space] = reached
    return found
