"""vCard 4.0 (RFC 6350) of functions: "Kursberatung" of an association. Persons who are named are left out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST = 75  # octets a line


@dataclass(frozen=True)
class Card:
    uid: str
    function: str
    organisation: str
    phone: str = ""
    email: str = ""
    hours: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    url: str = ""


def cards(found: Iterable[Card]) -> str:
    return "".join(f"{folded}\r\n" for card in found for line in _lines(card) for folded in _fold(line))


def _lines(card: Card) -> Iterator[str]:
    yield from ("BEGIN:VCARD", "VERSION:4.0", "KIND:org", f"UID:urn:uuid:{card.uid}")
    yield f"FN:{_text(', '.join(part for part in (card.function, card.organisation) if part))}"
    yield f"ORG:{_text(card.organisation)}"
    if card.function:
        yield f"ROLE:{_text(card.function)}"
    if card.phone:
        yield f"TEL;TYPE=work,voice:{_text(card.phone)}"
    if card.email:
        yield f"EMAIL;TYPE=work:{_text(card.email)}"
    if card.street or card.town:
        yield f"ADR;TYPE=work:;;{_text(card.street)};{_text(card.town)};;{_text(card.postcode)};"
    if card.url:
        yield f"URL:{card.url}"
    if card.hours:
        yield f"NOTE:{_text(card.hours)}"
    yield "END:VCARD"


def _text(value: str) -> str:
    for sign, escaped in (
        ("\\", "\\\\"),
        ("\r\n", "\n"),
        ("\r", "\n"),
        ("\n", "\\n"),
        (",", "\\,"),
        (";", "\\;"),
    ):
        value = value.replace(sign, escaped)
    return value


def _fold(line: str) -> Iterator[str]:
    """Lines of at most 75 octets; no character is cut in two."""
    piece, length = "", 0
    for sign in line:
        size = len(sign.encode())
        if length + size > LONGEST:
            yield piece
            piece, length = " ", 1
        piece, length = piece + sign, length + size
    yield piece
