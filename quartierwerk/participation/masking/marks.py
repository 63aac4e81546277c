"""Phone numbers, mail addresses and account numbers in somebody's words, found by their form."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

MASK = "[…]"
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{2,4}){3,8}\b", re.IGNORECASE)
PHONE = re.compile(r"(?<![\w.])(?:\+|00?)\s?\(?\d(?:[\s/().-]{0,2}\d){5,14}(?!\w)")
PATTERNS = (("mail", MAIL), ("iban", IBAN), ("phone", PHONE))


@dataclass(frozen=True)
class Mark:
    """kind: phone, mail, iban, street, name"""

    start: int
    end: int
    kind: str


def marks(words: str, language: str, known: Iterable[str] = ()) -> list[Mark]:
    """What to mask, in the order of the words, nothing twice."""
    found: list[Mark] = []
    for kind, pattern in PATTERNS:
        for hit in pattern.finditer(words):
            if not any(one.start < hit.end() and hit.start() < one.end for one in found):
                found.append(Mark(hit.start(), hit.end(), kind))
    return sorted(found, key=lambda one: one.start)


def masked(words: str, found: Iterable[Mark]) -> str:
    """The words with each mark replaced; a proposal to be read and confirmed."""
    for one in sorted(found, key=lambda one: -one.start):
        words = words[: one.start] + MASK + words[one.end :]
    return words
