"""What else a visitor's words find, in groups of their own below the offers. Upper packages add finders in `apps.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quartierwerk.web.hits import Hit

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Group:
    """more: address of all that was found, with its words."""

    name: str
    label: "str | _StrPromise"
    hits: list[Hit]
    more: tuple[str, str]


Finder = Callable[[str, Any], Group | None]
finders: list[Finder] = []


def found(words: str, request) -> list[Group]:
    """Nothing without words: who only looks through the offers is left alone."""
    if not words:
        return []
    groups = (finder(words, request) for finder in finders)
    return [group for group in groups if group and group.hits]
