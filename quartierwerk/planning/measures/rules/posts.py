"""Staff posts on limited money: how long they last, and when somebody has to be told (R3.10, W3.4)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from .months import is_last_of_month, last_of, shifted, whole_months

ALERTS = (12, 6, 3)  # months before the money ends


@dataclass(frozen=True)
class Runway:
    """How long a post lasts from today. months: those that pass completely; days: all of them."""

    months: int
    days: int

    @property
    def is_over(self) -> bool:
        return self.days < 0


def runway(ends_on: date | None, today: date) -> Runway | None:
    """None for a permanent post."""
    if ends_on is None:
        return None
    return Runway(whole_months(today, ends_on), (ends_on - today).days)


def alert_day(ends_on: date, months: int) -> date:
    """A post that ends on 31 August is told of on the last day of February."""
    return shifted(ends_on, -months)


def last_end_told_of(today: date, months: int) -> date:
    """The latest last day of a post whose alert, so many months before, is due by today."""
    day = shifted(today, months)
    return last_of(day) if is_last_of_month(today) else day


def due_alert(ends_on: date | None, today: date, sent: Collection[int] = ()) -> int | None:
    """The alert to be given today: 12, 6 or 3; None where none is due or it was given.

    A post entered late gets the nearest alert only, not those whose day has passed.
    """
    if ends_on is None or ends_on < today:
        return None
    reached = [months for months in ALERTS if alert_day(ends_on, months) <= today]
    if not reached:
        return None
    nearest = min(reached)
    return None if any(months <= nearest for months in sent) else nearest
