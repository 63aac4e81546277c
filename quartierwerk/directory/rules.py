"""Decisions of the directory on plain values."""

import re
from collections.abc import Sequence
from datetime import date
from uuid import UUID


def missing_before_publication(title: str, has_organisation: bool, ways_to_reach: Sequence[str]) -> list[str]:
    """What a visitor would miss: a title, who offers it, and one way to ask. Empty means ready."""
    missing = []
    if not title.strip():
        missing.append("title")
    if not has_organisation:
        missing.append("organisation")
    if not any(way.strip() for way in ways_to_reach):
        missing.append("contact")
    return missing


def is_over(valid_until: date | None, today: date) -> bool:
    return valid_until is not None and valid_until < today


def readable_language_filter(tag: str) -> str:
    """A language tag out of an address, or empty where it is none."""
    tag = tag.strip().lower()
    return tag if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", tag) else ""


def readable_id(text: str) -> str:
    """An id out of an address, or empty where it is none."""
    try:
        return str(UUID(text.strip()))
    except ValueError:
        return ""
