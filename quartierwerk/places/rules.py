"""Decisions about quarters on plain values."""

from datetime import date
from enum import StrEnum


class Refusal(StrEnum):
    BEFORE_IT_BEGAN = "before it began"
    ALREADY_ENDED = "already ended"
    SAME_NAME = "same name"


def may_be_replaced(valid_from: date | None, valid_until: date | None, day: date) -> Refusal | None:
    """A space ends on the day its successor begins. Another successor from the same day is a division."""
    if valid_from is not None and day <= valid_from:
        return Refusal.BEFORE_IT_BEGAN
    if valid_until is not None and day != valid_until:
        return Refusal.ALREADY_ENDED
    return None


def overlap(
    one_from: date | None, one_until: date | None, other_from: date | None, other_until: date | None
) -> bool:
    """Whether two times of validity share a day; the last day is not included, None is without end."""
    starts_in_time = one_until is None or other_from is None or other_from < one_until
    return starts_in_time and (other_until is None or one_from is None or one_from < other_until)
