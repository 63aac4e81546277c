"""All files of an import together: documents taken apart, tables put together, one bundle."""

from collections.abc import Sequence
from typing import Any

from quartierwerk.intake.report import Report

from ..files import Part
from . import documents, tables
from .bundle import Bundle, Source
from .linked import Joining
from .nested import Walk


def join(documents_: Sequence[tuple[str, Any]], parts: Sequence[Part]) -> Bundle:
    """Everything of a file or folder: objects of JSON documents under the names of their files, and tables."""
    bundle = Bundle()
    walk = Walk(bundle)
    tabular: list[Part] = []
    for name, document in documents_:
        if tables.is_tabular(document):
            tabular += tables.of_document(document, name)
        else:
            _document(bundle, walk, name, document)
    if everything := [*parts, *tabular]:
        _tables(bundle, walk, everything)
    bundle.settle()
    return bundle


def _document(bundle: Bundle, walk: "Walk", name: str, document: Any) -> None:
    found = list(documents.kinds(documents.entries(document), name))
    titles = {kind for kind, _entry in found}
    by_kind: dict[str, Source] = {}
    for number, (told, entry) in enumerate(found, 1):
        kind = told if isinstance(entry, dict) else ""
        source = by_kind.get(kind)
        if source is None:
            title = name if len(titles) == 1 else f"{name} ({kind or '?'})"
            source = by_kind[kind] = Source(title, kind, Report(title), "utf-8")
            bundle.sources.append(source)
        walk.top(kind, entry, source.report.row(number, _title(entry)), name, number)


def _title(entry: Any) -> str:
    if not isinstance(entry, dict):
        return str(entry)[:100]
    inner = entry.get("service") if isinstance(entry.get("service"), dict) else entry
    return str(inner.get("name") or inner.get("id") or "")[:100]


def _tables(bundle: Bundle, walk: Walk, parts: Sequence[Part]) -> None:
    found = tables.recognise(parts)
    joined = Joining(bundle, walk)
    for table in found:
        joined.load(table)
    known = {id(table.part) for table in found}
    for part in parts:
        if id(part) not in known:
            joined.unknown(part)
    joined.join()
