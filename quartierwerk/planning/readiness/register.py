"""Kinds of records that can be evidence for a hint. Upper packages add theirs in `apps.ready()`.

kinds.add(EvidenceKind("survey", _("Survey"), rows=…, proves=frozenset({1})))
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from ..models import Concept


@dataclass(frozen=True)
class Found:
    """A record as it stands today.

    on     the day that it speaks of, as the record itself knows it; None where somebody has to say it
    fault  why it does not count at present, in words; empty where it does
    """

    pk: UUID
    title: str
    on: date | None
    fault: str = ""


@dataclass(frozen=True)
class EvidenceKind:
    """name      stored with the link, never changed
    rows      records of these numbers, or those that can be linked (None), as (concept, day, numbers)
    proves    hints that one of them proves
    supports  hints beside whose proof it may stand
    route     its page in the back office
    by_itself counts without being linked, since the records say all that is asked
    asks_day  the record has no day of its own: whoever links it says which
    """

    name: str
    label: str | _StrPromise
    rows: Callable[[Concept, date, Collection[UUID] | None], Iterable[Found]]
    proves: frozenset[int] = frozenset()
    supports: frozenset[int] = frozenset()
    route: str = ""
    by_itself: bool = False
    asks_day: bool = False

    def speaks_of(self, hint: int) -> bool:
        return hint in self.proves or hint in self.supports


@dataclass
class Kinds:
    by_name: dict[str, EvidenceKind] = field(default_factory=dict)

    def add(self, kind: EvidenceKind) -> None:
        if kind.name in self.by_name:
            raise ValueError(f"there already is a kind of evidence {kind.name!r}")
        self.by_name[kind.name] = kind

    def __iter__(self) -> Any:
        return iter(self.by_name.values())


kinds = Kinds()
