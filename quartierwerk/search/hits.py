"""A record that was found: what is shown of it, and why it was found. Read and judged only where somebody looks."""

import json
import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property

import tantivy

from quartierwerk.search.analysis import base
from quartierwerk.search.queries import Answer
from quartierwerk.search.reasons import Evidence, Match, Standing, reasons
from quartierwerk.search.ring import built_in

MOST_KEPT = 1_000  # entries, some 10 KB each


class Stored:
    """A record's entry in the index."""

    def __init__(self, entry: tantivy.Document) -> None:
        self.kind = str(entry.get_first("kind"))
        self.id = str(entry.get_first("key")).split(":", 1)[1]
        self.tenant = int(entry.get_first("owner") or 0)
        self._raw = entry.get_first("shown")

    @cached_property
    def shown(self) -> dict:
        return json.loads(self._raw or b"{}")

    @cached_property
    def texts(self) -> dict[str, tuple[Standing, Standing, Standing]]:
        """Language → where words may stand, title first."""
        return {
            lang: (
                Standing("title", lang, title, folded[0]),
                Standing("extra", lang, extra, folded[2]),
                Standing("text", lang, text, folded[1]),
            )
            for lang, (title, text, extra, _source_id, *folded) in self.shown["texts"].items()
        }

    @cached_property
    def evidence(self) -> Evidence:
        return Evidence(self.shown["concepts"], self.shown["spoken"])


@dataclass(frozen=True)
class Hit:
    """`score` compares within one answer only."""

    stored: Stored
    answer: Answer
    reader: str  # her language
    score: float

    @property
    def kind(self) -> str:
        return self.stored.kind

    @property
    def id(self) -> str:
        return self.stored.id

    @property
    def tenant(self) -> int:
        return self.stored.tenant

    @property
    def source_lang(self) -> str:
        return str(self.stored.shown["source"])

    @cached_property
    def why(self) -> tuple[Match, ...]:
        found = self.stored
        return tuple(
            reasons(
                self.answer.units, found.texts, found.evidence, built_in(), self.answer.langs, self.reader
            )
        )

    @cached_property
    def _own_lang(self) -> str | None:
        texts = self.stored.shown["texts"]
        near = [*self.answer.langs, *(name for name in texts if base(name) == base(self.reader))]
        return next((name for name in near if name in texts), None)

    @property
    def is_own(self) -> bool:
        """Shown in the reader's language."""
        return self._own_lang is not None

    @cached_property
    def lang(self) -> str:
        """Of the text shown: the reader's where there is one, else the one that was found."""
        if self._own_lang:
            return self._own_lang
        matched = self.why[0].lang if self.why else self.source_lang
        return matched if matched in self.stored.shown["texts"] else self.source_lang

    @property
    def title(self) -> str:
        return str(self._text[0])

    @property
    def source_id(self) -> str:
        return str(self._text[3])

    @property
    def _text(self) -> list[str]:
        texts = self.stored.shown["texts"]
        return texts.get(self.lang) or next(iter(texts.values()))


class Entries:
    """The entries of one state of the index that were read last. Safe to share between threads."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self.searcher = searcher
        self._kept: OrderedDict[tuple[int, int], Stored] = OrderedDict()
        self._lock = threading.Lock()

    def at(self, address: tantivy.DocAddress) -> Stored:
        key = (address.segment_ord, address.doc)
        with self._lock:
            if found := self._kept.get(key):
                self._kept.move_to_end(key)
                return found
        found = Stored(self.searcher.doc(address))
        with self._lock:
            self._kept[key] = found
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return found
