"""The search index: public records in all their languages, derived from the database and rebuilt in seconds.

One entry per record holds all its texts, so counts are true and no record appears twice. The folder holds whole
builds and a file `current` that names the one in use; replacing that file switches all readers. One writer at a time
under a lock file; readers notice a new build or commit at their next search. Nothing but public texts may enter.
"""

import contextlib
import fcntl
import json
import os
import shutil
import threading
import time
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from quartierwerk.languages.names import fold
from quartierwerk.search.analysis import tokens
from quartierwerk.search.hits import Entries, Hit
from quartierwerk.search.latin import key_of_word
from quartierwerk.search.queries import Answer, Question, Wanted
from quartierwerk.search.ring import built_in
from quartierwerk.search.units import OwnWords

VERSION = 5  # of the schema and of the folding; a build of another version counts as missing
STORED_TEXT = 3_000  # characters per language kept to say why a record was found
SPOKEN = "language:"  # facets of this group are found by the names of the languages too
WRITER_MEMORY = 128_000_000  # bytes; tantivy wants at least 15 MB a thread


class NoIndex(Exception):
    """Raised when there is no usable build: build one."""


class Busy(Exception):
    """Raised when another process writes and does not finish in time."""


@dataclass(frozen=True)
class Text:
    """A record in one language. `extra` holds words that should find it without being shown (synonyms, place names)."""

    title: str
    text: str = ""
    extra: str = ""
    source_id: str = ""


@dataclass(frozen=True)
class Document:
    """A public record. Facets are written `group:value`.

    also      other municipalities on whose portals it shows
    places    names of quarters and towns: words that narrow down where, not what
    labels    language → words of fields with fixed values (topic, kind), also where no text is in it
    concepts  codes of the ring that such fields mean: childcare, free, evening
    """

    kind: str
    id: str
    tenant: int
    texts: Mapping[str, Text]
    source_lang: str
    facets: Collection[str] = ()
    also: Collection[int] = ()
    places: Collection[str] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    concepts: Collection[str] = ()


@dataclass
class Found:
    """`count` is the true number of records. `how` tells which search answered: see `queries`.

    facets    `group:value` → records; values of a chosen group are counted as if nothing were chosen in it
    concepts  codes of what was understood, for pages that offer related topics
    """

    hits: list[Hit]
    count: int
    how: str
    words: tuple[str, ...] = ()
    facets: dict[str, int] = field(default_factory=dict)
    concepts: tuple[str, ...] = ()


