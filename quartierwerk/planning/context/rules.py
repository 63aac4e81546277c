"""When a change of law or policy is followed up, and when the steering group should talk about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..measures.rules.months import shifted

SOON = 3  # months before it is in force: the last meeting at which one can still get ready


class Standing(StrEnum):
    OPEN = "open"
    IN_HAND = "in hand"
    FOLLOWED_UP = "followed up"
    NOTHING_TO_DO = "nothing to do"


@dataclass(frozen=True)
class FollowUp:
    due_on: date
    done_on: date | None = None
    is_withdrawn: bool = False

    @property
    def is_open(self) -> bool:
        return self.done_on is None and not self.is_withdrawn


def standing(tasks: Sequence[FollowUp], nothing_to_do: str) -> Standing:
    """A task that was withdrawn follows nothing up. An open task counts more than the reason to do nothing."""
    if any(task.is_open for task in tasks):
        return Standing.IN_HAND
    if any(task.done_on for task in tasks):
        return Standing.FOLLOWED_UP
    return Standing.NOTHING_TO_DO if nothing_to_do.strip() else Standing.OPEN


def is_over(task: FollowUp, today: date) -> bool:
    return task.is_open and task.due_on < today


def is_for_the_group(now: Standing, tasks: Sequence[FollowUp], today: date) -> bool:
    """Nobody has it in hand, or whoever has it is late."""
    return now == Standing.OPEN or any(is_over(task, today) for task in tasks)


def is_urgent(in_force_from: date | None, tasks: Sequence[FollowUp], today: date) -> bool:
    """In force, or within three months; or a task is late."""
    soon = in_force_from is not None and in_force_from <= shifted(today, SOON)
    return soon or any(is_over(task, today) for task in tasks)
