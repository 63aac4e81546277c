"""What a municipality's home page shows: lower packages know nothing of offers, so upper ones fill these places.

A place that nobody fills is not drawn, and neither is one whose block has nothing to show for this municipality: the
home page invents no figures. Packages call `home_page.add(...)` in `apps.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest

# In the order of the page. "lead" is the sentence under the heading, "map" the way by quarter.
PLACES = ("lead", "search", "map", "topics", "next_steps", "news", "voice")


@dataclass(frozen=True)
class Block:
    template: str
    context: Callable[[HttpRequest], dict[str, Any] | None]
    """What the template shows; None when there is nothing."""


@dataclass(frozen=True)
class Filled:
    template: str
    values: dict[str, Any]


@dataclass
class HomePage:
    blocks: dict[str, Block] = field(default_factory=dict)

    def add(self, place: str, template: str, context: Callable[[HttpRequest], dict[str, Any] | None]) -> None:
        if place not in PLACES:
            raise ValueError(f"the home page has no place {place!r}; it has {', '.join(PLACES)}")
        if place in self.blocks:
            raise ValueError(f"the place {place!r} of the home page is already filled")
        self.blocks[place] = Block(template, context)

    def filled(self, request: HttpRequest) -> dict[str, Filled]:
        drawn = {}
        for place in PLACES:
            if place not in self.blocks:
                continue
            block = self.blocks[place]
            values = block.context(request)
            if values is not None:
                drawn[place] = Filled(block.template, values)
        return drawn


home_page = HomePage()
