"""The life of a version of the guiding principle (R2.04). Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.text import slugify
from django.utils.translation import gettext as _

from quartierwerk.languages import segments


class State(StrEnum):
    DRAFT = "draft"
    CONSULTATION = "consultation"
    ADOPTED = "adopted"


FOLLOWS: Mapping[str, frozenset[str]] = {
    State.DRAFT: frozenset({State.CONSULTATION}),
    State.CONSULTATION: frozenset({State.DRAFT, State.ADOPTED}),
    # What was adopted stays: a new version replaces it.
    State.ADOPTED: frozenset(),
}


class Refusal(StrEnum):
    NOT_FROM_HERE = "not from here"
    ANOTHER_OPEN = "another open"
    NOT_A_DRAFT = "not a draft"
    NO_PARAGRAPH = "no paragraph"
    END_NOT_AHEAD = "end not ahead"
    STILL_CONSULTED = "still consulted"
    UNANSWERED = "unanswered"
    NO_DECISION = "no decision"
    TWO_DECISIONS = "two decisions"
    NOT_CARRIED = "not carried"
    ONLY_RECOMMENDED = "only recommended"
    WITHDRAWN = "withdrawn"
    MINUTES_OPEN = "minutes open"
    DECIDED_LATER = "decided later"
    DECIDED_BEFORE = "decided before"


@dataclass(frozen=True)
class Decision:
    """What the adoption needs to know of a decision of the council or of a group."""

    decided_on: date
    is_carried: bool = True
    is_recommendation: bool = False
    is_withdrawn: bool = False
    is_minuted: bool = True


def refusals_of_adoption(
    decisions: Collection[Decision],
    *,
    paragraphs: int,
    unanswered: int,
    opened_on: date,
    consultation_until: date | None,
    today: date,
) -> list[Refusal]:
    """Why a version cannot be adopted. Whoever commented gets an answer first, and the whole time to comment."""
    found = {
        Refusal.NO_PARAGRAPH: not paragraphs,
        Refusal.STILL_CONSULTED: consultation_until is not None and today <= consultation_until,
        Refusal.UNANSWERED: unanswered > 0,
        Refusal.NO_DECISION: not decisions,
        Refusal.TWO_DECISIONS: len(decisions) > 1,
        Refusal.NOT_CARRIED: any(not one.is_carried for one in decisions),
        Refusal.ONLY_RECOMMENDED: any(one.is_recommendation for one in decisions),
        Refusal.WITHDRAWN: any(one.is_withdrawn for one in decisions),
        Refusal.MINUTES_OPEN: any(not one.is_minuted for one in decisions),
        Refusal.DECIDED_LATER: any(one.decided_on > today for one in decisions),
        Refusal.DECIDED_BEFORE: any(one.decided_on < opened_on for one in decisions),
    }
    return [refusal for refusal, holds in found.items() if holds]


class What(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class Turn:
    """One paragraph that differs; `changes` sentence by sentence where it was reworded."""

    key: str
    what: What
    before: str
    after: str
    changes: Sequence[segments.Change] = ()


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> list[Turn]:
    """Paragraphs by key, in the order of the later version; what is gone stands last."""
    turns = []
    for key, text in after.items():
        if key not in before:
            turns.append(Turn(key, What.ADDED, "", text))
        elif changes := segments.changed_segments(before[key], text):
            turns.append(Turn(key, What.CHANGED, before[key], text, changes))
    return turns + [Turn(key, What.REMOVED, text, "") for key, text in before.items() if key not in after]


def new_key(text: str, taken: Collection[str]) -> str:
    """A short name out of the first words, as nobody has it yet: it stays when the words change."""
    stem = slugify(" ".join(text.split()[:4]))[:50].strip("-") or "p"
    number, key = 2, stem
    while key in taken:
        key, number = f"{stem}-{number}", number + 1
    return key


def words(refusal: Refusal) -> str:
    """What is the matter and what to do."""
    return {
        Refusal.NOT_FROM_HERE: _("This step is not possible from the present state. Please look at the page again."),
        Refusal.ANOTHER_OPEN: _("Another version of the guiding principle is in work. Please finish it first."),
        Refusal.NOT_A_DRAFT: _("Only a draft can be changed. Take the version back to the draft first."),
        Refusal.NO_PARAGRAPH: _("The version has no paragraph yet. Please write one first."),
        Refusal.END_NOT_AHEAD: _("The consultation must end on a day that is still to come."),
        Refusal.STILL_CONSULTED: _("The consultation still runs. Adopt the version when its last day is over."),
        Refusal.UNANSWERED: _("Some comments have no answer yet. Say what was made of each of them first."),
        Refusal.NO_DECISION: _("Without a decision of the council or of a group the version cannot be adopted."),
        Refusal.TWO_DECISIONS: _("Please choose one decision: the council's or a group's."),
        Refusal.NOT_CARRIED: _("With these votes the decision was not carried. The version stays as it is."),
        Refusal.ONLY_RECOMMENDED: _("The group had no quorum, so this is a recommendation. It adopts nothing."),
        Refusal.MINUTES_OPEN: _("The minutes of this meeting are still open, so the decision may still change. Please close them first."),
        Refusal.WITHDRAWN: _("This decision was withdrawn. Please choose another one."),
        Refusal.DECIDED_LATER: _("The day of the decision lies in the future. Please enter it when it was made."),
        Refusal.DECIDED_BEFORE: _("The decision was made before this version was begun. Please check which one it is."),
    }[refusal]  # fmt: skip
