"""The kinds of the chain, filled in by the packages whose records they are, in `apps.ready()`.

    kinds.add(Kind(name="offer", model=Offer, knot=Knot.OFFER, …))
    kinds.offer_step(NextStep("make_need", _("Make this a need"), from_kinds={"finding"}, url=…))

The panel reads titles through each kind's own right, so no package has to guard its records here again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, Expression, F, Model, Q, QuerySet, Value, When

from quartierwerk import rights
from quartierwerk.rights import Person
from quartierwerk.tenants.visibility import Visibility

from .models import InChain, Relation

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise


class Knot(IntEnum):
    """The seven knots of the chain, in their order; the proof joins with funding."""

    VOICE = 1
    NEED = 2
    MEASURE = 3
    FUNDING = 4
    OFFER = 5
    INDICATOR = 6
    ANSWER = 7


@dataclass(frozen=True)
class Reader:
    """Who reads the chain, where: what addresses and rights need to know (a request, or a report without one)."""

    person: Person
    lang: str
    tenant: Any
    is_public: bool
    """On the portal: public records only, whoever is signed in."""

    @classmethod
    def of(cls, request: HttpRequest) -> Reader:
        return cls(request.person, request.lang, request.tenant, request.area != "staff")  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Title:
    """Two expressions over a kind's rows: what the record is called, and in which language that is."""

    words: Expression | F
    language: Expression | F


def plain_title(words: str, language: str = "") -> Callable[[str], Title]:
    """The title stands in one field; its language in another, or it is German as staff write it."""
    return lambda lang: Title(F(words), F(language) if language else Value("de"))


@dataclass(frozen=True)
class Kind:
    """One kind of record.

    name       stored with every element, never changed
    counted    "3 offers"
    action     the right with which staff read a single one (`rights/table.py`)
    title      language of the reader → what the record is called for her
    url        (reader, pk, whether she may open it in the back office, else on the portal) → its address, "" for none
    leads_to   relation → kinds it may lead to; they may belong to packages that are not installed
    """

    name: str
    label: str | _StrPromise
    counted: Callable[[int], str]
    icon: str
    knot: Knot
    model: type[InChain]
    action: str
    url: Callable[[Reader, UUID, bool], str]
    title: Callable[[str], Title]
    leads_to: Mapping[Relation, frozenset[str]] = field(default_factory=dict)

    def rows(self, reader: Reader) -> QuerySet[Any]:
        """The records this reader may see; `opens` tells which of them she may open in the back office."""
        model: Any = self.model
        shows = hasattr(model, "published")
        if reader.is_public:
            rows = model.published.all() if shows else model.objects.none()
            return rows.annotate(opens=Value(False))
        inside = rights.allowed(reader.person, self.action, model)
        rows = model.objects.filter(inside | Q(visibility=Visibility.PUBLIC) if shows else inside)
        return rows.annotate(opens=Case(When(inside, then=Value(True)), default=Value(False)))

    def may_read(self, person: Person, record: InChain) -> bool:
        return (
            getattr(record, "visibility", "") == Visibility.PUBLIC and record.tenant_id == person.tenant_id  # type: ignore[attr-defined]
        ) or rights.may(person, self.action, record)


@dataclass(frozen=True)
class NextStep:
    """What one can make of an element: "make this finding a need". Offered by the package that makes it."""

    name: str
    label: str | _StrPromise
    from_kinds: frozenset[str]
    url: Callable[[Reader, UUID], str]
    """Address of the form for this element, "" where this reader may not."""


@dataclass
class Kinds:
    by_name: dict[str, Kind] = field(default_factory=dict)
    steps: dict[str, NextStep] = field(default_factory=dict)

    def add(self, kind: Kind) -> None:
        if kind.name in self.by_name:
            raise ValueError(f"the chain already has a kind {kind.name!r}")
        if getattr(kind.model, "chain_kind", "") != kind.name:
            raise ValueError(f"{kind.model.__name__} is not decorated with @in_chain({kind.name!r})")
        self.by_name[kind.name] = kind

    def offer_step(self, step: NextStep) -> None:
        if step.name in self.steps:
            raise ValueError(f"the chain already has a step {step.name!r}")
        self.steps[step.name] = step

    def of(self, record: Model) -> Kind:
        return self.by_name[record.chain_kind]  # type: ignore[attr-defined]

    def steps_from(self, kind: str) -> list[NextStep]:
        return [step for step in self.steps.values() if kind in step.from_kinds]

    def table(self) -> dict[str, Mapping[Relation, frozenset[str]]]:
        """Which kind may lead to which, by which relation."""
        return {name: kind.leads_to for name, kind in self.by_name.items()}


kinds = Kinds()
