"""What somebody still leads or owns: packages that know say so here, and whoever leaves hands it over first (W2.5).

    handover.add(Sort("measures", _("Measures"), rows=…, line=…, give=…, takes=BOTH, reads="planning.read"))

Asked when the last role in a municipality ends, when somebody closes the account, and when a team ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quartierwerk import journal
from quartierwerk.rights import Person, may
from quartierwerk.tenants import scope

from .models import Account
from .persons import person_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

ACTION = "people.hand_over"


class NotTaken(Exception):
    """It stays where it is; the message says to people why, and what to do."""


class Kind(StrEnum):
    PERSON = "person"
    TEAM = "team"


PERSONS, TEAMS, BOTH = frozenset({Kind.PERSON}), frozenset({Kind.TEAM}), frozenset(Kind)


@dataclass(frozen=True)
class Holder:
    """Who holds something, or takes it. A person without an account is known by her name in a team."""

    kind: Kind
    name: str
    account_id: UUID | None = None
    team_id: UUID | None = None
    email: str = ""


@dataclass(frozen=True)
class Line:
    """How one thing is shown. route: name and keys of its page in the back office."""

    title: str
    detail: str = ""
    route: tuple[str, dict[str, Any]] | None = None


@dataclass(frozen=True)
class Sort:
    """Things of one sort.

    rows   what this holder holds now, to be changed by those who may hand over
    give   from whom, to whom; the caller has asked the right, and holds the locked row and a transaction. Gives back what the
           new one holds; raises NotTaken
    takes  who may take it, for this holder
    end    it ends and nobody follows; None where somebody must
    reads  the right to open the page of one
    holds_back  who may not leave while holding it
    lets   the right that whoever takes it must have on what is hers then; "" where anybody here may take it
    by_consent  rests on the person's consent: it goes with her, and does not keep her from having her account erased
    asks   the right to give it, where it is a right itself: nobody gives such a thing to himself
    """

    name: str
    label: str | _StrPromise
    rows: Callable[[Holder], QuerySet[Any]]
    line: Callable[[Any], Line]
    give: Callable[[Any, Holder, Holder], Any]
    takes: Callable[[Holder], frozenset[Kind]]
    reads: str
    end: Callable[[Any], None] | None = None
    holds_back: frozenset[Kind] = BOTH
    lets: str = ""
    by_consent: bool = False
    asks: str = ACTION


@dataclass(frozen=True)
class Held:
    sort: Sort
    row: Any

    @property
    def key(self) -> str:
        return f"{self.sort.name}:{self.row.pk}"


class StillHolds(Exception):
    """Somebody may not leave yet; `held` is what is still to be handed over."""

    def __init__(self, held: Sequence[Held]):
        self.held = list(held)
        super().__init__(in_words(held))


@dataclass
class Handover:
    sorts: dict[str, Sort] = field(default_factory=dict)
    page: Callable[[HttpRequest, UUID], str] | None = None
    """Where an account's things are handed over."""

    def add(self, sort: Sort) -> None:
        if sort.name in self.sorts:
            raise ValueError(f"two sorts of things to hand over are named {sort.name}")
        self.sorts[sort.name] = sort

    def held(self, holder: Holder, *, without: Iterable[str] = ()) -> list[Held]:
        return [
            Held(sort, row) for sort in self.sorts.values() if sort.name not in without for row in sort.rows(holder)
        ]  # fmt: skip

    def refuse_leaving(self, holder: Holder, *, erasing: bool = False, without: Iterable[str] = ()) -> None:
        """Raises StillHolds."""
        held = [one for one in self.held(holder, without=without) if holder.kind in one.sort.holds_back]
        if erasing:
            held = [one for one in held if not one.sort.by_consent]
        if held:
            raise StillHolds(held)

    def address(self, request: HttpRequest, account_id: UUID) -> str:
        return self.page(request, account_id) if self.page else ""


handover = Handover()


def in_words(held: Sequence[Held]) -> str:
    """ "Measures: 2, Tasks: 1"."""
    counted: dict[str, int] = {}
    for one in held:
        counted[str(one.sort.label)] = counted.get(str(one.sort.label), 0) + 1
    return ", ".join(f"{label}: {number}" for label, number in counted.items())


def refusal(still: StillHolds) -> str:
    number = len(still.held)
    words = ngettext(
        "%(n)d thing is still to be handed over (%(what)s).",
        "%(n)d things are still to be handed over (%(what)s).",
        number,
    )
    first = _("Hand them over first, then it can end.")
    return f"{words % {'n': number, 'what': still}} {first}"


@dataclass(frozen=True)
class Left:
    """A thing that stays, and the sentence that says why."""

    title: str
    why: str


@dataclass(frozen=True)
class Outcome:
    given: int
    left: Sequence[Left]


def _chosen(holder: Holder, keys: Iterable[str]) -> Iterator[Held]:
    """Locked, and only what the holder still holds: a page that is old, or a key that was made up, moves nothing else."""
    wanted = set(keys)
    held: dict[str, list[Any]] = {}
    for one in handover.held(holder):
        if one.key in wanted:
            held.setdefault(one.sort.name, []).append(one.row.pk)
    for name, numbers in held.items():
        sort = handover.sorts[name]
        for row in sort.rows(holder).filter(pk__in=numbers).select_for_update(of=("self",)):
            yield Held(sort, row)


def may_give(one: Held, by: Person, to: Holder | None = None) -> bool:
    if to is not None and one.sort.asks != ACTION and to.account_id == by.account_id:
        return False
    return may(by, one.sort.asks, one.row)


def _other_right() -> NotTaken:
    return NotTaken(_("Giving this away takes another right. Please ask the administrator of the accounts."))


def _give(one: Held, holder: Holder, to: Holder, taker: Person | None, by: Person) -> None:
    """Raises NotTaken, and then nothing has changed."""
    if not may_give(one, by, to):
        raise _other_right()
    if to.kind not in one.sort.takes(holder):
        words = _("This goes to a team.") if to.kind == Kind.PERSON else _("This goes to a person.")
        raise NotTaken(words)
    with transaction.atomic():
        hers = one.sort.give(one.row, holder, to)
        # Asked afterwards: some rights rest on its being hers.
        if taker is not None and one.sort.lets and not may(taker, one.sort.lets, hers):
            words = _("%(name)s could not open it with the roles held here. Please choose somebody else.")
            raise NotTaken(words % {"name": to.name})
    journal.record("handed over", one.row, by=by)


@transaction.atomic
def hand_over(keys: Iterable[str], holder: Holder, to: Holder, *, by: Person) -> Outcome:
    """The chosen things go to another person or team."""
    taker = None
    if to.kind == Kind.PERSON:
        taker = person_of(Account.objects.filter(pk=to.account_id).first(), scope.writing())
    given, left = 0, []
    for one in _chosen(holder, keys):
        title = one.sort.line(one.row).title
        try:
            _give(one, holder, to, taker, by)
        except NotTaken as refusal:
            left.append(Left(title, str(refusal)))
        else:
            given += 1
    return Outcome(given, left)


@transaction.atomic
def let_end(keys: Iterable[str], holder: Holder, *, by: Person) -> Outcome:
    """Nobody follows."""
    ended, left = 0, []
    for one in _chosen(holder, keys):
        title = one.sort.line(one.row).title
        if one.sort.end is None:
            left.append(Left(title, _("This cannot end without somebody who follows.")))
        elif not may_give(one, by):
            left.append(Left(title, str(_other_right())))
        else:
            one.sort.end(one.row)
            journal.record("ended without successor", one.row, by=by)
            ended += 1
    return Outcome(ended, left)
