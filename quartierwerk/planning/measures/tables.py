"""What a list of the plan is made of: columns, cells, filters. Every number is a link to what it counts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet

from quartierwerk.chain.models import Link
from quartierwerk.languages.names import plain

from .linking import way_between

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise

PER_PAGE = 50


@dataclass(frozen=True)
class Cell:
    """state: kind of the traffic light (`ok`, `warn`, …), drawn with its shape. is_number: stands right and in one line."""

    words: "Words" = ""
    url: str = ""
    state: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    cells: tuple[Cell, ...]
    lang: str = ""


@dataclass(frozen=True)
class Column:
    label: "Words"
    is_number: bool = False


@dataclass
class Filter:
    """One choice of the list. apply: narrows the rows for a chosen value; None where the list does it itself."""

    name: str
    label: "Words"
    choices: Sequence[tuple[str, Any]]
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    chosen: str = ""

    def read(self, given: str) -> None:
        """Values that are no choice say nothing."""
        self.chosen = given if given in {value for value, _label in self.choices} else ""


@dataclass
class Listing:
    columns: tuple[Column, ...]
    filters: list[Filter]
    page: Page
    rows: list[Row] = field(default_factory=list)
    typed: str = ""

    @property
    def is_filtered(self) -> bool:
        return bool(self.typed or any(one.chosen for one in self.filters))


def narrowed(
    rows: QuerySet[Any], filters: Iterable[Filter], request, *, by: str = "sort_key"
) -> QuerySet[Any]:
    """The rows that the address asks for; `q` is a part of the title."""
    for one in filters:
        one.read(request.GET.get(one.name, ""))
        if one.chosen and one.apply:
            rows = one.apply(rows, one.chosen)
    typed = request.GET.get("q", "").strip()
    if plain(typed):
        rows = rows.filter(
            **{f"{by}__contains": plain(typed)} if by == "sort_key" else {f"{by}__icontains": typed}
        )
    return rows


def page_of(rows: Any, request) -> Page:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def equals(path: str) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    return lambda rows, value: rows.filter(**{path: value})


def tied(kind: str, other: str) -> Exists:
    """Whether a record of `kind` is tied to any record of `other`."""
    way = way_between(kind, other)
    onward = way is not None and way[0]
    near, far = ("source", "target") if onward else ("target", "source")
    return Exists(Link.objects.filter(**{near: OuterRef("element_id"), f"{far}__kind": other}))


def tied_to(kind: str, element: Any, other: str) -> Exists:
    """Whether a record of `kind` is tied to this element of kind `other`."""
    way = way_between(kind, other)
    onward = way is not None and way[0]
    near, far = ("source", "target") if onward else ("target", "source")
    return Exists(Link.objects.filter(**{near: OuterRef("element_id"), far: element}))
