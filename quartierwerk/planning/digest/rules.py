"""Which days a week's mail is about. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

DAY, WEEK = timedelta(days=1), timedelta(days=7)
LONG_OVERDUE = timedelta(
    days=56
)  # what waits longer stands on the work list; repeated every week it would not be read


@dataclass(frozen=True)
class Week:
    monday: date

    @classmethod
    def of(cls, day: date) -> "Week":
        return cls(day - timedelta(days=day.weekday()))

    @property
    def sunday(self) -> date:
        return self.monday + WEEK - DAY

    @property
    def before(self) -> "Week":
        return Week(self.monday - WEEK)

    def holds(self, day: date | None) -> bool:
        return day is not None and self.monday <= day <= self.sunday

    def is_due(self, day: date | None) -> bool:
        """In this week, or overdue for not too long."""
        return day is not None and self.monday - LONG_OVERDUE <= day <= self.sunday
