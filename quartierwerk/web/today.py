"""The first page after signing in: panels with the first lines of what matters most, and what else waits, as numbers.
Packages that know add both in `apps.ready()`.

Each number leads to the list it counts; nothing that waits is not drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True)
class Waiting:
    number: int
    words: str  # "3 offers are not public", the number in it
    url: str  # the list that holds exactly these


Look = Callable[["HttpRequest"], Iterable[Waiting]]


@dataclass(frozen=True)
class Figure:
    """One number of a panel, and what of it is missing; each with its list."""

    label: str
    number: int
    url: str
    below: Sequence[tuple[str, str]] = ()  # words and address


@dataclass(frozen=True)
class Panel:
    """number, url: of the whole list, of which `lines` are the first ones; a panel of figures has neither.

    lines  `web.work.Line`s
    """

    name: str
    label: str
    number: int | None = None
    url: str = ""
    lines: Sequence[Any] = ()
    hint: str = ""
    figures: Sequence[Figure] = ()
    is_aside: bool = False


Drawing = Callable[["HttpRequest"], Iterable[Panel]]


@dataclass
class Today:
    """looks: by name; each asks the reader's rights itself, and gives nothing where she has none."""

    looks: dict[str, tuple[int, Look]] = field(default_factory=dict)
    drawings: dict[str, tuple[int, Drawing]] = field(default_factory=dict)

    def add(self, name: str, look: Look, *, order: int = 0) -> None:
        if name in self.looks:
            raise ValueError(f"{name!r} waits already")
        self.looks[name] = (order, look)

    def waiting(self, request: HttpRequest) -> Iterator[Waiting]:
        for _order, look in sorted(self.looks.values(), key=lambda entry: entry[0]):
            yield from (one for one in look(request) if one.number)

    def add_panels(self, name: str, draw: Drawing, *, order: int = 0) -> None:
        """draw: asks the reader's rights itself."""
        if name in self.drawings:
            raise ValueError(f"panels of {name!r} are there already")
        self.drawings[name] = (order, draw)

    def panels(self, request: HttpRequest) -> Iterator[Panel]:
        for _order, draw in sorted(self.drawings.values(), key=lambda entry: entry[0]):
            yield from draw(request)


today = Today()
