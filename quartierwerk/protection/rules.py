"""Decisions about consent and changed periods, on plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from quartierwerk.privacy.retention import Period, Span


@dataclass(frozen=True)
class Answer:
    agreed: bool
    given_at: datetime
    ends_at: datetime
    withdrawn_at: datetime | None = None


def is_allowed(answers: Iterable[Answer], now: datetime) -> bool:
    """The last answer counts: agreed, not withdrawn, not expired. No answer is no."""
    given = [answer for answer in answers if answer.given_at <= now]
    if not given:
        return False
    last = max(given, key=lambda answer: answer.given_at)
    return last.agreed and (last.withdrawn_at is None or last.withdrawn_at > now) and last.ends_at > now


def may_confirm(changed_by: UUID, confirming: UUID | None) -> bool:
    """A second person means another one; a job or command is nobody."""
    return confirming is not None and confirming != changed_by


def fault_of_period(period: Period, span: Span) -> str:
    """ "short", "long" or nothing."""
    if span.length < period.shortest.length:
        return "short"
    return "long" if span.length > period.longest.length else ""
