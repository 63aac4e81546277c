"""Reading and writing days and times as they are written in Germany, without guessing.

Taken: `31.10.2026`, `31.10.26`, `1. September 2026`, `31102026`, `2026-10-31`;
`14:30`, `14.30 Uhr`, `14 Uhr`, `1430`, `4:00 PM`.
`31.02.2026` raises `NoSuchDay` with the month's last day, `10/11/2026` raises `Ambiguous` with its readings, and
anything else `NotADate` or `NotATime`.
"""

import calendar
import re
import unicodedata
from datetime import date, time

from quartierwerk.languages.numbers import Ambiguous, Reading

MAX_LENGTH = 40
# 31.10.26 is 2026 and 31.10.98 is 1998: years from 1970 on lie in living memory, those up to 2069 are plans.
FIRST_SHORT_YEAR = 70


class NotADate(ValueError):
    """Raised for text that is no day; `reason` is "empty", "nonsense", "no_year" or "no_such_month"."""

    def __init__(self, typed: str, reason: str = "nonsense") -> None:
        super().__init__(f"{typed[:MAX_LENGTH]!r} is no day: {reason}")
        self.typed = typed
        self.reason = reason


class NoSuchDay(NotADate):
    """Raised for a day its month does not have, such as 31 February; `last` is the last one it has."""

    def __init__(self, typed: str, day: int, last: date) -> None:
        super().__init__(typed, "no_such_day")
        self.day = day
        self.last = last


class NotATime(ValueError):
    """Raised for text that is no time of day; `reason` is "empty", "nonsense" or "midnight" (24:00)."""

    def __init__(self, typed: str, reason: str = "nonsense") -> None:
        super().__init__(f"{typed[:MAX_LENGTH]!r} is no time: {reason}")
        self.typed = typed
        self.reason = reason


_GERMAN = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})")
_DIGITS = re.compile(r"(\d\d)(\d\d)((?:19|20|21)\d\d)")  # phone keyboards for numbers have no dot
_WITHOUT_YEAR = re.compile(r"(\d{1,2})\. ?(\d{1,2})\.?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SLASHES = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})")
_IN_WORDS = re.compile(r"(\d{1,2})\.? ?([a-zäöü]+)\.? (\d{4}|\d{2})")
_MONTHS = {
    "jan": 1, "jän": 1, "feb": 2, "mär": 3, "mar": 3, "mrz": 3, "apr": 4, "mai": 5, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "okt": 10, "nov": 11, "dez": 12,
}  # fmt: skip
_MONTH_NAMES = (
    "januar", "jänner", "februar", "märz", "maerz", "april", "mai", "juni", "juli", "august", "september", "sept",
    "oktober", "november", "dezember",
)  # fmt: skip
_TIME = re.compile(r"([01]?\d|2[0-4])(?:[:.]([0-5]\d)(?::([0-5]\d))?)?(?: ?(?:uhr|h))?")
_DIGITS_TIME = re.compile(r"([01]?\d|2[0-3])([0-5]\d)")
_ENGLISH_TIME = re.compile(r"(0?[1-9]|1[0-2])(?:[:.]([0-5]\d))? ?([ap])\.?m\.?")


def parse_date(text: str) -> date:
    typed, text = text, _plain(text)
    if not text:
        raise NotADate(typed, "empty")
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _GERMAN.fullmatch(text) or _DIGITS.fullmatch(text):
        day, month, year = found.groups()
    elif (found := _IN_WORDS.fullmatch(text)) and (number := _month(found[2])):
        day, month, year = found[1], str(number), found[3]
    elif found := _SLASHES.fullmatch(text):
        raise _question(typed, *found.groups())
    elif _WITHOUT_YEAR.fullmatch(text):
        raise NotADate(typed, "no_year")
    else:
        raise NotADate(typed)
    return _day(typed, _year(year), int(month), int(day))


def parse_time(text: str) -> time:
    typed, text = text, _plain(text)
    if not text:
        raise NotATime(typed, "empty")
    if found := _TIME.fullmatch(text):
        hour, minute, second = (int(part or 0) for part in found.groups())
        if hour == 24:
            raise NotATime(typed, "nonsense" if minute or second else "midnight")
        return time(hour, minute, second)
    if found := _DIGITS_TIME.fullmatch(text):
        return time(int(found[1]), int(found[2]))
    if found := _ENGLISH_TIME.fullmatch(text):
        hour = int(found[1]) % 12 + (12 if found[3] == "p" else 0)
        return time(hour, int(found[2] or 0))
    raise NotATime(typed)


def format_date(day: date) -> str:
    """`31.10.2026`"""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def format_time(moment: time) -> str:
    """`9:30`; the word Uhr belongs to the sentence around it."""
    return f"{moment.hour}:{moment.minute:02}"


def _plain(text: str) -> str:
    if len(text) > MAX_LENGTH:
        return "?"  # neither a day nor a time
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in text).split())


def _month(name: str) -> int | None:
    return _MONTHS.get(name[:3].replace("mae", "mär")) if len(name) == 3 or name in _MONTH_NAMES else None


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 2:
        year += 1900 if year >= FIRST_SHORT_YEAR else 2000
    return year


def _day(typed: str, year: int, month: int, day: int) -> date:
    if not 1000 <= year <= 9999 or not day:
        raise NotADate(typed)
    if not 1 <= month <= 12:
        raise NotADate(typed, "no_such_month")
    last = calendar.monthrange(year, month)[1]
    if day > last:
        raise NoSuchDay(typed, day, date(year, month, last))
    return date(year, month, day)


def _question(typed: str, first: str, second: str, year: str) -> Exception:
    """10/11/2026 is 10 November or, as Americans write, 11 October."""
    readings: list[Reading] = []
    for day, month in ((first, second), (second, first)):
        try:
            value = _day(typed, _year(year), int(month), int(day))
        except NotADate:
            continue
        if all(value != reading.value for reading in readings):
            readings.append(Reading(value, format_date(value), format_date(value)))
    return Ambiguous(typed, readings) if readings else NotADate(typed)
