"""What upper packages give the pages of quarters: ways to what is there, the drawing of maps, what follows a change.

Filled in `apps.ready()`; a place that nobody fills is not drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

    from quartierwerk.rights import Person

    from .models import SocialSpace


@dataclass(frozen=True)
class Way:
    """What a visitor finds in a quarter: a column of the public list, each number a link to the list it counts.

    counts   quarter ids → number of each; a constant number of queries
    """

    name: str
    label: str | _StrPromise
    counted: Callable[[int], str]
    counts: Callable[[HttpRequest, Iterable[UUID]], dict[UUID, int]]
    url: Callable[[HttpRequest, UUID], str]
    link_name: Callable[[str], str]
    """Quarter's name → what a link on the map is called: "Offers in Mitte"."""
    drawn: Callable[[HttpRequest], bool] = lambda request: True
    """Whether the municipality has any of it at all."""


@dataclass(frozen=True)
class Shape:
    """An area to be drawn. outline: GeoJSON Polygon or MultiPolygon."""

    name: str
    outline: dict[str, Any]
    link: str = ""
    link_name: str = ""
    is_current: bool = False


Draw = Callable[[Sequence[Shape], str, str], str]
"""(shapes, title, finding) → SVG, words in it escaped."""
Follow = Callable[["SocialSpace", "SocialSpace", date, "Person"], None]
"""(old, new, day, by): what else changes when a space is replaced, in the same transaction."""
Foretell = Callable[["SocialSpace"], str]
"""What a follower will do, as a sentence for who is about to replace the space; empty where it will do nothing."""


@dataclass
class Register:
    ways: dict[str, Way] = field(default_factory=dict)
    followers: list[Follow] = field(default_factory=list)
    foretellers: list[Foretell] = field(default_factory=list)
    drawing: Draw | None = None

    def add_way(self, way: Way) -> None:
        if way.name in self.ways:
            raise ValueError(f"quarters already have a way {way.name!r}")
        self.ways[way.name] = way

    def ways_of(self, request: HttpRequest) -> list[Way]:
        return [way for way in self.ways.values() if way.drawn(request)]

    def follow(self, follow: Follow, foretell: Foretell) -> None:
        self.followers.append(follow)
        self.foretellers.append(foretell)

    def foretold(self, old: SocialSpace) -> list[str]:
        return [sentence for foretell in self.foretellers if (sentence := foretell(old))]

    def drawn_by(self, draw: Draw) -> None:
        self.drawing = draw

    def draw(self, shapes: Sequence[Shape], title: str, finding: str) -> SafeString | str:
        """A map, or nothing where no shape has an outline."""
        known = [shape for shape in shapes if shape.outline]
        if self.drawing is None or not known:
            return ""
        return mark_safe(self.drawing(known, title, finding))  # noqa: S308 - drawn by us, words in it escaped


register = Register()
