"""Who has read the interface's words in which language: `reviews.json`, shipped and shown, never guessed.

A language is "written" by the team itself, made by a "machine, unreviewed", or "reviewed" by a named person who
speaks it, on a day: `{"state": "reviewed", "reviewer": "Name", "reviewed_on": "2027-01-31"}`. The accessibility
statement and the README say the same.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .interface import INTERFACE_LANGUAGES, InterfaceLanguage

FILE = Path(__file__).with_name("reviews.json")
WRITTEN, MACHINE, REVIEWED = "written", "machine, unreviewed", "reviewed"


@dataclass(frozen=True)
class Review:
    language: InterfaceLanguage
    state: str
    reviewer: str = ""
    reviewed_on: date | None = None


@cache
def reviews() -> tuple[Review, ...]:
    """One for each language of the interface, in its order. Raises ValueError where the file does not fit."""
    return read(json.loads(FILE.read_text(encoding="utf-8")))


def read(entries: Mapping[str, Mapping[str, Any]]) -> tuple[Review, ...]:
    codes = [language.code for language in INTERFACE_LANGUAGES]
    if sorted(entries) != sorted(codes):
        raise ValueError(f"reviews.json: one entry for each of {', '.join(codes)}")
    return tuple(_review(language, **entries[language.code]) for language in INTERFACE_LANGUAGES)


def in_state(state: str) -> list[Review]:
    return [review for review in reviews() if review.state == state]


def _review(language: InterfaceLanguage, state: str, reviewer: str = "", reviewed_on: str = "") -> Review:
    if state not in (WRITTEN, MACHINE, REVIEWED):
        raise ValueError(f"reviews.json: {language.code} has an unknown state: {state}")
    if (state == REVIEWED) != bool(reviewer and reviewed_on):
        raise ValueError(
            f"reviews.json: {language.code}: a review names its person and its day, nothing else does"
        )
    return Review(language, state, reviewer, date.fromisoformat(reviewed_on) if reviewed_on else None)
