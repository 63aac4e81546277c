"""Texts of a paper: each in the reader's language where it exists, else marked as what it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from quartierwerk.documents.content import Span, Text, left_to_right, spans
from quartierwerk.languages.isolation import pieces
from quartierwerk.languages.showing import Shown
from quartierwerk.languages.tags import direction

from .state import State


@dataclass(frozen=True)
class Speech:
    """Says what a picture holds, with the language of each text."""

    state: State

    def of(self, row: Mapping[str, Any], name: str) -> Text:
        """A text that may be translated."""
        shown = self.state.texts.get((row["id"], name))
        return self.shown(shown) if shown else self.own(row[name])

    def shown(self, text: Shown) -> Text:
        return self._in(text.text, text.language)

    def own(self, text: str) -> Text:
        """Words that stand in one language only: names, offices, what somebody typed."""
        return self._in(text, self.state.source)

    def _in(self, text: str, language: str) -> Text:
        if language == self.state.lang:
            return self.in_order(text)
        return Span(text, lang=language)

    def in_order(self, text: str) -> Text:
        """Words of the reader's language: from right to left, numbers in them keep their order."""
        if direction(self.state.lang) != "rtl":
            return text
        return tuple(left_to_right(one) if in_order else Span(one) for one, in_order in pieces(text))

    @property
    def has_machine(self) -> bool:
        return any(one.is_machine for one in self.state.texts.values())


def joined(parts: Iterable[Text], between: str = ", ") -> Text:
    """Several texts as one."""
    whole: list[str | Span] = []
    for part in parts:
        if whole:
            whole.append(between)
        whole.extend(spans(part))
    return tuple(whole)