# Words and their stems by field, ends of joined words, concepts by field, keys of other scripts, names of places.
_WORD_FIELDS = (
    *("title", "extra", "text", "stem_title", "stem_extra", "stem_text"),
    *("parts_title", "parts_text", "c_title", "c_extra", "c_text", "latin", "place"),
)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("key", "kind"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("facet", "exact", "lang"):
        builder.add_text_field(name, fast=name == "facet", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("owner", stored=True)
    builder.add_unsigned_field("tenant", indexed=True)
    for name in _WORD_FIELDS:
        builder.add_text_field(name, tokenizer_name="spaces", index_option="basic")
    builder.add_bytes_field("shown", stored=True)
    return builder.build()


def _entry(document: Document) -> tantivy.Document:
    entry = tantivy.Document()
    entry.add_text("key", f"{document.kind}:{document.id}")
    entry.add_text("kind", document.kind)
    entry.add_unsigned("owner", document.tenant)
    for tenant in {document.tenant, *document.also}:
        entry.add_unsigned("tenant", tenant)
    for facet in document.facets:
        entry.add_text("facet", facet)
    entry.add_text("place", " ".join(fold(name) for name in document.places))
    fields: dict[str, list[str]] = {name: [] for name in _WORD_FIELDS}
    for lang, text in document.texts.items():
        entry.add_text("lang", lang)
        entry.add_text("exact", fold(text.title))
        for name, written in (("title", text.title), ("extra", text.extra), ("text", text.text)):
            cut = tokens(written, lang)
            fields[name].append(cut.words)
            fields[f"stem_{name}"].append(cut.stems)
            fields["parts_text" if name == "text" else "parts_title"].append(cut.parts)
            if name == "title":
                fields["latin"] += filter(None, map(key_of_word, cut.words.split()))
    for lang, words in document.labels.items():
        cut = tokens(words, lang)
        fields["extra"].append(cut.words)
        fields["stem_extra"].append(cut.stems)
    fields["c_text"] += document.concepts
    evidence = _evidence(document)
    for code, found in evidence.items():
        for name in found:
            fields[f"c_{name}"].append(code)
    for name, values in fields.items():
        if values:
            entry.add_text(name, " ".join(values))
    entry.add_bytes("shown", _shown(document, evidence))
    return entry


def _evidence(document: Document) -> dict[str, dict[str, tuple[str, str]]]:
    """Concepts the record means → field → language and piece of text, each field's first."""
    ring = built_in()
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for lang, text in document.texts.items():
        for name, written in (("title", text.title), ("extra", text.extra), ("text", text.text)):
            for code, piece in ring.in_text(written, lang).items():
                if name == "title" or not ring.concepts[code].only_titles:
                    found.setdefault(code, {}).setdefault(name, (lang, piece))
    return found


def _shown(document: Document, evidence: dict[str, dict[str, tuple[str, str]]]) -> bytes:
    texts = {}
    for lang, text in document.texts.items():
        written = (text.title, text.text[:STORED_TEXT], text.extra[:STORED_TEXT])
        texts[lang] = [*written, text.source_id, *(tokens(piece, lang).words for piece in written)]
    best = {}
    for code, found in evidence.items():
        name = next(name for name in ("title", "extra", "text") if name in found)
        lang, piece = found[name]
        best[code] = [lang, name, piece]
    spoken = [facet.removeprefix(SPOKEN) for facet in document.facets if facet.startswith(SPOKEN)]
    shown = {"source": document.source_lang, "texts": texts, "concepts": best, "spoken": spoken}
    return json.dumps(shown, ensure_ascii=False).encode()


_Facts = tuple[int, int]  # when written, which file


@dataclass(frozen=True)
class _Opened:
    """A build as one commit left it; what is read from it belongs together."""

    name: str
    index: tantivy.Index
    entries: Entries
    pointer: _Facts
    meta_file: str
    meta: _Facts


def _facts(path: str) -> _Facts:
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return 0, 0
    return found.st_mtime_ns, found.st_ino


class Index:
    """The index in a folder, for reading and writing; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pointer = str(folder / "current")
        self._opened: _Opened | None = None
        self._lock = threading.Lock()

    # Writing

    @contextlib.contextmanager
    def writing(self, wait: float = 30.0) -> Iterator[None]:
        """Hold the one writer's lock. The kernel drops it when the process dies."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "writer.lock").open("w") as lock:
            deadline = time.monotonic() + wait
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= deadline:
                        raise Busy("another process is writing the search index") from None
                    time.sleep(0.05)
            yield

    def rebuild(self, documents: Iterable[Document], *, wait: float = 30.0) -> int:
        """Build anew from all public records, then switch. Readers use the old build until the new one is whole."""
        with self.writing(wait):
            name = f"build-{uuid.uuid4().hex}"
            path = self.folder / name
            path.mkdir()
            try:
                index = _prepared(tantivy.Index(_schema(), path=str(path)))
                count = _write(index, documents)
                self._switch(name)
            except BaseException:
                shutil.rmtree(path, ignore_errors=True)
                raise
            self._remove_old(name)
            return count

    def update(
        self,
        documents: Iterable[Document] = (),
        *,
        removed: Iterable[tuple[str, str]] = (),
        wait: float = 30.0,
    ) -> None:
        """Replace some records and remove others, given as (kind, id), in one commit."""
        with self.writing(wait):
            index = self._current().index
            _write(index, documents, [f"{kind}:{pk}" for kind, pk in removed], replacing=True)

    def forget(self, *, wait: float = 30.0) -> None:
        """As if there never was one: the next writer builds anew from the database."""
        with self.writing(wait):
            (self.folder / "current").unlink(missing_ok=True)
            self._remove_old("")

    def _switch(self, name: str) -> None:
        pointer = self.folder / f"current.{uuid.uuid4().hex}"
        with pointer.open("w") as file:
            file.write(f"{VERSION} {name}")
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self.folder / "current")

    def _remove_old(self, current: str) -> None:
        """Builds no longer in use, and those a killed process left. Open readers keep their files until they switch."""
        for path in self.folder.glob("build-*"):
            if path.name != current:
                shutil.rmtree(path, ignore_errors=True)
        for path in self.folder.glob("current.*"):
            path.unlink(missing_ok=True)

    # Reading

    def _current(self) -> "_Opened":
        """The build in use in its latest state; two looks at files where nothing changed."""
        opened = self._opened
        if (
            opened is None
            or _facts(self._pointer) != opened.pointer
            or _facts(opened.meta_file) != opened.meta
        ):
            with self._lock:
                self._opened = opened = self._opened_anew()
        return opened

    def _opened_anew(self) -> "_Opened":
        pointer = _facts(self._pointer)  # before it is read: a later build is seen at the next search
        try:
            version, name = Path(self._pointer).read_text().split()
        except (FileNotFoundError, NotADirectoryError, ValueError):
            raise NoIndex(str(self.folder)) from None
        if version != str(VERSION):
            raise NoIndex(f"built by version {version}")
        meta_file = str(self.folder / name / "meta.json")
        meta = _facts(meta_file)
        if self._opened and self._opened.name == name:
            index = self._opened.index
        else:
            try:
                index = _prepared(tantivy.Index.open(str(self.folder / name)))
            except (ValueError, OSError) as error:
                raise NoIndex(str(error)) from error
        # Another process may have committed: its commit rewrites meta.json.
        index.reload()
        return _Opened(name, index, Entries(index.searcher()), pointer, meta_file, meta)

    def state(self) -> str:
        """Differs after every build and commit. Raises NoIndex."""
        opened = self._current()
        return f"{opened.name} {opened.meta[0]}"

    def is_built(self) -> bool:
        try:
            self._current()
        except NoIndex:
            return False
        return True

    def size(self) -> int:
        """Number of records."""
        return int(self._current().entries.searcher.num_docs)

    def search(
        self,
        query: str,
        *,
        lang: str,
        tenants: Collection[int] | None = None,
        kinds: Collection[str] | None = None,
        facets: Mapping[str, Collection[str]] | None = None,
        limit: int = 20,
        offset: int = 0,
        count_facets: bool = False,
        own: Collection[OwnWords] = (),
    ) -> Found:
        """Best first; among equals those that can be shown in the reader's language.

        tenants     None for all; an empty collection finds nothing
        facets      group → values, one of which a record must have in each group
        own         words the municipality put into the synonym ring
        """
        opened = self._current()
        index, searcher = opened.index, opened.entries.searcher
        wanted = Wanted(tenants, kinds, facets or {})
        question = Question(searcher, index.schema, query, lang, wanted, built_in(), own)
        answer = question.answer(limit, offset)
        hits = [
            Hit(opened.entries.at(address), answer, lang, round(score, 4)) for score, address in answer.places
        ]
        concepts = (code for unit in answer.units for code in unit.concepts)
        words = tuple(word.typed for word in question.words)
        found = Found(hits, answer.count, answer.how, words, concepts=tuple(dict.fromkeys(concepts)))
        if count_facets:
            found.facets = _facet_counts(searcher, index.schema, answer, wanted)
        return found


def _prepared(index: tantivy.Index) -> tantivy.Index:
    """Tokenizers belong to the opened index, not to its files: register them after every open."""
    spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("spaces", spaces)
    # Readers reload by themselves when meta.json changes; no watching thread per process.
    index.config_reader(reload_policy="manual")
    return index


def _write(
    index: tantivy.Index,
    documents: Iterable[Document],
    removed: Iterable[str] = (),
    *,
    replacing: bool = False,
) -> int:
    writer = index.writer(heap_size=WRITER_MEMORY, num_threads=1)
    count = 0
    try:
        for key in removed:
            writer.delete_documents_by_term("key", key)
        for document in documents:
            if replacing:
                writer.delete_documents_by_term("key", f"{document.kind}:{document.id}")
            writer.add_document(_entry(document))
            count += 1
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    writer.wait_merging_threads()
    return count


def _facet_counts(
    searcher: tantivy.Searcher, schema: tantivy.Schema, answer: Answer, wanted: Wanted
) -> dict[str, int]:
    """Counts among the hits; a chosen group's own values are counted without that choice, so that others can be added."""
    counted = _counted(searcher, answer.query)
    for group in wanted.facets:
        filters = [Query.const_score_query(part, 0.0) for part in wanted.queries(schema, without=group)]
        parts = [(Occur.Must, answer.matching), *((Occur.Must, part) for part in filters)]
        for facet, count in _counted(searcher, Query.boolean_query(parts)).items():
            if facet.startswith(f"{group}:"):
                counted[facet] = count
    return counted


def _counted(searcher: tantivy.Searcher, query: Query) -> dict[str, int]:
    counted = searcher.aggregate(query, {"facets": {"terms": {"field": "facet", "size": 500}}})
    return {bucket["key"]: int(bucket["doc_count"]) for bucket in counted["facets"]["buckets"]}
