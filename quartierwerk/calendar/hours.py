"""Reading opening hours as people write them in German: "Di 16-18, Do 9-12 Uhr".

Only what is understood without guessing becomes a rule. Text between semicolons, line ends or before the next day of
the week stands for itself: where one word of it is not known ("nur in den Ferien"), no rule comes of that part, since a
rule that is half true sends people to closed doors. The whole text then survives as the note.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, time

from quartierwerk.languages.dates import NotADate, parse_date

from .rule import WEEKDAYS, Rule, ends_before_start

MAX_LENGTH = 2000


@dataclass(frozen=True)
class Refusal:
    """A part that can only be a mistake, and why: "no_such_time" (25:00), "end_before_start", "no_such_day"."""

    text: str
    reason: str


@dataclass(frozen=True)
class Hours:
    """What was read. `note` is the text as written where some of it did not become a rule, else empty."""

    rules: list[Rule] = field(default_factory=list)
    note: str = ""
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def is_understood(self) -> bool:
        return bool(self.rules) and not self.note and not self.refusals


class _NotUnderstood(Exception):
    pass


class _Refused(Exception):
    def __init__(self, text: str, reason: str) -> None:
        super().__init__(text)
        self.refusal = Refusal(text, reason)


_DAY_NAMES = {
    "MO": ("mo", "mon", "montag", "montags"),
    "TU": ("di", "die", "dienstag", "dienstags"),
    "WE": ("mi", "mit", "mittwoch", "mittwochs"),
    "TH": ("do", "don", "donnerstag", "donnerstags"),
    "FR": ("fr", "fre", "freitag", "freitags"),
    "SA": ("sa", "sam", "samstag", "samstags", "sonnabend", "sonnabends"),
    "SU": ("so", "son", "sonntag", "sonntags"),
}
_DAYS = {name: day for day, names in _DAY_NAMES.items() for name in names}
_DAILY = {"täglich", "taeglich", "tgl"}
_ORDINALS = {
    "ersten": 1, "erster": 1, "zweiten": 2, "zweiter": 2, "dritten": 3, "dritter": 3, "vierten": 4, "vierter": 4,
    "letzten": -1, "letzter": -1,
}  # fmt: skip
# Words that change nothing. What is not here and not understood otherwise makes its part a note.
_FILLING = {
    "uhr", "h", "von", "am", "jeden", "immer", "sowie", "und", "u", "auch", "offen", "geöffnet", "öffnungszeiten",
    "sprechzeit", "sprechzeiten", "sprechstunde", "sprechstunden", "zeiten", "jeweils", "wöchentlich", "im", "des",
}  # fmt: skip
_TOKEN = re.compile(
    r"(?P<date>\d{1,2}\.\s?\d{1,2}\.(?:\d{4}|\d{2}(?!\d))?)"
    r"|(?P<time>\d{1,2}(?:[:.]\d{2})?(?![\d]))(?P<ordinal>\.(?=\s*(?:[a-zä]|und|u\.|,|\+)))?"
    r"|(?P<dash>-)|(?P<comma>[,&+/])|(?P<word>[^\W\d_]+)\.?|(?P<colon>:)|(?P<other>\S)"
)
_PARTS = re.compile(r"[;\n\r|•]+|(?:(?<=uhr)|(?<=[:.]\d\d))\.\s+(?=[^\W\d_])")


def parse_hours(text: str, today: date | None = None) -> Hours:
    """`today` decides the year of "bis 18.12."; without it such a part is not understood."""
    text = text.strip()
    if not text or len(text) > MAX_LENGTH:
        return Hours(note=text[:MAX_LENGTH])
    rules: list[Rule] = []
    refusals: list[Refusal] = []
    understood = True
    for part in _parts(text):
        try:
            rules += _Reader(part, today).rules()
        except _NotUnderstood:
            understood = False
        except _Refused as refused:
            refusals.append(refused.refusal)
    return Hours(rules, "" if understood else text, refusals)


def _parts(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub(r"[‐‑‒–—−~]|\bbis\b(?!\s*\d{1,2}\.\s?\d{1,2}\.(?:\s|\d|$))", "-", plain)
    names = "|".join(sorted((*_DAYS, *_DAILY), key=len, reverse=True))
    # "9-12 Uhr, Do 14-16": a day after a time begins a new part; "Mo, Di 9-12" does not.
    plain = re.sub(rf"(\d|uhr|h)\s*(?:,|\bund\b|\s)\s*(?=(?:jeden\s+)?(?:{names})\b)", r"\1\n", plain)
    return [part for part in map(str.strip, _PARTS.split(plain)) if part.strip(" .,")]


class _Reader:
    """One part: days, then times for them, then perhaps the dates they hold for."""

    def __init__(self, part: str, today: date | None) -> None:
        self.part = part
        self.today = today
        self.tokens = [(match.lastgroup or "", match) for match in _TOKEN.finditer(part)]
        self.place = 0
        self.starts_on: date | None = None
        self.until: date | None = None

    def rules(self) -> list[Rule]:
        weekdays: list[str] = []
        nth: list[str] = []
        ordinals: list[int] = []
        is_daily = False
        spans: list[tuple[time, time | None]] = []
        while self.place < len(self.tokens):
            kind, match = self._next()
            word = match["word"]
            if word in _DAYS:
                if spans:
                    raise _NotUnderstood
                if ordinals:
                    nth += [f"{number}{_DAYS[word]}" for number in ordinals]
                    ordinals = []
                else:
                    weekdays += self._until_day(_DAYS[word])
            elif word in _DAILY:
                is_daily = True
            elif word in _ORDINALS:
                ordinals.append(_ORDINALS[word])
            elif word == "monat" or word == "monats":
                if not nth:
                    raise _NotUnderstood
            elif word == "ab" and self._peek() == "date":
                self.starts_on = self._date(self._next()[1]["date"])
            elif word == "bis" and self._peek() == "date":
                self.until = self._date(self._next()[1]["date"])
            elif match["ordinal"]:
                ordinals.append(int(match["time"]) if match["time"] in "12345" else self._give_up())
            elif word == "ab" and self._peek() == "time":
                spans.append((self._time(self._next()[1]["time"]), None))
            elif kind in ("time", "ordinal") and match["time"]:
                spans.append(self._span(match["time"]))
            elif word in _FILLING or kind in ("comma", "colon") or match["other"] == ".":
                continue
            else:
                raise _NotUnderstood
        return self._made(weekdays, nth, ordinals, is_daily, spans)

    def _made(self, weekdays, nth, ordinals, is_daily, spans) -> list[Rule]:
        kinds = sum(map(bool, (weekdays, nth, is_daily)))
        if kinds != 1 or not spans or ordinals:
            raise _NotUnderstood
        freq = "weekly" if weekdays else "monthly" if nth else "daily"
        return [
            Rule(
                freq,
                weekdays=tuple(day for day in WEEKDAYS if day in weekdays),
                nth=tuple(nth),
                starts_on=self.starts_on,
                until=self.until,
                opens_at=opens_at,
                closes_at=closes_at,
            )
            for opens_at, closes_at in spans
        ]

    def _next(self) -> tuple[str, re.Match[str]]:
        token = self.tokens[self.place]
        self.place += 1
        return token

    def _peek(self, further: int = 0) -> str:
        place = self.place + further
        return self.tokens[place][0] if place < len(self.tokens) else ""

    def _until_day(self, first: str) -> list[str]:
        """ "Mo" or "Mo-Fr"; "Fr-Mo" goes over the weekend."""
        if self._peek() != "dash" or self._peek(1) != "word":
            return [first]
        last = _DAYS.get(self.tokens[self.place + 1][1]["word"]) or self._give_up()
        self.place += 2
        begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last)
        return [WEEKDAYS[place % 7] for place in range(begin, end + 1 + (7 if end < begin else 0))]

    def _span(self, typed: str) -> tuple[time, time | None]:
        opens_at = self._time(typed)
        self._pass_over("uhr", "h")
        if self._peek() != "dash":
            raise _NotUnderstood  # "16 Uhr": its end is not said, "ab" neither
        self._next()
        if self._peek() not in ("time", "ordinal"):
            raise _NotUnderstood
        last = self._next()[1]["time"]
        closes_at = self._time(last, is_end=True)
        if ends_before_start(opens_at, closes_at):
            raise _Refused(f"{typed}-{last}", "end_before_start")
        self._pass_over("uhr", "h")
        return opens_at, closes_at

    def _pass_over(self, *words: str) -> None:
        if self._peek() == "word" and self.tokens[self.place][1]["word"] in words:
            self.place += 1

    def _time(self, typed: str, *, is_end: bool = False) -> time:
        hour, _, minute = typed.replace(".", ":").partition(":")
        if is_end and int(hour) == 24 and not int(minute or 0):
            return time(0)
        if int(hour) > 23 or int(minute or 0) > 59:
            raise _Refused(typed, "no_such_time")
        return time(int(hour), int(minute or 0))

    def _date(self, typed: str) -> date:
        try:
            if typed.rstrip().endswith("."):
                return self._coming(typed)
            return parse_date(typed)
        except NotADate as wrong:
            raise _Refused(typed, "no_such_day") from wrong

    def _coming(self, typed: str) -> date:
        """The next such day: whoever writes "bis 18.12." in January means this year's, in late December also."""
        if self.today is None:
            raise _NotUnderstood
        for year in range(self.today.year, self.today.year + 5):  # 29 February comes every fourth year
            try:
                day = parse_date(f"{typed}{year}")
            except NotADate as wrong:
                if wrong.reason == "no_such_day" and typed.replace(" ", "").startswith("29.2."):
                    continue
                raise
            if day >= self.today:
                return day
        raise NotADate(typed)

    def _give_up(self):
        raise _NotUnderstood
