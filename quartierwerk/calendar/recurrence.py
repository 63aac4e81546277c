"""When something takes place: pure functions on rules, local time of Germany, no clock and no query.

`occurrences` and `is_open` here; the words for people in `words.py`, reading people's words in `hours.py`.
"""

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from .hours import Hours, parse_hours
from .rule import NTH, WEEKDAYS, ZONE, Occurrence, Rule, ends_before_start, problems
from .words import in_words

__all__ = [
    "WEEKDAYS", "ZONE", "Hours", "Occurrence", "Rule", "days", "ends_before_start", "in_words", "is_open",
    "next_change", "occurrences", "parse_hours", "problems",
]  # fmt: skip

DAY = timedelta(days=1)
# Counting every second week needs a beginning; without one every server counts from this Monday.
ANCHOR = date(2001, 1, 1)


def occurrences(
    rule: Rule, first: date, last: date, closed: Collection[date] = frozenset()
) -> list[Occurrence]:
    """Every time that begins from `first` to `last`, both included, in order.

    closed    holidays and closing days; a rule that does not skip holidays takes place on them too
    """
    return [_occurrence(rule, day) for day in days(rule, first, last, closed)]


def days(rule: Rule, first: date, last: date, closed: Collection[date] = frozenset()) -> Iterator[date]:
    """The days of `occurrences`."""
    begin = max(first, rule.starts_on) if rule.starts_on else first
    end = min(last, rule.until) if rule.until and not rule.is_once else last
    skipped = frozenset(rule.skip_dates)
    for day in _candidates(rule, begin, end):
        if day not in skipped and not (rule.skip_holidays and day in closed):
            yield day


def is_open(rules: Iterable[Rule], moment: datetime, closed: Collection[date] = frozenset()) -> bool:
    """Whether one of the rules is running. Without a known beginning and end nothing is claimed to be open."""
    return any(begin <= moment < end for begin, end in _spans(rules, moment, moment, closed))


def next_change(
    rules: Iterable[Rule],
    moment: datetime,
    closed: Collection[date] = frozenset(),
    within: timedelta = timedelta(days=14),
) -> datetime | None:
    """When it next opens or closes; None where that does not happen in time."""
    spans = _spans(rules, moment, moment + within, closed)
    opened = any(begin <= moment < end for begin, end in spans)
    for edge in sorted({edge for span in spans for edge in span if moment < edge <= moment + within}):
        if any(begin <= edge < end for begin, end in spans) != opened:
            return edge.astimezone(ZONE)
    return None


def _spans(
    rules: Iterable[Rule], first: datetime, last: datetime, closed: Collection[date]
) -> list[tuple[datetime, datetime]]:
    # In UTC: Python compares two moments of one zone by the clock on the wall, which an hour repeats in October.
    # A day earlier, for what lasts past midnight; a day later, so that what follows at once joins on.
    since, until = first.astimezone(ZONE).date() - DAY, last.astimezone(ZONE).date() + DAY
    return [
        (each.start.astimezone(UTC), each.end.astimezone(UTC))
        for rule in rules
        for each in occurrences(rule, since, until, closed)
        if each.has_end
    ]


def _candidates(rule: Rule, first: date, last: date) -> Iterator[date]:
    if first > last:
        return
    match rule.freq:
        case "once":
            if rule.starts_on and first <= rule.starts_on <= last:
                yield rule.starts_on
        case "daily":
            yield from _daily(rule, first, last)
        case "weekly":
            yield from _weekly(rule, first, last)
        case "monthly":
            yield from _monthly(rule, first, last)


def _daily(rule: Rule, first: date, last: date) -> Iterator[date]:
    interval = max(rule.interval, 1)
    anchor = rule.starts_on or ANCHOR
    day = first + timedelta(days=-(first - anchor).days % interval)
    while day <= last:
        if _fits(rule, day):
            yield day
        if last - day < timedelta(days=interval):
            return
        day += timedelta(days=interval)


def _weekly(rule: Rule, first: date, last: date) -> Iterator[date]:
    wanted = {WEEKDAYS.index(day) for day in rule.weekdays if day in WEEKDAYS}
    if not wanted:
        if rule.starts_on is None:
            return
        wanted = {rule.starts_on.weekday()}
    anchor = _monday(rule.starts_on or ANCHOR)
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        weeks = (_monday(day) - anchor).days // 7
        if day.weekday() in wanted and weeks % max(rule.interval, 1) == 0:
            yield day


def _monthly(rule: Rule, first: date, last: date) -> Iterator[date]:
    if not (rule.weekdays or rule.month_days or rule.nth or rule.starts_on):
        return
    anchor = rule.starts_on or ANCHOR
    for month in range(_months(first), _months(last) + 1):
        if (month - _months(anchor)) % max(rule.interval, 1):
            continue
        year, index = divmod(month, 12)
        for number in range(1, monthrange(year, index + 1)[1] + 1):
            day = date(year, index + 1, number)
            if first <= day <= last and _fits(rule, day, in_month=True):
                yield day


def _fits(rule: Rule, day: date, *, in_month: bool = False) -> bool:
    length = monthrange(day.year, day.month)[1]
    if rule.month_days and not {day.day, day.day - length - 1} & set(rule.month_days):
        return False
    named = WEEKDAYS[day.weekday()]
    if in_month and rule.nth:
        from_front, from_back = (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1)
        return (
            any(
                found and found[2] == named and int(found[1]) in (from_front, from_back)
                for found in map(NTH.fullmatch, rule.nth)
            )
            or named in rule.weekdays
        )
    if rule.weekdays:
        return named in rule.weekdays
    # Monthly with no day named is the day it began on; a month without that day is left out.
    return bool(rule.month_days) or not in_month or (rule.starts_on is None or day.day == rule.starts_on.day)


def _occurrence(rule: Rule, day: date) -> Occurrence:
    if rule.opens_at is None:
        return Occurrence(_local(day, time(0)), _local(_next(day), time(0)), is_whole_day=True)
    start = _local(day, rule.opens_at)
    if rule.closes_at is None:
        return Occurrence(start, start)
    end = _local(_next(day) if rule.is_past_midnight else day, rule.closes_at)
    # In the hour that spring leaves out a begin may move behind its end.
    return Occurrence(start, max(start, end, key=lambda moment: moment.astimezone(UTC)))


def _local(day: date, clock: time) -> datetime:
    """The moment of a local time. An hour that does not exist moves on by one, of a repeated hour the first is meant."""
    return datetime.combine(day, clock.replace(fold=0), ZONE).astimezone(UTC).astimezone(ZONE)


def _next(day: date) -> date:
    return day + DAY if day < date.max else day


def _monday(day: date) -> date:
    return date.fromordinal(max(day.toordinal() - day.weekday(), 1))


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1
