"""Rows of a file read into values; what is wrong with one is a sentence, and the row is left out."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from quartierwerk.documents.cells import unguarded
from quartierwerk.intake.values import READERS, Misread, Style
from quartierwerk.intake.values import Kind as CellKind

from .schema import BY_NAME, SECTIONS, Column, Document, Row, Section

GERMAN = Style()
LARGEST = Decimal("99999999999")


class WrongFile(ValueError):
    """The file as a whole cannot be read; the sentence says why and what to do."""


@dataclass(frozen=True)
class Finding:
    """What is wrong with a row. `row` counts as the file does: a sheet's row, or an entry of a JSON list from 1."""

    section: str
    row: int
    title: str
    sentence: str
    is_error: bool = True

    def as_data(self) -> Row:
        return {
            "section": self.section,
            "row": self.row,
            "title": self.title,
            "sentence": self.sentence,
            "left_out": self.is_error,
        }


@dataclass
class Read:
    """What a file holds: rows in order, each with its number in the file."""

    rows: dict[str, list[tuple[int, Row]]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def of(self, section: str) -> list[tuple[int, Row]]:
        return self.rows.get(section, [])

    def add(self, section: Section, number: int, cells: Iterable[tuple[Column, Any]], *, typed: bool) -> None:
        """Read one row. typed: from JSON, whose values have types; else as people type into cells."""
        values: Row = {}
        wrong: list[str] = []
        cells = list(cells)
        for column, raw in cells:
            try:
                value = _typed(column, raw) if typed else _from_cell(column, raw)
                _check(column, value)
            except Misread as refusal:
                wrong.append(f"{column.heading}: {refusal.sentence} {refusal.advice}".strip())
                continue
            values[column.name] = value
        for column in section.columns:
            if column.required and not wrong and values.get(column.name) in (None, ""):
                wrong.append(_("“%(column)s” is missing.") % {"column": column.heading})
        named = {column.name: raw for column, raw in cells}.get(section.names, "")
        for sentence in wrong:
            self.findings.append(Finding(section.name, number, str(named)[:100], sentence))
        if not wrong:
            self.rows.setdefault(section.name, []).append((number, values))


def read_json(content: bytes) -> Read:
    """Raises WrongFile."""
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise WrongFile(_("The letters in this file cannot be read. Please save it in UTF-8.")) from None
    except (json.JSONDecodeError, RecursionError) as fault:
        line = getattr(fault, "lineno", 1)
        raise WrongFile(_("This is no JSON: line %(line)s cannot be read.") % {"line": line}) from None
    if not isinstance(document, dict):
        raise WrongFile(
            _("This file is no concept: it has none of the parts fields, needs, measures, goals.")
        )
    if isinstance(document.get("concept"), dict):
        document["concept"] = [document["concept"]]
    return read_document(document)


def read_document(document: Document) -> Read:
    found = Read()
    if not {section.name for section in SECTIONS} & set(document):
        raise WrongFile(
            _("This file is no concept: it has none of the parts fields, needs, measures, goals.")
        )
    for name in document:
        if name not in BY_NAME:
            raise WrongFile(
                _("The part “%(name)s” is not known. Please check its spelling.") % {"name": name}
            )
    for section in SECTIONS:
        rows = document.get(section.name, [])
        if not isinstance(rows, list):
            raise WrongFile(_("The part “%(name)s” is no list.") % {"name": section.name})
        for number, row in enumerate(rows, start=1):
            _read_entry(found, section, number, row)
    return found


def _read_entry(found: Read, section: Section, number: int, row: Any) -> None:
    if not isinstance(row, dict):
        found.findings.append(
            Finding(section.name, number, str(row)[:100], _("This entry is no record in { }."))
        )
        return
    if unknown := [name for name in row if section.column(name) is None]:
        sentence = _("“%(name)s” is not known here. Please check its spelling.") % {"name": unknown[0]}
        found.findings.append(Finding(section.name, number, str(row.get(section.names, ""))[:100], sentence))
        return
    cells = [(column, row[column.name]) for column in section.columns if column.name in row]
    found.add(section, number, cells, typed=True)


def _typed(column: Column, raw: Any) -> Any:
    match column.kind:
        case "list":
            if isinstance(raw, list) and all(isinstance(one, str) for one in raw):
                return list(dict.fromkeys(" ".join(one.split()) for one in raw if one.strip()))
        case "yes_no":
            if isinstance(raw, bool):
                return raw
        case "whole" | "cents":
            if raw is None or (isinstance(raw, int) and not isinstance(raw, bool)):
                return raw
        case "decimal":
            if raw is None:
                return None
            if isinstance(raw, str | int | float) and not isinstance(raw, bool):
                return _decimal(str(raw))
        case "day":
            if not raw:
                return None
            if isinstance(raw, str):
                try:
                    return date.fromisoformat(raw)
                except ValueError:
                    raise Misread(
                        _("“%(typed)s” is no day.") % {"typed": raw[:60]},
                        _("Please write it like 2026-10-31."),
                    ) from None
        case "choice":
            if isinstance(raw, str):
                if column.choices and raw in column.choices:
                    return raw
                raise _no_choice(column, raw, column.choices or {})
        case "text":
            if isinstance(raw, str):
                return READERS["lines"](raw, GERMAN)
        case _:
            if isinstance(raw, str):
                return READERS["text"](raw, GERMAN)
    raise Misread(_("“%(typed)s” does not belong here.") % {"typed": str(raw)[:60]})


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise Misread(_("“%(typed)s” is no number.") % {"typed": text[:60]}) from None
    if not value.is_finite():
        raise Misread(_("“%(typed)s” is no number.") % {"typed": text[:60]})
    return value


CELLS: dict[str, CellKind] = {
    "line": "text", "text": "lines", "yes_no": "yes_no", "day": "date", "whole": "whole", "decimal": "decimal",
    "cents": "amount",
}  # fmt: skip


def _from_cell(column: Column, raw: str) -> Any:
    text = unguarded(str(raw)).strip()
    if not text:
        return [] if column.kind == "list" else column.default
    if column.kind == "list":
        return list(dict.fromkeys(" ".join(one.split()) for one in text.splitlines() if one.strip()))
    if column.kind == "choice":
        words = {word.casefold(): code for code, word in (column.choices or {}).items()}
        words |= {code.casefold(): code for code in column.choices or {} if code}
        if text.casefold() in words:
            return words[text.casefold()]
        raise _no_choice(column, text, (column.choices or {}).values())
    return READERS[CELLS[column.kind]](text, GERMAN)


def _no_choice(column: Column, typed: str, allowed: Iterable[str]) -> Misread:
    return Misread(
        _("“%(typed)s” is not one of the words for this.") % {"typed": typed[:60]},
        _("Known are: %(words)s.") % {"words": ", ".join(word for word in allowed if word)},
    )


def _check(column: Column, value: Any) -> None:
    if isinstance(value, str) and len(value) > column.longest:
        raise Misread(
            _("The text has %(length)s characters; %(most)s are possible.")
            % {"length": len(value), "most": column.longest}
        )
    if isinstance(value, list) and (long := next((one for one in value if len(one) > column.longest), "")):
        raise Misread(
            _("The text has %(length)s characters; %(most)s are possible.")
            % {"length": len(long), "most": column.longest}
        )
    if isinstance(value, Decimal) and abs(value) >= LARGEST:
        raise Misread(_("“%(typed)s” is no number.") % {"typed": str(value)[:60]})
    if isinstance(value, int) and not isinstance(value, bool):
        low, high = column.low, column.high if column.high is not None else 2**62
        if (low is not None and value < low) or value > high:
            raise Misread(
                _("%(value)s is not between %(low)s and %(high)s.")
                % {"value": value, "low": low, "high": high}
            )
