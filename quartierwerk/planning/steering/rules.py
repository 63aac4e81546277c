"""Quorum, bias and decisions of a group (R2.09, R2.10), on plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from uuid import UUID

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Seat:
    is_voting: bool
    is_present: bool


@dataclass(frozen=True)
class Presence:
    voting: int
    present: int
    needed: int

    @property
    def has_quorum(self) -> bool:
        return self.voting > 0 and self.present >= self.needed


def presence(seats: Sequence[Seat], quorum_percent: int) -> Presence:
    """How many of those with a vote are there, and how many are needed: the share rounded up, never below one."""
    voting = [seat for seat in seats if seat.is_voting]
    needed = max(1, -(-len(voting) * quorum_percent // 100))
    return Presence(len(voting), sum(seat.is_present for seat in voting), needed)


@dataclass(frozen=True)
class Sitter:
    """Who is noted as there on a seat: the member, or who stands in."""

    seat: str
    name: str
    account: UUID | None = None

    def is_same_person(self, other: "Sitter") -> bool:
        """By account where both have one; else by name. Somebody who is not named is nobody else's twin."""
        if self.account and other.account:
            return self.account == other.account
        names = [" ".join(one.name.split()).casefold() for one in (self, other)]
        return bool(names[0]) and names[0] == names[1]


def counted_twice(there: Sequence[Sitter]) -> list[tuple[Sitter, Sitter]]:
    """One person counts once for the quorum and the votes: pairs of seats that the same one is noted on."""
    return [(one, other) for one, other in combinations(there, 2) if one.is_same_person(other)]


class Refusal(StrEnum):
    NO_WORDS = "no words"
    TOO_MANY_VOTES = "too many votes"
    NOT_CARRIED = "not carried"
    NO_OWNER = "no owner"
    DUE_IN_THE_PAST = "due in the past"
    DUE_BEFORE_GIVEN = "due before given"
    MEETING_TO_COME = "meeting to come"
    NOT_BEGUN = "not begun"
    MINUTES_CLOSED = "minutes closed"
    CANCELLED = "cancelled"
    NO_REASON = "no reason"
    NO_AGENDA = "no agenda"
    NO_PLACE = "no place"
    MEETING_OVER = "meeting over"
    MEETING_HELD = "meeting held"
    DECIDED_ALREADY = "decided already"
    NOBODY_CAME = "nobody came"
    COUNTED_TWICE = "counted twice"
    VOTES_OF_ABSENT = "votes of absent"
    TASKS_OPEN = "tasks open"
    ENDED_ALREADY = "ended already"
    MINUTES_OPEN = "minutes open"
    ITEM_GONE = "item gone"
    CHANGED_MEANWHILE = "changed meanwhile"
    ADOPTED_BY_IT = "adopted by it"
    FIXED_MEANWHILE = "fixed meanwhile"


# Asked once more: whoever means it says so, and it is kept.
ASKING = {Refusal.DUE_IN_THE_PAST}


class Refused(ValueError):
    """What a rule refuses, in words by `words(reason)`."""

    def __init__(self, *reasons: Refusal):
        super().__init__(", ".join(reasons))
        self.reasons = list(reasons)

    @property
    def in_words(self) -> list[str]:
        return [words(reason) for reason in self.reasons]


class CountedTwice(Refused):
    """People who are noted on two seats of one meeting, each with both seats."""

    def __init__(self, pairs: Sequence[tuple[Sitter, Sitter]]):
        super().__init__(Refusal.COUNTED_TWICE)
        self.pairs = list(pairs)

    @property
    def in_words(self) -> list[str]:
        return [twice_in_words(one, other) for one, other in self.pairs]


def twice_in_words(one: Sitter, other: Sitter) -> str:
    told = {"name": one.name or other.name, "first": one.seat, "second": other.seat}
    return " ".join((
        _("%(name)s is noted at two seats: “%(first)s” and “%(second)s”.") % told,
        words(Refusal.COUNTED_TWICE),
    ))  # fmt: skip


@dataclass(frozen=True)
class Votes:
    yes: int
    no: int
    abstained: int
    biased: int = 0

    @property
    def all(self) -> int:
        return self.yes + self.no + self.abstained


def refusals_of_decision(words: str, votes: Votes, present: int) -> list[Refusal]:
    """present: members with a vote who were there; those who are biased leave the room and do not count."""
    found = []
    if not words.strip():
        found.append(Refusal.NO_WORDS)
    if votes.all > present - votes.biased:
        found.append(Refusal.TOO_MANY_VOTES)
    if votes.all and votes.yes <= votes.no:
        found.append(Refusal.NOT_CARRIED)
    return found


