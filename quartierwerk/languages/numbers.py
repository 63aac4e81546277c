"""Reading and writing numbers and amounts of money as they are written in Germany, without guessing.

What has one German reading is taken: `1.690.000,00`, `1.234` (1234), `12,5`, `1,69 Mio.`, `10,825 Mio. €`. What looks
like a number but is not written the German way raises `Ambiguous` with every reading it may have: `12.50`,
`1,234.00`. What is no number raises `NotANumber`. Money is counted in whole cents.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

MAX_LENGTH = 60  # characters; nobody means a longer text as a number
MAX_DIGITS = 15  # before a multiplier; keeps results within a 64-bit column

Value = TypeVar("Value", int, Decimal)


class NotANumber(ValueError):
    """Raised for text that is no number; `reason` is "empty", "nonsense", "too_long", "too_precise" or "not_whole"."""

    def __init__(self, typed: str, reason: str = "nonsense") -> None:
        super().__init__(f"{typed[:MAX_LENGTH]!r} is no number: {reason}")
        self.typed = typed
        self.reason = reason


@dataclass(frozen=True)
class Reading:
    """One way to understand what was typed. `typed`, read again, gives `value` without doubt."""

    value: object
    typed: str
    label: str


class Ambiguous(ValueError):
    """Raised for text that may mean several things, or one that is not written the German way: ask the person."""

    def __init__(self, typed: str, readings: list[Reading]) -> None:
        super().__init__(f"{typed!r} may mean {', '.join(reading.label for reading in readings)}")
        self.typed = typed
        self.readings = readings


_THOUSANDS = {
    "tsd": 10**3, "tausend": 10**3, "mio": 10**6, "million": 10**6, "millionen": 10**6,
    "mrd": 10**9, "milliarde": 10**9, "milliarden": 10**9,
}  # fmt: skip
_MULTIPLIED = re.compile(r"^(.*\d)\s*([a-z]+)\.?$", re.IGNORECASE)
_CURRENCY = re.compile(r"^(?:€|euro?\b)\s*|\s*(?:€|(?<![a-z])euro?)$", re.IGNORECASE)
_THOUSAND_EUROS = re.compile(r"(?<=[\d\s])t(?:€|eur)$", re.IGNORECASE)
_NO_CENTS = re.compile(r",\s*[-–—−]{1,2}$")  # 50,-
_GERMAN = re.compile(r"(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+)(?:,\d+)?|,\d+")
_ENGLISH = re.compile(r"(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?")
_DOTS_LEFT_OUT = re.compile(r"\d+(?:\.\d+|(?:\.\d{3})+)?(?:,[\d.]+)?")
_SAME_SIGN = str.maketrans({"−": "-", "–": "-", "—": "-", "٫": ",", "٬": ".", "'": " ", "’": " "})


def parse_decimal(text: str, *, unit: str = "") -> Decimal:
    """Number with decimals, such as `0,5`, or `12,5 %` where the unit is `%`."""
    bare = text.strip()
    if unit and bare.casefold().endswith(unit.casefold()):
        bare = bare[: -len(unit)]
    return _read(text, bare, lambda number: number, format_decimal, format_decimal)


def parse_whole(text: str) -> int:
    """Whole number, such as `3.694`."""

    def whole(number: Decimal) -> int:
        if number != number.to_integral_value():
            raise NotANumber(text, "not_whole")
        return int(number)

    return _read(text, text, whole, format_whole, format_whole)


def parse_amount(text: str) -> int:
    """Amount of money in cents, such as `1.690.000,00 €`, `1,69 Mio.`, `50,-`."""

    def cents(number: Decimal) -> int:
        hundredfold = number * 100
        if hundredfold != hundredfold.to_integral_value():
            raise NotANumber(text, "too_precise")
        return int(hundredfold)

    bare = text.strip()
    if len(bare) <= MAX_LENGTH:
        bare = _CURRENCY.sub("", _THOUSAND_EUROS.sub(" Tsd", bare)).strip()
        bare = _NO_CENTS.sub("", bare)

    def show(amount: int) -> str:
        return format_amount(amount, currency="")

    # A reading is shown before it counts, so it may be rounded: 1,234.00 is 1.234,00 € or 1,23 €.
    return _read(text, bare, cents, show, format_amount, about=lambda number: int(round(number, 2) * 100))


def format_decimal(number: Decimal, places: int | None = None) -> str:
    """`1.234,5`; all its decimals, or rounded half up to so many places."""
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")
    elif number == number.to_integral_value():
        number = number.quantize(Decimal(1))
    else:
        number = number.normalize()
    return f"{number:,f}".translate(str.maketrans(",.", ".,"))


def format_whole(number: int) -> str:
    """`3.694`"""
    return f"{number:,}".replace(",", ".")


def format_amount(cents: int, *, currency: str = "€") -> str:
    """`1.690.000,00 €`; without currency `1.690.000,00`. Pages keep the two parts on one line by style."""
    euros, rest = divmod(abs(cents), 100)
    amount = f"{'-' if cents < 0 else ''}{format_whole(euros)},{rest:02}"
    return f"{amount} {currency}" if currency else amount


def _read(
    typed: str,
    bare: str,
    take: Callable[[Decimal], Value],
    write: Callable[[Value], str],
    label: Callable[[Value], str],
    about: Callable[[Decimal], Value] | None = None,
) -> Value:
    if len(typed) > MAX_LENGTH:
        raise NotANumber(typed, "too_long")
    number, sign, factor = _taken_apart(typed, bare)

    german = _GERMAN.fullmatch(number) is not None
    # "1.690 Mio." is written by people who mean 1,69 Mio. as well as by those who mean 1690: ask.
    if factor > 1 and "." in number and "," not in number:
        german = False
    if german:
        value = Decimal(number.replace(".", "").replace(" ", "").replace(",", ".")) * sign * factor
        try:
            return take(value)
        except NotANumber as refusal:
            # "3,694 €" has too many decimals for money, but may be an English 3694.
            if not _ENGLISH.fullmatch(number):
                raise NotANumber(typed, refusal.reason) from None

    values = [value * sign * factor for value in _other_readings(number)]
    if len(values) == 2 and values[0] == values[1]:  # 0.00
        return take(values[0])
    readings = []
    for value in values:
        try:
            taken = (about or take)(value)
        except NotANumber:
            continue
        readings.append(Reading(taken, write(taken), label(taken)))
    if not readings:
        raise NotANumber(typed)
    raise Ambiguous(typed, readings)


def _taken_apart(typed: str, bare: str) -> tuple[str, int, int]:
    """Digits with their separators, sign and multiplier."""
    text = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in bare.translate(_SAME_SIGN))
    text = " ".join(text.split())
    if not text:
        raise NotANumber(typed, "empty")
    sign = -1 if text[0] == "-" else 1
    if text[0] in "+-":
        text = text[1:].strip()
    factor = 1
    if multiplied := _MULTIPLIED.match(text):
        text, word = multiplied.groups()
        factor = _THOUSANDS.get(word.casefold(), 0)
    if not factor or not re.fullmatch(r"[\d., ]+", text):
        raise NotANumber(typed)
    if sum(c.isdigit() for c in text) > MAX_DIGITS:
        raise NotANumber(typed, "too_long")
    return text, sign, factor


def _other_readings(number: str) -> list[Decimal]:
    """What a number not written the German way may mean: the dot as decimal point, and the dot as a slip."""
    readings = []
    if re.fullmatch(r"\d{1,3}(?: \d{3})+\.\d+", number):  # 1'234.50, the Swiss way
        number = number.replace(" ", "")
    if _ENGLISH.fullmatch(number):
        readings.append(Decimal(number.replace(",", "")))
    if readings or "," not in number.split(".")[0]:
        digits = number.replace(".", "")
        if _DOTS_LEFT_OUT.fullmatch(number) and digits.count(",") <= 1:
            readings.append(Decimal(digits.replace(",", ".")))
    return readings
