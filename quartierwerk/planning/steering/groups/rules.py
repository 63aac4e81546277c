"""Who is missing in a group, and when a question of the mandate counts as answered, on plain values."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Seat:
    """since, until: first and last day; None where it was always there, or has no end yet."""

    team: Hashable | None
    until: date | None = None
    since: date | None = None

    def holds_on(self, day: date) -> bool:
        return not self.is_to_come(day) and (self.until is None or self.until >= day)

    def is_to_come(self, day: date) -> bool:
        return self.since is not None and self.since > day


@dataclass(frozen=True)
class Department:
    key: Hashable
    ended_on: date | None = None

    def works_on(self, day: date) -> bool:
        return self.ended_on is None or self.ended_on > day


def missing(departments: Iterable[Department], seats: Iterable[Seat], day: date) -> list[Hashable]:
    """Departments that work on this day and have no seat, in their order."""
    seated = {seat.team for seat in seats if seat.holds_on(day)}
    return [one.key for one in departments if one.works_on(day) and one.key not in seated]


class Fault(StrEnum):
    NO_ANSWER = "no answer"
    NO_CHAPTER = "no chapter"
    STILL_OPEN = "still open"


def faults(state: str, *, answer: str, has_chapter: bool) -> list[Fault]:
    """Answered means: it says what, and in which chapter of the concept. An answer to an open question is a slip."""
    if state == "open":
        return [Fault.STILL_OPEN] if answer.strip() else []
    found = []
    if not answer.strip():
        found.append(Fault.NO_ANSWER)
    if not has_chapter:
        found.append(Fault.NO_CHAPTER)
    return found


def words(fault: Fault) -> str:
    return {
        Fault.NO_ANSWER: _("Please write the answer. Without one the question is open."),
        Fault.NO_CHAPTER: _("Please say in which chapter of the concept the answer stands."),
        Fault.STILL_OPEN: _("There is an answer already. Is the question answered? Then choose so."),
    }[fault]
