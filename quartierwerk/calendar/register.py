"""What takes place, from every package that knows of something: public dates here, courses and groups above.

    register.add(Source("courses", _("Courses and groups"), entries))

Filled in `apps.ready()`. A source gives rules, not days: the calendar computes the days, leaves out holidays and closing
days, and writes the .ics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from quartierwerk.languages.showing import Shown

from .rule import Rule

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Window:
    first: date
    last: date


@dataclass(frozen=True)
class Entry:
    """One rule of one record, as a visitor sees it.

    uid        stays the same for good: programs that subscribed know the entry by it
    url        path of its page in the portal
    space      whose closing days count
    sequence   grows with each change of time or place
    """

    uid: str
    title: Shown
    rule: Rule
    url: str
    changed_at: datetime
    description: Shown | None = None
    organiser: str = ""
    place: str = ""
    space: UUID | None = None
    languages: tuple[str, ...] = ()
    kind: str | _StrPromise = ""
    sequence: int = 0
    is_cancelled: bool = False
    cancelled_why: str = ""
    facts: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True)
class Source:
    """events(window, spaces, request) → entries that may take place in the window; spaces None for the whole town.

    A constant number of queries, and no more rows than a month's page can show: the source bounds itself.
    on_request   shown only where a visitor asks for it, since it would fill every day
    """

    name: str
    label: str | _StrPromise
    events: Callable[[Window, frozenset[UUID] | None, HttpRequest], Iterable[Entry]]
    on_request: bool = False


_sources: dict[str, Source] = {}


def add(source: Source) -> None:
    if source.name in _sources:
        raise ValueError(f"the calendar already has a source {source.name!r}")
    _sources[source.name] = source


def sources() -> list[Source]:
    return list(_sources.values())


def on_request() -> list[Source]:
    return [source for source in _sources.values() if source.on_request]


def shown(also: str = "") -> list[Source]:
    """What a page shows: everything but what is shown on request only, and the one that was asked for."""
    return [source for source in _sources.values() if not source.on_request or source.name == also]
