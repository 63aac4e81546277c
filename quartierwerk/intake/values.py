"""Reading one cell as a number, a day, an address on the web …: the value, or a sentence on what is wrong with it."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _

from quartierwerk.languages import dates, numbers, tags

Kind = Literal[
    "text",
    "lines",
    "whole",
    "decimal",
    "amount",
    "date",
    "time",
    "yes_no",
    "url",
    "email",
    "coordinates",
    "language",
]
NUMBER_STYLES = ("german", "english")
DATE_STYLES = ("german", "american", "iso")


@dataclass(frozen=True)
class Style:
    """How this file writes numbers and days, said by its mapping."""

    numbers: str = "german"
    dates: str = "german"


class Misread(ValueError):
    """Raised for a cell that does not hold what it should."""

    def __init__(self, sentence: str, advice: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.advice = advice


_YES = {"ja", "j", "yes", "y", "true", "wahr", "x", "1", "oui", "да", "так", "نعم"}
_NO = {"nein", "n", "no", "false", "falsch", "0", "non", "нет", "ні", "لا", "-"}
_DOMAIN = re.compile(r"^(?:[\w-]{1,63}\.)+[a-zäöü]{2,24}(?::\d+)?(?:[/?#]\S*)?$", re.IGNORECASE)
_URL = re.compile(r"^https?://[^\s/]+\S*$", re.IGNORECASE)
_EMAIL = re.compile(r"^[^\s@<>(),;:\"]+@(?:[\w-]{1,63}\.)+[\w-]{2,24}$")
_ENGLISH_NUMBER = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_DEGREES = re.compile(r"[-+]?\d{1,3}(?:[.,]\d+)?")
# A comma separates where a space follows or where the numbers have points.
_BETWEEN_DEGREES = re.compile(r"\s*;\s*|,?\s+|,(?=[-+]?\d+\.)")
_AMERICAN_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")


def _text(text: str, style: Style) -> str:
    return " ".join(text.split())


def _lines(text: str, style: Style) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _number(parse: Callable[[str], Any], text: str, style: Style) -> Any:
    if style.numbers == "english":
        bare = text.strip().removeprefix("$").removesuffix("€").strip()
        if not _ENGLISH_NUMBER.fullmatch(bare) or len(bare) > numbers.MAX_LENGTH:
            raise Misread(_("“%(typed)s” is no number.") % {"typed": text[:60]})
        text = bare.replace(",", "").replace(".", ",")  # now written the German way
    try:
        return parse(text)
    except numbers.Ambiguous as question:
        labels = [reading.label for reading in question.readings]
        raise Misread(
            _("“%(typed)s” can be read in several ways: %(readings)s.")
            % {"typed": text[:60], "readings": " · ".join(labels)},
            _(
                "Please write it the German way, such as 1.250,00, or say in the mapping how this file writes numbers."
            ),
        ) from None
    except numbers.NotANumber as refusal:
        raise Misread(
            {
                "not_whole": _("“%(typed)s” is no whole number."),
                "too_precise": _("“%(typed)s” has parts of a cent."),
                "too_long": _("“%(typed)s” is too long for a number."),
            }.get(refusal.reason, _("“%(typed)s” is no number."))
            % {"typed": text[:60]},
            _("Please write it like 1.250,00."),
        ) from None


def _date(text: str, style: Style) -> datetime.date:
    bare = text.strip()
    if style.dates == "american" and (found := _AMERICAN_DATE.fullmatch(bare)):
        bare = f"{found[2]}.{found[1]}.{found[3]}"
    elif style.dates == "iso":
        bare = bare[:10]  # a time behind the day does not matter here
    try:
        return dates.parse_date(bare)
    except dates.NoSuchDay as refusal:
        raise Misread(
            _("The day %(typed)s does not exist.") % {"typed": text},
            _("The last day of that month is %(last)s.") % {"last": dates.format_date(refusal.last)},
        ) from None
    except numbers.Ambiguous as question:
        raise Misread(
            _("“%(typed)s” can be read in several ways: %(readings)s.")
            % {"typed": text[:60], "readings": " · ".join(reading.label for reading in question.readings)},
            _("Please write days like 31.10.2026, or say in the mapping how this file writes them."),
        ) from None
    except dates.NotADate:
        raise Misread(
            _("“%(typed)s” is no day.") % {"typed": text[:60]}, _("Please write it like 31.10.2026.")
        ) from None


def _time(text: str, style: Style) -> datetime.time:
    try:
        return dates.parse_time(text)
    except dates.NotATime:
        raise Misread(
            _("“%(typed)s” is no time.") % {"typed": text[:60]}, _("Please write it like 14:30.")
        ) from None


def _yes_no(text: str, style: Style) -> bool:
    word = text.strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Misread(
        _("“%(typed)s” is neither yes nor no.") % {"typed": text[:60]}, _("Please write ja or nein.")
    )


def _url(text: str, style: Style) -> str:
    address = text.strip()
    if _DOMAIN.match(address):
        return f"https://{address}"
    if _URL.match(address) and len(address) <= 2_000:
        return address
    raise Misread(
        _("“%(typed)s” is no web address.") % {"typed": text[:60]},
        _("Please write it like https://example.org."),
    )


def _email(text: str, style: Style) -> str:
    address = text.strip().removeprefix("mailto:")
    if len(address) <= 254 and _EMAIL.match(address):
        return address
    raise Misread(
        _("“%(typed)s” is no mail address.") % {"typed": text[:60]},
        _("Please write it like name@example.org."),
    )


def _coordinates(text: str, style: Style) -> tuple[float, float]:
    """Latitude and longitude in degrees, with a point or a comma: `52.3, 9.8`, `52,3; 9,8`."""
    parts = [part for part in _BETWEEN_DEGREES.split(text.strip()) if part]
    if len(parts) != 2 or not all(_DEGREES.fullmatch(part) for part in parts):
        raise Misread(
            _("“%(typed)s” is no place: latitude and longitude are needed.") % {"typed": text[:60]},
            _("Please write them like 52.3107 and 9.8113."),
        )
    latitude, longitude = (float(part.replace(",", ".")) for part in parts)
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise Misread(
            _("“%(typed)s” lies nowhere on earth.") % {"typed": text[:60]},
            _("Latitude goes up to 90, longitude up to 180; perhaps they are exchanged."),
        )
    return latitude, longitude


def _language(text: str, style: Style) -> str:
    try:
        return tags.normal_tag(text)
    except tags.NotALanguage:
        raise Misread(
            _("“%(typed)s” is no language code.") % {"typed": text[:60]},
            _("Please use codes such as de, uk or prs."),
        ) from None


def _whole(text: str, style: Style) -> int:
    return int(_number(numbers.parse_whole, text, style))


def _decimal(text: str, style: Style) -> Decimal:
    return Decimal(_number(numbers.parse_decimal, text, style))


def _amount(text: str, style: Style) -> int:
    return int(_number(numbers.parse_amount, text, style))


READERS: dict[Kind, Callable[[str, Style], Any]] = {
    "text": _text, "lines": _lines, "whole": _whole, "decimal": _decimal, "amount": _amount, "date": _date, "time": _time,
    "yes_no": _yes_no, "url": _url, "email": _email, "coordinates": _coordinates, "language": _language,
}  # fmt: skip
