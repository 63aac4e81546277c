"""A schedule of the standard as one of our rules, where it says no more than a rule can; else as words."""

import re
from datetime import date, time
from typing import Any

from ... import hsds

# What a schedule may say that our rules cannot: with one of them, days computed from the rest would be wrong.
_BEYOND = ("count", "byweekno", "byyearday")
_TIME = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*(am|pm|a\.m\.|p\.m\.|uhr)?\s*(?:Z|[+-]\d\d:?\d\d)?",
    re.I,
)
_DAY = re.compile(r"([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)")
_SAID = {
    "freq", "interval", "byday", "bymonthday", "dtstart", "valid_from", "until", "valid_to", "opens_at", "closes_at",
    "description", "notes", "id", "wkst", "timezone", "original_text",
}  # fmt: skip


def read_time(text: str) -> time | None:
    found = _TIME.fullmatch(text.strip())
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] or "").replace(".", "").lower()
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    if hour == 24 and minute == 0:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def read_schedule(data: dict[str, Any]) -> tuple[dict[str, Any] | None, str, dict[str, Any]]:
    """A rule, or None where it cannot be one; words for visitors; and what neither holds, to be kept."""
    words = "\n".join(
        dict.fromkeys(str(data[name]) for name in ("description", "notes", "original_text") if data.get(name))
    )
    own = _own(data)
    beyond = {name: value for name, value in data.items() if name not in (*_SAID, "attributes")}
    beyond |= {name: data[name] for name in ("attributes",) if name in data and not own}
    for name, other in (("valid_from", "dtstart"), ("valid_to", "until")):
        if name in data and other in data and str(data[name])[:10] != str(data[other])[:10]:
            beyond[name] = data[name]
    for name in ("wkst", "timezone"):
        if name in data:
            beyond[name] = data[name]
    rule = None if any(name in data for name in _BEYOND) else _rule(data, own)
    if rule is None:
        if set(data) - {"id", "description", "notes", "original_text"}:
            return (
                None,
                words or in_signs(data),
                {name: value for name, value in data.items() if name != "id"},
            )
        return None, words, {}
    rule["note"] = words
    return rule, "", beyond


def _own(data: dict[str, Any]) -> dict[str, str]:
    """What our own export adds, since the standard has no word for it."""
    return {
        str(one.get("link_type", "")).removeprefix(hsds.OWN): str(one.get("value", ""))
        for one in data.get("attributes", [])
        if isinstance(one, dict) and str(one.get("link_type", "")).startswith(hsds.OWN)
    }


def _rule(data: dict[str, Any], own: dict[str, str]) -> dict[str, Any] | None:
    text = {name: str(value).strip() for name, value in data.items() if not isinstance(value, list | dict)}
    opens, closes = (read_time(text[name]) if name in text else None for name in ("opens_at", "closes_at"))
    if ("opens_at" in text and opens is None) or ("closes_at" in text and closes is None):
        return None
    starts = read_date(text.get("dtstart") or text.get("valid_from") or "")
    until = read_date(text.get("until") or text.get("valid_to") or "")
    if any(
        text.get(name) and read_date(text[name]) is None
        for name in ("dtstart", "until", "valid_from", "valid_to")
    ):
        return None
    weekdays, nth = _days(text.get("byday", ""))
    if weekdays is None:
        return None
    month_days = [int(day) for day in re.findall(r"-?\d+", text.get("bymonthday", ""))]
    if any(not 1 <= abs(day) <= 31 for day in month_days):
        return None
    freq = own.get("freq") or text.get("freq", "").lower()
    if not freq:
        freq = "monthly" if month_days or nth else "weekly"
    if freq not in ("once", "daily", "weekly", "monthly"):
        return None
    if freq != "daily" and not (weekdays or nth or month_days or starts) and "freq" not in own:
        return None  # hours without a day
    interval = text.get("interval") or "1"
    if not interval.isdecimal() or not 1 <= int(interval) <= 32_767:
        return None
    if freq == "daily" and set(weekdays) == set(hsds.WEEKDAYS):
        weekdays = []
    if starts and until and until < starts and "freq" not in own:
        return None
    return {
        "freq": freq,
        "interval": int(interval),
        "weekdays": weekdays,
        "month_days": month_days,
        "nth": nth,
        "starts_on": starts,
        "until": until,
        "opens_at": opens,
        "closes_at": closes,
        "skip_holidays": own.get("skip_holidays", "true") != "false",
        "skip_dates": [day for word in own.get("skip_dates", "").split(",") if (day := read_date(word))],
    }


def _days(text: str) -> tuple[list[str] | None, list[str]]:
    weekdays: list[str] = []
    nth: list[str] = []
    for word in re.split(r"[,;\s]+", text.upper().strip("[]")):
        if not word:
            continue
        if found := _DAY.fullmatch(word.strip("'\"")):
            if found[1]:
                nth.append(found[1].lstrip("+") + found[2])
            else:
                weekdays.append(found[2])
        elif (span := re.fullmatch(r"(MO|TU|WE|TH|FR|SA|SU)-(MO|TU|WE|TH|FR|SA|SU)", word)) is not None:
            first, last = hsds.WEEKDAYS.index(span[1]), hsds.WEEKDAYS.index(span[2])
            if last < first:
                return None, []
            weekdays += hsds.WEEKDAYS[first : last + 1]
        else:
            return None, []
    return list(dict.fromkeys(weekdays)), list(dict.fromkeys(nth))


def in_signs(data: dict[str, Any]) -> str:
    """The bare entries, where a schedule has no words of its own."""
    days = " ".join(
        str(data[name])
        for name in ("freq", "byday", "weekday", "bymonthday", "dtstart", "until")
        if data.get(name)
    )
    hours = "–".join(str(data[name]) for name in ("opens_at", "closes_at") if data.get(name))
    return " ".join(part for part in (days, hours) if part)
