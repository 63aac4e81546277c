"""The stages of a measure and of a need: which may follow which, and what each step asks for (R3.03, R3.04)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


class Stage(StrEnum):
    PROPOSED = "proposed"
    PRIORITISED = "prioritised"
    ADOPTED = "adopted"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


class NeedState(StrEnum):
    NEW = "new"
    ACCEPTED = "accepted"
    BEING_MET = "being_met"
    MET = "met"
    REJECTED = "rejected"


class Asks(StrEnum):
    """What a step needs beyond the press of a button."""

    REASON = "reason"
    PUBLIC_REASON = "public reason"
    DECISION = "decision"
    COMPLETE = "complete"
    STEPS_DONE = "steps done"
    ANSWER = "answer"


@dataclass(frozen=True)
class Move:
    target: str
    label: "Words"
    asks: frozenset[Asks] = frozenset()
    is_back: bool = False

    @property
    def asks_reason(self) -> bool:
        return bool(self.asks & {Asks.REASON, Asks.PUBLIC_REASON})

    @property
    def asks_decision(self) -> bool:
        return Asks.DECISION in self.asks

    @property
    def asks_answer(self) -> bool:
        return Asks.ANSWER in self.asks


def _stop(label: "Words") -> Move:
    return Move(Stage.STOPPED, label, frozenset({Asks.REASON}))


def _back(target: str, label: "Words") -> Move:
    return Move(target, label, frozenset({Asks.REASON}), is_back=True)


_ADOPT = Move(
    Stage.ADOPTED, gettext_lazy("Mark as adopted by the council"), frozenset({Asks.DECISION, Asks.COMPLETE})
)
_STOP = _stop(gettext_lazy("Stop the measure"))

OF_MEASURES: dict[str, tuple[Move, ...]] = {
    # The council may adopt what the office never put in order: its word weighs more.
    Stage.PROPOSED: (Move(Stage.PRIORITISED, gettext_lazy("Prioritise")), _ADOPT, _stop(gettext_lazy("Do not pursue"))),
    Stage.PRIORITISED: (_ADOPT, _back(Stage.PROPOSED, gettext_lazy("Back to the proposals")), _STOP),
    Stage.ADOPTED: (
        Move(Stage.RUNNING, gettext_lazy("Start")),
        _back(Stage.PRIORITISED, gettext_lazy("Back before the council's decision")),
        _STOP,
    ),
    Stage.RUNNING: (
        Move(Stage.DONE, gettext_lazy("Mark as done"), frozenset({Asks.STEPS_DONE})),
        _back(Stage.ADOPTED, gettext_lazy("Not started yet")),
        _STOP,
    ),
    Stage.DONE: (_back(Stage.RUNNING, gettext_lazy("Not done yet")),),
    Stage.STOPPED: (_back(Stage.PROPOSED, gettext_lazy("Take up again")),),
}  # fmt: skip

_REJECT = Move(NeedState.REJECTED, gettext_lazy("Reject"), frozenset({Asks.PUBLIC_REASON}))
_MET = Move(NeedState.MET, gettext_lazy("Mark as met"), frozenset({Asks.ANSWER}))

OF_NEEDS: dict[str, tuple[Move, ...]] = {
    NeedState.NEW: (Move(NeedState.ACCEPTED, gettext_lazy("Accept")), _REJECT),
    NeedState.ACCEPTED: (Move(NeedState.BEING_MET, gettext_lazy("Something is being done")), _MET, _REJECT),
    NeedState.BEING_MET: (
        _MET,
        Move(NeedState.ACCEPTED, gettext_lazy("Nothing is being done"), is_back=True),
    ),
    NeedState.MET: (Move(NeedState.BEING_MET, gettext_lazy("Not met yet"), is_back=True),),
    NeedState.REJECTED: (Move(NeedState.NEW, gettext_lazy("Look at it again"), is_back=True),),
}


class Refusal(StrEnum):
    NOT_FROM_HERE = "not from here"
    NO_REASON = "no reason"
    NO_PUBLIC_REASON = "no public reason"
    NO_DECISION = "no decision"
    INCOMPLETE = "incomplete"
    STEPS_OPEN = "steps open"
    NO_ANSWER = "no answer"


def move_to(table: dict[str, tuple[Move, ...]], now: str, target: str) -> Move | None:
    return next((move for move in table.get(now, ()) if move.target == target), None)


def refusals(
    table: dict[str, tuple[Move, ...]],
    now: str,
    target: str,
    *,
    reason: str = "",
    has_decision: bool = False,
    missing: Sequence[object] = (),
    open_steps: int = 0,
    in_spite_of_open_steps: bool = False,
    has_answer: bool = False,
) -> list[Refusal]:
    """Why this step is not possible now; empty if it is.

    missing     unanswered questions of the council (`completeness.missing`)
    open_steps  milestones that are not done; the person is asked once, and may say "in spite of that"
    has_answer  a measure or an offer meets the need; without it the reason says what does
    """
    move = move_to(table, now, target)
    if move is None:
        return [Refusal.NOT_FROM_HERE]
    found = []
    if Asks.REASON in move.asks and not reason.strip():
        found.append(Refusal.NO_REASON)
    if Asks.PUBLIC_REASON in move.asks and not reason.strip():
        found.append(Refusal.NO_PUBLIC_REASON)
    if Asks.DECISION in move.asks and not has_decision:
        found.append(Refusal.NO_DECISION)
    if Asks.COMPLETE in move.asks and missing:
        found.append(Refusal.INCOMPLETE)
    if Asks.STEPS_DONE in move.asks and open_steps and not in_spite_of_open_steps:
        found.append(Refusal.STEPS_OPEN)
    if Asks.ANSWER in move.asks and not (has_answer or reason.strip()):
        found.append(Refusal.NO_ANSWER)
    return found


def words(refusal: Refusal) -> str:
    """What is the matter and what to do."""
    return {
        Refusal.NOT_FROM_HERE: _("This step is not possible from the present stage. Somebody may have changed it: please look again."),
        Refusal.NO_REASON: _("Please give a reason. It stays in the history."),
        Refusal.NO_PUBLIC_REASON: _("Please give a reason, in words for those who asked for it."),
        Refusal.NO_DECISION: _("Only a decision of the council makes a measure adopted. Please enter it with the edition of the concept."),
        Refusal.INCOMPLETE: _("The council's five questions are not all answered. What is missing is listed below."),
        Refusal.STEPS_OPEN: _("Some steps are still open. Please close them, or say that the measure is done in spite of that."),
        Refusal.NO_ANSWER: _("No measure and no offer is linked that meets it. Please link one, or say what meets it."),
    }[refusal]  # fmt: skip
