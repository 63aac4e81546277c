"""What goes into cells of spreadsheets, and the one rule that keeps text from running as a formula.

Text that starts with `=`, `+`, `-`, `@`, a tab or a line end can run as a formula once a spreadsheet opens it. In
XLSX the cell is typed as text and marked like Excel's own leading apostrophe, its value stays as it is. CSV knows no
types: there the apostrophe itself goes in front, and our own import takes it off again (`unguarded`). Phone numbers
(`+49 511 ...`) are guarded too, since a spreadsheet would drop their plus; a plain number (`-5`, `-1.234,50 %`) is
not, it says what it is. Numbers handed over as numbers stay numbers.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

Value: TypeAlias = str | int | float | Decimal | bool | date | datetime | None
Kind: TypeAlias = Literal["general", "text", "integer", "decimal", "euro", "percent", "date", "moment"]

GUARD = "'"
# Blanks before the sign do not help: some programs trim them first. The full-width signs act like the plain ones.
RUNNABLE = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")
GUARDED = re.compile(r"''*(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")
PLAIN_NUMBER = re.compile(r"-\d+(?:[.,]\d+)*(?:\s?%)?")
LOCAL_TIME = ZoneInfo("Europe/Berlin")
# What XML, and hence XLSX, cannot hold at all; CSV readers stumble over them too.
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Column:
    """A column of a table to be written.

    kind   how numbers and dates are shown in a spreadsheet; "percent" takes 0-100, as we store shares
    width  in characters; without it the longest of the first rows decides
    """

    label: str
    kind: Kind = "general"
    width: float | None = None


Rows: TypeAlias = Iterable[Sequence[Value]]


def is_runnable(text: str) -> bool:
    """Would a spreadsheet treat this text as a formula, or change it like one?"""
    return bool(RUNNABLE.match(text)) and not PLAIN_NUMBER.fullmatch(text)


def guarded(text: str) -> str:
    """Text for a cell without types. `unguarded` gives back the very same text."""
    return GUARD + text if is_runnable(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given; text that was never guarded stays as it is."""
    return text[1:] if GUARDED.match(text) else text


def storable(text: str) -> str:
    """Without the control signs no spreadsheet can hold; line ends stay."""
    return UNSTORABLE.sub("", text)


def local(moment: datetime) -> datetime:
    """Spreadsheets know no time zones: the moment as clocks here show it."""
    return moment.astimezone(LOCAL_TIME).replace(tzinfo=None) if moment.tzinfo else moment
