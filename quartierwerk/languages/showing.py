"""Which version of a text a reader gets, and what has to be said about it. Pure: works on loaded rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from .audience import CheckedBy, is_checked
from .states import TranslationState, is_outdated
from .tags import direction, fallbacks


class TextRow(Protocol):
    text_name: str
    language: str
    text: str
    state: str
    source_text: str
    checked_by: str
    checked_on: date | None
    checked_text: str


@dataclass(frozen=True)
class Shown:
    """A text as shown: `language` is the one it is in; `is_fallback` where it is not the reader's.

    row          the translation it comes from, None where it is the source
    checked_by   who of its audience read these words and understood them; empty where nobody did
    """

    text: str
    language: str
    is_fallback: bool = False
    is_machine: bool = False
    is_outdated: bool = False
    row: TextRow | None = field(default=None, compare=False, repr=False)

    @property
    def checked_by(self) -> str:
        return str(CheckedBy(self.row.checked_by).label) if self.row and is_checked(self.row) else ""

    @property
    def dir(self) -> str:
        return direction(self.language)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


def show(source: str, source_language: str, rows: Iterable[TextRow], wanted: str) -> Shown:
    """The text for a reader of `wanted`: translation, near language, or the source with a visible note.

    rows: translations of this one text. An empty source with translations shows the translation.
    """
    by_language = {row.language: row for row in rows if row.text and row.state != TranslationState.IN_WORK}
    for tag in fallbacks(wanted):
        if tag == source_language and source:
            return Shown(source, source_language, is_fallback=tag != wanted)
        if row := by_language.get(tag):
            return Shown(
                row.text,
                tag,
                is_fallback=tag != wanted,
                is_machine=row.state == TranslationState.MACHINE,
                is_outdated=is_outdated(row.source_text, source),
                row=row,
            )
    return Shown(source, source_language, is_fallback=True)


def show_all(record, wanted: str) -> dict[str, Shown]:
    """Every text of a Translatable with its `translations` loaded (prefetch): name → Shown."""
    rows: dict[str, list] = {}
    for row in record.translations.all():
        rows.setdefault(row.text_name, []).append(row)
    return {
        name: show(getattr(record, name), record.language_of(name), rows.get(name, ()), wanted)
        for name in record.TEXTS
    }