def is_only_recommended(there: Presence, votes: Votes) -> bool:
    """Without a quorum a group recommends; who is biased does not help to reach it."""
    return not Presence(there.voting, there.present - votes.biased, there.needed).has_quorum


def refusals_of_task(
    words: str, *, has_owner: bool, due_on: date, today: date, given_on: date | None = None
) -> list[Refusal]:
    """given_on: the day of the meeting; minutes are often written days later, so a day before today is only asked about."""
    found = {
        Refusal.NO_WORDS: not words.strip(),
        Refusal.NO_OWNER: not has_owner,
        Refusal.DUE_BEFORE_GIVEN: given_on is not None and due_on < given_on,
        Refusal.DUE_IN_THE_PAST: due_on < today and (given_on is None or due_on >= given_on),
    }
    return [refusal for refusal, holds in found.items() if holds]


def is_held(present: int, decisions: int) -> bool:
    """A meeting has taken place once somebody was there or something was decided; words may be prepared before."""
    return present > 0 or decisions > 0


def fixed(*, is_invited: bool, has_taken_place: bool) -> frozenset[str]:
    """What of a meeting stays: those invited, then those who were there, belong to its group; decisions bear its day."""
    if has_taken_place:
        return frozenset({"group", "day"})
    return frozenset({"group"}) if is_invited else frozenset()


def words(refusal: Refusal) -> str:
    return {
        Refusal.NO_WORDS: _("Please say in words what was decided or is to be done."),
        Refusal.TOO_MANY_VOTES: _("There are more votes than members who were there and took part."),
        Refusal.NOT_CARRIED: _("With these votes it was not carried. Please note it in the minutes of the item instead."),
        Refusal.NO_OWNER: _("Please name who does it: a team or a person. A decision without an owner is not kept."),
        Refusal.DUE_IN_THE_PAST: _("This day is over. Please give one that is still to come."),
        Refusal.DUE_BEFORE_GIVEN: _("This day lies before the meeting. Please check it."),
        Refusal.CANCELLED: _("The meeting was cancelled. Please plan a new one."),
        Refusal.NO_REASON: _("Please say why. Those who are invited read it."),
        Refusal.NO_AGENDA: _("The agenda is still empty. Please put at least one item on it."),
        Refusal.NO_PLACE: _("Please say where the meeting takes place."),
        Refusal.MEETING_OVER: _("The day of the meeting is over. Please give it a new day before you invite."),
        Refusal.MEETING_HELD: _("Somebody is noted as present, or something was decided: the meeting has taken place. If that is a slip, correct the minutes; then it can be cancelled."),
        Refusal.ITEM_GONE: _("Somebody took this item off the agenda meanwhile. Please choose another one."),
        Refusal.CHANGED_MEANWHILE: _("Somebody changed the minutes while you were reading them. Please look at them again, then close them."),
        Refusal.FIXED_MEANWHILE: _("Meanwhile somebody sent the invitation or noted who was there. Group and day stay as they are now."),
        Refusal.ADOPTED_BY_IT: _("A version of the guiding principle was adopted by this decision. It cannot be taken back."),
        Refusal.DECIDED_ALREADY: _("The minutes say something about this item. It stays on the agenda."),
        Refusal.NOBODY_CAME: _("Nobody is entered as present. Please enter the attendance first."),
        Refusal.COUNTED_TWICE: _("One person counts once. Please note one of the two seats as not there. If they are two people of the same name, tell them apart in the group."),
        Refusal.VOTES_OF_ABSENT: _("A decision has more votes than members with a vote were there. Please correct the attendance, or take the decision back and note it anew."),
        Refusal.TASKS_OPEN: _("Some tasks are still open. Please finish or withdraw them first."),
        Refusal.ENDED_ALREADY: _("Somebody has ended this already."),
        Refusal.MINUTES_OPEN: _("The minutes are still open. Please write it there."),
        Refusal.MEETING_TO_COME: _("The meeting has not begun yet. Decisions can be entered from its day on."),
        Refusal.NOT_BEGUN: _("The meeting has not begun yet, so its minutes cannot be closed. If it began earlier than planned, please correct the time of the meeting first."),
        Refusal.MINUTES_CLOSED: _("The minutes are closed. What is wrong in them is said in an addition."),
    }[refusal]  # fmt: skip
