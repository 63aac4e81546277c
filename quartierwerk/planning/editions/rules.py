"""The life of an edition, and what the council's adoption asks for (R2.05, R2.06)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from ..measures.rules import completeness


class State(StrEnum):
    DRAFT = "draft"
    CONSULTATION = "consultation"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"


FOLLOWS: Mapping[str, frozenset[str]] = {
    State.DRAFT: frozenset({State.CONSULTATION, State.WITHDRAWN}),
    State.CONSULTATION: frozenset({State.DRAFT, State.ADOPTED, State.WITHDRAWN}),
    # What the council adopted stays: a new edition replaces it, nothing takes it back.
    State.ADOPTED: frozenset(),
    State.WITHDRAWN: frozenset({State.DRAFT}),
}


class Refusal(StrEnum):
    NOT_FROM_HERE = "not from here"
    ANOTHER_OPEN = "another open"
    NO_DECISION = "no decision"
    NO_PAPER_NUMBER = "no paper number"
    NO_BODY = "no body"
    NO_WORDING = "no wording"
    NO_VOTE = "no vote"
    NOT_CARRIED = "not carried"
    DECIDED_LATER = "decided later"
    DECIDED_BEFORE = "decided before"
    END_NOT_AHEAD = "end not ahead"
    STILL_CONSULTED = "still consulted"
    UNANSWERED = "unanswered"
    DECIDED_WHILE_CONSULTED = "decided while consulted"
    INCOMPLETE = "incomplete"
    EMPTY = "empty"


@dataclass(frozen=True)
class Vote:
    """A unanimous decision may come without numbers; every other one says them all."""

    yes: int | None = None
    no: int | None = None
    abstained: int | None = None
    is_unanimous: bool = False

    @property
    def is_told(self) -> bool:
        return self.is_unanimous or (self.yes is not None and self.no is not None)

    @property
    def is_carried(self) -> bool:
        """More yes than no; abstentions count on neither side (as municipal law has it, NKomVG § 66)."""
        if self.yes is None or self.no is None:
            return self.is_unanimous
        return self.yes > self.no and not (self.is_unanimous and self.no)


@dataclass(frozen=True)
class Decision:
    body: str
    paper_number: str
    decided_on: date
    wording: str
    vote: Vote


def refusals_of_consultation(until: date | None, *, unanswered: int, today: date) -> list[Refusal]:
    """Whoever may comment has the whole time, and whoever commented gets an answer first."""
    found = {
        Refusal.STILL_CONSULTED: until is not None and today <= until,
        Refusal.UNANSWERED: unanswered > 0,
    }
    return [refusal for refusal, holds in found.items() if holds]


def refusals_of_decision(
    decision: Decision, *, opened_on: date, consultation_until: date | None = None, today: date
) -> list[Refusal]:
    """What is missing in the council's decision; without all of it no edition is adopted."""
    found = {
        Refusal.NO_BODY: not decision.body.strip(),
        Refusal.NO_PAPER_NUMBER: not decision.paper_number.strip(),
        Refusal.NO_WORDING: not decision.wording.strip(),
        Refusal.NO_VOTE: not decision.vote.is_told,
        Refusal.NOT_CARRIED: decision.vote.is_told and not decision.vote.is_carried,
        Refusal.DECIDED_LATER: decision.decided_on > today,
        Refusal.DECIDED_BEFORE: decision.decided_on < opened_on,
        # While it still runs that alone is the reason.
        Refusal.DECIDED_WHILE_CONSULTED: consultation_until is not None
        and opened_on <= decision.decided_on <= consultation_until < today,
    }
    return [refusal for refusal, holds in found.items() if holds]


@dataclass(frozen=True)
class Incomplete:
    """A measure that does not answer the council's five questions."""

    measure: UUID
    title: str
    missing: tuple[completeness.Missing, ...]


def incomplete(
    measures: Iterable[tuple[UUID, str, completeness.Answers]], deferred: Collection[UUID]
) -> list[Incomplete]:
    """Those that block adoption: not complete, and not put off by a reason."""
    return [
        Incomplete(pk, title, tuple(missing))
        for pk, title, answers in measures
        if pk not in deferred and (missing := completeness.missing(answers))
    ]


def words(refusal: Refusal) -> str:
    """What is the matter and what to do."""
    return {
        Refusal.NOT_FROM_HERE: _("This step is not possible from the present state. Please look at the page again."),
        Refusal.ANOTHER_OPEN: _("Another edition of this concept is being prepared. Please finish or withdraw it first."),
        Refusal.NO_DECISION: _("Without a decision of the council an edition cannot be adopted. Please enter the decision first."),
        Refusal.NO_PAPER_NUMBER: _("The decision needs the number of the council's paper."),
        Refusal.NO_BODY: _("Please say which body decided, for instance the council."),
        Refusal.NO_WORDING: _("Please enter the words of the decision."),
        Refusal.NO_VOTE: _("Please enter the votes, or that the decision was unanimous."),
        Refusal.NOT_CARRIED: _("With these votes the decision was not carried. The edition stays as it is."),
        Refusal.DECIDED_LATER: _("The day of the decision lies in the future. Please enter it when it was made."),
        Refusal.DECIDED_BEFORE: _("The day of the decision lies before this edition was begun. Please check the day."),
        Refusal.END_NOT_AHEAD: _("The consultation must end on a day that is still to come."),
        Refusal.STILL_CONSULTED: _("The consultation still runs. The council's decision can be entered when its last day is over."),
        Refusal.UNANSWERED: _("Some comments have no answer yet. Say what was made of each of them first."),
        Refusal.DECIDED_WHILE_CONSULTED: _("On this day the consultation still ran. Please check the day."),
        Refusal.INCOMPLETE: _("Some measures do not answer the council's five questions. Complete them or put them off with a reason."),
        Refusal.EMPTY: _("The concept has no field of action yet, so there is nothing to adopt."),
    }[refusal]  # fmt: skip
