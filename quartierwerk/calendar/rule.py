"""What a recurrence is, in plain values: RFC 5545's rule in the words of a form."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NTH = re.compile(r"(-?[1-5])(MO|TU|WE|TH|FR|SA|SU)")
# A closing time up to here lies in the next morning; a later one before the beginning is a slip of the pen.
LATEST_MORNING = time(6)


@dataclass(frozen=True)
class Rule:
    """When something takes place, in local time. The fields of `calendar.models.Recurring`.

    As in RFC 5545 several restrictions hold together: monthly with `month_days` 13 and `weekdays` FR is Friday the
    13th. `interval` counts from `starts_on`. Without `opens_at` the day is known but not the hour.
    """

    freq: str = "weekly"
    interval: int = 1
    weekdays: Collection[str] = ()
    month_days: Collection[int] = ()
    nth: Collection[str] = ()
    starts_on: date | None = None
    until: date | None = None
    opens_at: time | None = None
    closes_at: time | None = None
    skip_holidays: bool = True
    skip_dates: Collection[date] = field(default=frozenset())
    note: str = ""

    @property
    def is_once(self) -> bool:
        return self.freq == "once"

    @property
    def is_past_midnight(self) -> bool:
        return self.opens_at is not None and self.closes_at is not None and self.closes_at <= self.opens_at


@dataclass(frozen=True, order=True)
class Occurrence:
    """One time it takes place. Without a known hour from midnight to midnight; without a known end, `end` = `start`."""

    start: datetime
    end: datetime
    is_whole_day: bool = False

    @property
    def day(self) -> date:
        return self.start.date()

    @property
    def has_end(self) -> bool:
        return self.end > self.start and not self.is_whole_day


def problems(rule: Rule) -> list[str]:
    """Codes of what makes the rule impossible, as `web.typed` and the forms word them; empty where it is sound.

    "no_day"            nothing says on which days
    "no_start"          every second week, but counted from when?
    "interval"          less than 1
    "weekday", "month_day", "nth"    values that do not exist
    "until_before_start"
    "closes_without_opening", "end_before_start"
    """
    found = []
    if rule.interval < 1:
        found.append("interval")
    if (
        (rule.is_once and rule.starts_on is None)
        or (rule.freq == "weekly" and not rule.weekdays and rule.starts_on is None)
        or (rule.freq == "monthly" and not (rule.weekdays or rule.month_days or rule.nth or rule.starts_on))
    ):
        found.append("no_day")
    if rule.interval > 1 and not rule.is_once and rule.starts_on is None:
        found.append("no_start")
    if any(day not in WEEKDAYS for day in rule.weekdays):
        found.append("weekday")
    if any(not 1 <= abs(day) <= 31 for day in rule.month_days):
        found.append("month_day")
    if any(not NTH.fullmatch(each) for each in rule.nth):
        found.append("nth")
    if rule.until and rule.starts_on and rule.until < rule.starts_on:
        found.append("until_before_start")
    if rule.closes_at is not None and rule.opens_at is None:
        found.append("closes_without_opening")
    if ends_before_start(rule.opens_at, rule.closes_at):
        found.append("end_before_start")
    return found


def ends_before_start(opens_at: time | None, closes_at: time | None) -> bool:
    """Whether the end is a slip: before the beginning and not in the small hours of the next day."""
    return (
        opens_at is not None
        and closes_at is not None
        and closes_at <= opens_at
        and (closes_at > LATEST_MORNING or (closes_at == opens_at != time(0)))
    )
