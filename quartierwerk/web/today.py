"""What waits for somebody, on the first page after signing in: packages that know add it in `apps.ready()`.

Each number leads to the list it counts; nothing that waits is not drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True)
class Waiting:
    number: int
    words: str  # "3 offers are not public", the number in it
    url: str  # the list that holds exactly these


Look = Callable[["HttpRequest"], Iterable[Waiting]]


@dataclass
class Today:
    """looks: by name; each asks the reader's rights itself, and gives nothing where she has none."""

    looks: dict[str, tuple[int, Look]] = field(default_factory=dict)

    def add(self, name: str, look: Look, *, order: int = 0) -> None:
        if name in self.looks:
            raise ValueError(f"{name!r} waits already")
        self.looks[name] = (order, look)

    def waiting(self, request: HttpRequest) -> Iterator[Waiting]:
        for _order, look in sorted(self.looks.values(), key=lambda entry: entry[0]):
            yield from (one for one in look(request) if one.number)


today = Today()
