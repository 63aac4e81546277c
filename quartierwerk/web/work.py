"""The work list: piles of what is to be done one by one, declared by packages in `apps.ready()`; their counts stand on
the first page of the back office, too (`today.py`).

    piles.add(Pile("barriers", _("Barriers"), rows=…, line=…, visible=lambda r: may(r.person, "barriers.answer")))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from .today import Panel, Waiting, today

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Line:
    """One thing to be done: where it is done, and what is known about it."""

    title: str
    url: str
    detail: str = ""
    language: str = ""
    """Of the title, where it is not the reader's."""


@dataclass(frozen=True)
class Pile:
    """Work of one sort.

    name     stays the same for ever, stands in addresses
    rows     what waits, as far as this person may see it, in the order of doing
    line     how one of them is shown; loads nothing
    visible  whether this sort of work is the person's at all
    hint     what to do, in a sentence
    page     a page of its own where this work is done better than from a list
    """

    name: str
    label: str | _StrPromise
    rows: Callable[[Any], QuerySet]
    visible: Callable[[Any], bool]
    line: Callable[[Any, Any], Line] | None = None
    hint: str | _StrPromise = ""
    page: Callable[[Any], str] | None = None
    order: int = 0
    on_today: bool = True
    """Whether the first page counts it; not where another number there says the same."""
    first: int = 0
    """How many of its lines the first page shows by name, instead of the number alone."""
    is_aside: bool = False

    def lines(self, rows: Iterable[Any], request: HttpRequest) -> list[Line]:
        return [self.line(row, request) for row in rows] if self.line else []

    def url(self, request: HttpRequest) -> str:
        if self.page is not None:
            return self.page(request)
        work = reverse("staff-work", kwargs={"tenant": request.tenant.slug})  # type: ignore[attr-defined]
        return f"{work}?pile={self.name}"


@dataclass(frozen=True)
class Counted:
    pile: Pile
    rows: QuerySet
    count: int
    url: str


@dataclass
class Piles:
    known: dict[str, Pile] = field(default_factory=dict)

    def add(self, pile: Pile) -> None:
        """Raises ValueError for a name used twice, and for a pile that is listed nowhere."""
        if pile.name in self.known:
            raise ValueError(f"two piles of work are named {pile.name}")
        if (pile.line is None) == (pile.page is None):
            raise ValueError(f"the pile {pile.name} needs either lines or a page of its own")
        self.known[pile.name] = pile

    def has_any(self, request: HttpRequest) -> bool:
        """Whether there is any list of work for this person."""
        return any(pile.line is not None and pile.visible(request) for pile in self.known.values())

    def listed(self, request: HttpRequest) -> list[Counted]:
        """This person's piles, empty ones too, and those that are worked on a page of their own."""
        return [self._counted(pile, request) for pile in self._of(request)]

    def waiting(self, request: HttpRequest) -> Iterator[Waiting]:
        for pile in self._of(request):
            if pile.on_today and not pile.first:
                one = self._counted(pile, request)
                words = _("%(work)s: %(number)d") % {"work": pile.label, "number": one.count}
                yield Waiting(one.count, words, one.url)

    def panels(self, request: HttpRequest) -> Iterator[Panel]:
        """Those that the first page shows by name, as far as something lies in them."""
        for pile in self._of(request):
            if pile.first and (one := self._counted(pile, request)).count:
                lines = pile.lines(one.rows[: pile.first], request)
                yield Panel(
                    pile.name,
                    str(pile.label),
                    one.count,
                    one.url,
                    lines,
                    str(pile.hint),
                    is_aside=pile.is_aside,
                )

    def _of(self, request: HttpRequest) -> list[Pile]:
        mine = (pile for pile in self.known.values() if pile.visible(request))
        return sorted(mine, key=lambda one: one.order)

    def _counted(self, pile: Pile, request: HttpRequest) -> Counted:
        # Rows may have been dear to find (doubles are compared by name): they are asked for once.
        rows = pile.rows(request)
        return Counted(pile, rows, rows.count(), pile.url(request))


piles = Piles()
today.add("work", piles.waiting, order=30)
today.add_panels("work", piles.panels, order=10)
