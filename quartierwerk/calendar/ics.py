"""Dates as iCalendar (RFC 5545), for the diaries on people's phones.

One VEVENT per rule, with RRULE, and EXDATE for holidays, closing days and days left out: a diary shows the same days as
the page. Times carry the zone's own rules (VTIMEZONE), so that 16:00 stays 16:00 when the clocks change.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from .recurrence import WEEKDAYS, ZONE, Occurrence, Rule, days, occurrences
from .register import Entry

CONTENT_TYPE = "text/calendar; charset=utf-8"
LONGEST_LINE = 75  # octets, RFC 5545 §3.1
# Exceptions are written this far ahead; a feed is fetched anew long before.
AHEAD = timedelta(days=550)
# How far to look for the first day of a rule: 29 February may be eight years off.
FARTHEST = timedelta(days=366 * 9)
# The European rule since 1996.
TIMEZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE""".splitlines()


@dataclass(frozen=True)
class Feed:
    """A calendar to download or subscribe to. base: scheme and host that paths of entries are completed with."""

    name: str
    entries: Iterable[Entry]
    base: str = ""
    lang: str = "de"


def written(feed: Feed, today: date, closed: Callable[[UUID | None], frozenset[date]]) -> str:
    """The feed as text with CRLF.

    closed    space → days on which its rules rest; from `today` on for at least `AHEAD`
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Quartierwerk//Kalender//DE",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(feed.name)}",
        f"NAME:{_text(feed.name)}",
        "X-WR-TIMEZONE:Europe/Berlin",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        *TIMEZONE,
    ]
    for entry in feed.entries:
        lines += _event(entry, feed, today, closed(entry.space))
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(entry: Entry, feed: Feed, today: date, closed: frozenset[date]) -> list[str]:
    rule = entry.rule
    begin = rule.starts_on or today
    first = next(iter(days(rule, begin, begin + FARTHEST, closed)), None)
    if first is None:
        return []
    occurrence = occurrences(rule, first, first, closed)[0]
    language = f";LANGUAGE={entry.title.language}"
    lines = [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{_utc(entry.changed_at)}",
        f"LAST-MODIFIED:{_utc(entry.changed_at)}",
        f"SEQUENCE:{entry.sequence}",
        f"SUMMARY{language}:{_text(entry.title.text)}",
        *_times(occurrence, rule),
    ]
    if not rule.is_once:
        lines.append(f"RRULE:{_rrule(rule)}")
        lines += _exceptions(rule, first, max(today, first), closed)
    if entry.description and entry.description.text:
        lines.append(f"DESCRIPTION;LANGUAGE={entry.description.language}:{_text(entry.description.text)}")
    if entry.place:
        lines.append(f"LOCATION:{_text(entry.place)}")
    if entry.url:
        lines.append(f"URL:{feed.base}{entry.url}")
    if entry.is_cancelled:
        lines.append("STATUS:CANCELLED")
        if entry.cancelled_why:
            lines.append(f"COMMENT:{_text(entry.cancelled_why)}")
    else:
        lines.append("STATUS:CONFIRMED")
    lines += ["TRANSP:TRANSPARENT", "END:VEVENT"]
    return lines


def _times(occurrence: Occurrence, rule: Rule) -> list[str]:
    if occurrence.is_whole_day:
        return [f"DTSTART;VALUE=DATE:{occurrence.day:%Y%m%d}"]
    lines = [f"DTSTART;TZID=Europe/Berlin:{_local(occurrence.start)}"]
    if occurrence.has_end:
        lines.append(f"DTEND;TZID=Europe/Berlin:{_local(occurrence.end)}")
    return lines


def _rrule(rule: Rule) -> str:
    parts = [f"FREQ={rule.freq.upper()}"]
    if rule.interval > 1:
        parts.append(f"INTERVAL={rule.interval}")
    # Programs of before 2010 count weeks from Sunday where this is missing.
    if rule.freq == "weekly" and rule.interval > 1:
        parts.append("WKST=MO")
    named = [day for day in WEEKDAYS if day in rule.weekdays]
    if rule.freq == "monthly":
        named += rule.nth
    numbers = list(rule.month_days) if rule.freq != "weekly" else []
    if rule.freq == "weekly" and not named and rule.starts_on:
        named = [WEEKDAYS[rule.starts_on.weekday()]]
    if rule.freq == "monthly" and not (named or numbers) and rule.starts_on:
        numbers = [rule.starts_on.day]
    if named:
        parts.append(f"BYDAY={','.join(named)}")
    if numbers:
        parts.append(f"BYMONTHDAY={','.join(map(str, numbers))}")
    if rule.until:
        parts.append(f"UNTIL={_until(rule)}")
    return ";".join(parts)


def _until(rule: Rule) -> str:
    """In UTC where the begin has a clock time, a plain date where it has none (RFC 5545 §3.3.10)."""
    assert rule.until is not None  # noqa: S101  (asked by the caller)
    if rule.opens_at is None:
        return f"{rule.until:%Y%m%d}"
    return _utc(datetime.combine(rule.until, time(23, 59, 59), ZONE))


def _exceptions(rule: Rule, first: date, today: date, closed: frozenset[date]) -> list[str]:
    """Days the rule names and that fall out. Past ones too, else a diary shows that it took place."""
    last = today + AHEAD
    kept = set(days(rule, first, last, closed))
    out = [one for one in occurrences(_plain(rule), first, last) if one.day not in kept]
    if not out:
        return []
    if rule.opens_at is None:
        return [f"EXDATE;VALUE=DATE:{','.join(f'{one.day:%Y%m%d}' for one in out)}"]
    return [f"EXDATE;TZID=Europe/Berlin:{','.join(_local(one.start) for one in out)}"]


def _plain(rule: Rule) -> Rule:
    return Rule(
        rule.freq, rule.interval, rule.weekdays, rule.month_days, rule.nth, rule.starts_on, rule.until,
        rule.opens_at, rule.closes_at,
    )  # fmt: skip


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%Y%m%dT%H%M%S}"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    # Control characters are no text (§3.1) and break parsers.
    return "".join(sign for sign in value if sign == "\t" or (sign >= " " and sign != "\x7f"))


def _folded(line: str) -> str:
    """At most 75 octets a line, never through the middle of a letter."""
    if len(line.encode()) <= LONGEST_LINE:
        return line
    pieces: list[str] = []
    piece, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        # A following line begins with a space, which counts.
        if size + octets > LONGEST_LINE - (1 if pieces else 0):
            pieces.append(piece)
            piece, size = "", 0
        piece += sign
        size += octets
    return "\r\n ".join([*pieces, piece])
