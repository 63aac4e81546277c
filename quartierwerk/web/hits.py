"""What lists and chains show, filled in by the packages that know; drawn by `{% hit %}` and `{% chain %}`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Hit:
    """One entry of a list of results."""

    title: str
    url: str
    lang: str = ""
    """Language of the title; empty where it is the page's own."""
    untranslated: bool = False
    """The text stands in `lang` because there is no translation: the reader is told."""
    number: int | None = None
    """The same number stands on the map."""
    by: str = ""
    """Who offers it: a German name, isolated in other scripts."""
    place: str = ""
    facts: Sequence[tuple[str, Any]] = ()
    """(icon, text); what is not known stays away."""
    tags: Sequence[tuple[str, str]] = ()
    """(label, kind) as `{% tag %}` takes them."""
    why: Sequence[tuple[str, str]] = ()
    """(word of the question, where it was found), the reason of the hit."""
    freshness: str = ""
    """When somebody last confirmed it."""


@dataclass(frozen=True)
class Knot:
    """One link of the chain from voice to answer. A link that does not exist yet is drawn open, never left out."""

    icon: str
    kind: str
    title: str
    url: str = ""
    note: str = ""
    is_voice: bool = False
    is_open: bool = False
    is_current: bool = False
