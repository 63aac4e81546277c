"""When an offer takes place, in the coarse words of a search: on which days, in which part of them. Pure."""

from collections.abc import Iterable
from datetime import date, time

from quartierwerk.calendar.rule import Rule

from .question import DAYS, PARTS

# From, until, in minutes of a day; an evening runs into the night.
HOURS_OF = {"morning": (0, 12 * 60), "afternoon": (12 * 60, 17 * 60), "evening": (17 * 60, 30 * 60)}
# A course until 12:15 is one of the morning: less than this does not make it one of the afternoon too.
LEAST_MINUTES = 30


def weekdays_of(rule: Rule) -> list[str]:
    """Days of the week on which a rule can fall. A day of the month falls on each of them."""
    if rule.freq == "once":
        return [DAYS[rule.starts_on.weekday()]] if rule.starts_on else []
    if rule.freq == "weekly":
        return list(rule.weekdays) or ([DAYS[rule.starts_on.weekday()]] if rule.starts_on else [])
    if rule.freq == "monthly" and rule.nth:
        return sorted({one[-2:] for one in rule.nth}, key=DAYS.index)
    return list(DAYS)


def parts_of(opens_at: time | None, closes_at: time | None) -> list[str]:
    """Parts of the day that hours reach into; none where nobody told the hours."""
    if opens_at is None:
        return []
    start = _minutes(opens_at)
    end = _minutes(closes_at) if closes_at else start + LEAST_MINUTES
    if end <= start:
        end += 24 * 60  # past midnight
    least = min(LEAST_MINUTES, end - start)
    return [part for part in PARTS if min(end, HOURS_OF[part][1]) - max(start, HOURS_OF[part][0]) >= least]


def codes_of(rules: Iterable[Rule], today: date) -> set[str]:
    """Codes by which a search finds these hours: "TU" and "TU morning"; those of the past are none."""
    codes: set[str] = set()
    for rule in rules:
        last = rule.starts_on if rule.freq == "once" else rule.until
        if last and last < today:
            continue
        parts = parts_of(rule.opens_at, rule.closes_at)
        for day in weekdays_of(rule):
            codes.add(day)
            codes.update(f"{day} {part}" for part in parts)
        codes.update(parts)
    return codes


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute
