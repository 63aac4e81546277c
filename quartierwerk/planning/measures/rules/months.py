"""Calendar months, as contracts and notices count them: a month after 31 January is the last day of February."""

import calendar
from datetime import date


def shifted(day: date, months: int) -> date:
    """The same day so many months later (earlier if negative), or the last one its month has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def first_of(day: date) -> date:
    return day.replace(day=1)


def last_of(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def is_last_of_month(day: date) -> bool:
    return day == last_of(day)


def whole_months(first: date, last: date) -> int:
    """Months that pass completely from `first` to `last`; 0 where `last` is earlier."""
    if last < first:
        return 0
    count = (last.year - first.year) * 12 + last.month - first.month
    return count if shifted(first, count) <= last else count - 1
