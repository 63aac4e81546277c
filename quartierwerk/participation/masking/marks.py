"""What to mask in somebody's words: proposed to the person who checks, never done by itself. Pure, without a query."""

from collections.abc import Iterable
from dataclasses import dataclass

from .digits import accounts, ibans, in_plain_digits, phones
from .mails import mails
from .persons import persons
from .streets import streets

MASK = "[…]"


@dataclass(frozen=True)
class Mark:
    """kind: phone, mail, iban, street, name"""

    start: int
    end: int
    kind: str


def marks(words: str, language: str, known: Iterable[str] = ()) -> list[Mark]:
    """What to mask, in the order of the words, nothing twice.

    language  BCP 47, "" where unknown; the words may mix languages and scripts
    known     names that are masked besides, such as the giver's own
    """
    plain = in_plain_digits(words)
    found: list[Mark] = []
    # The surest first: an account number holds what looks like a phone number.
    for kind, stretches in (
        ("mail", mails(plain)), ("iban", ibans(plain)), ("iban", accounts(plain)), ("street", streets(plain)), ("phone", phones(plain)),
    ):  # fmt: skip
        found = _with(found, [Mark(start, end, kind) for start, end in stretches])
    taken = [(one.start, one.end) for one in found]
    names = [Mark(start, end, "name") for start, end in persons(words, language, taken, known)]
    return sorted(_with(found, names), key=lambda one: one.start)


def _with(found: list[Mark], more: list[Mark]) -> list[Mark]:
    """Adds what overlaps nothing yet; of two new ones that overlap the longer stays."""
    for one in sorted(more, key=lambda mark: mark.start - mark.end):
        if not any(other.start < one.end and one.start < other.end for other in found):
            found = [*found, one]
    return found


def masked(words: str, found: Iterable[Mark]) -> str:
    """The words with each mark replaced; a proposal to be read and confirmed."""
    for one in sorted(found, key=lambda one: -one.start):
        words = words[: one.start] + MASK + words[one.end :]
    return words
