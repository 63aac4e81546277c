"""A municipality's own spreadsheet of its concept: a row names a field and what stands beside it, by a mapping of columns.

    {"columns": {"Handlungsfeld": "field", "Bedarf": "need", "Maßnahme": "measure", "Beginn": "measure.starts_on"},
     "sheet": "Matrix", "separators": [";"], "fields": {"Wohnen": "Wohnen und Leben", "Sport": null}}

A cell may hold several, one a line or between separators. An empty cell under the field means the field of the row above,
as merged cells come out of a file. `fields` answers which field here a name in the file means; null makes a new one.
"""

import json
import re
from collections.abc import Mapping as Mapped
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from quartierwerk.intake.table import Row as TableRow
from quartierwerk.intake.table import Table

from ..models.parts import key_of
from .parsing import Finding, Read, WrongFile
from .schema import BY_NAME, Column

PARTS = {"resource": "resources", "need": "needs", "measure": "measures", "goal": "goals"}
SEPARATORS = (";", "•", "▪", "·")
BULLET = re.compile(r"^\s*(?:[-–—*•▪·]|\d{1,2}[.)])\s+")

# Headings as concepts have them, by which a column is recognised without a mapping.
WORDS = {
    "field": ("handlungsfeld", "handlungsfelder", "handlungsbereich", "themenfeld", "feld"),
    "resource": ("ressource", "ressourcen", "vorhandene ressourcen", "bestand", "bestehende angebote"),
    "need": ("bedarf", "bedarfe", "festgestellte bedarfe", "handlungsbedarf"),
    "measure": ("maßnahme", "maßnahmen", "vorgeschlagene maßnahmen", "projekt"),
    "goal": ("ziel", "ziele", "zielsetzung"),
    "measure.what": ("beschreibung der maßnahme", "was", "inhalt"),
    "measure.lead": ("zuständig", "zuständigkeit", "federführung", "verantwortlich"),
    "measure.starts_on": ("beginn", "start", "ab"),
    "measure.ends_on": ("ende", "frist", "bis", "umsetzung bis"),
    "measure.quarter": ("ortsteil", "quartier", "stadtteil"),
    "goal.indicator_name": ("kennzahl", "indikator"),
}


@dataclass(frozen=True)
class Mapping:
    """columns  heading in the file → target: a part, or a part and one of its columns ("measure.starts_on")
    fields   name of a field in the file → name here, None for a new one
    """

    columns: Mapped[str, str] = field(default_factory=dict)
    sheet: str = ""
    separators: tuple[str, ...] = SEPARATORS
    fields: Mapped[str, str | None] = field(default_factory=dict)


def targets() -> dict[str, str]:
    """What a column can fill, with the words for people."""
    found = {
        "field": BY_NAME["fields"].heading,
        **{name: BY_NAME[part].heading for name, part in PARTS.items()},
    }
    for name, part in PARTS.items():
        for column in BY_NAME[part].columns:
            if column.kind != "list" and column.name not in ("title", "is_public"):
                found[f"{name}.{column.name}"] = f"{BY_NAME[part].heading}: {column.heading}"
    return found


def mapping_from_json(text: str) -> Mapping:
    """Raises WrongFile with a sentence."""
    try:
        given = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        raise WrongFile(_("The mapping file is no JSON.")) from None
    if not isinstance(given, dict):
        raise WrongFile(_("The mapping file is no record in { }."))
    if unknown := set(given) - {"columns", "sheet", "separators", "fields"}:
        sentence = _("“%(name)s” is not known in a mapping. Known are: columns, sheet, separators, fields.")
        raise WrongFile(sentence % {"name": sorted(unknown)[0]})
    columns, fields = given.get("columns", {}), given.get("fields", {})
    separators, sheet = given.get("separators", list(SEPARATORS)), given.get("sheet", "")
    if not (isinstance(columns, dict) and isinstance(fields, dict) and isinstance(separators, list)):
        raise WrongFile(_("In a mapping, columns and fields are records in { }, separators is a list."))
    if not (isinstance(sheet, str) and all(isinstance(one, str) and one for one in separators)):
        raise WrongFile(_("In a mapping, the sheet and each separator are texts."))
    for heading, target in columns.items():
        if target not in targets():
            sentence = _("“%(target)s” for the column “%(column)s” is not known. Known are: %(known)s.")
            known = ", ".join(sorted(targets()))
            raise WrongFile(sentence % {"target": target, "column": heading, "known": known})
    for name, answer in fields.items():
        if not (answer is None or isinstance(answer, str)):
            raise WrongFile(
                _("For the field “%(name)s” the mapping gives neither a name nor null.") % {"name": name}
            )
    return Mapping(columns, sheet, tuple(separators), fields)


def suggest(table: Table) -> dict[str, str]:
    """The columns whose headings say what they are; each target once."""
    known = {key_of(word): target for target, words in WORDS.items() for word in words}
    found: dict[str, str] = {}
    for heading in table.headers:
        target = known.get(key_of(heading))
        if target and target not in found.values():
            found[heading] = target
    return found


def problems(mapping: Mapping, table: Table) -> list[str]:
    """Why the table cannot be read with these columns; nothing where it can."""
    headers = ", ".join(header for header in table.headers if header)
    missing = [heading for heading in mapping.columns if heading not in table.headers]
    found = [
        _("The file has no column “%(name)s”. It has: %(columns)s.") % {"name": name, "columns": headers}
        for name in missing
    ]
    filled = list(mapping.columns.values())
    if "field" not in filled:
        found.append(
            _("No column says which field of action a row belongs to. The file has: %(columns)s.")
            % {"columns": headers}
        )
    if not set(filled) & set(PARTS):
        found.append(
            _("No column holds resources, needs, measures or goals. The file has: %(columns)s.")
            % {"columns": headers}
        )
    return found


def read_table(table: Table, mapping: Mapping) -> Read:
    """Raises WrongFile where the columns do not fit."""
    if wrong := problems(mapping, table):
        raise WrongFile(" ".join(wrong))
    return _Reading(mapping).of(table)


@dataclass
class _Item:
    number: int
    fields: list[str] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    title: str = ""


@dataclass
class _Reading:
    mapping: Mapping
    found: Read = field(default_factory=Read)
    fields: dict[str, tuple[str, int]] = field(default_factory=dict)
    items: dict[str, dict[str, _Item]] = field(default_factory=lambda: {name: {} for name in PARTS})
    current: str = ""

    def of(self, table: Table) -> Read:
        for row in table.rows:
            self._row(row)
        for name, number in self.fields.values():
            self.found.add(BY_NAME["fields"], number, [(_column("fields", "name"), name)], typed=False)
        for name, part in PARTS.items():
            for item in self.items[name].values():
                self._add(part, item)
        return self.found

    def _add(self, part: str, item: _Item) -> None:
        cells: list[tuple[Column, Any]] = [(_column(part, "title"), item.title)]
        if part != "resources":
            cells.append((_column(part, "fields"), "\n".join(item.fields)))
        cells += [(_column(part, name), text) for name, text in item.cells.items()]
        self.found.add(BY_NAME[part], item.number, cells, typed=False)
        if part == "resources":
            for one in item.fields:
                entry = [
                    (_column("resource_entries", "field"), one),
                    (_column("resource_entries", "resource"), item.title),
                ]
                self.found.add(BY_NAME["resource_entries"], item.number, entry, typed=False)

    def _row(self, row: TableRow) -> None:
        filled = {
            target: " ".join(row.cells.get(heading, "").split())
            if target == "field"
            else row.cells.get(heading, "")
            for heading, target in self.mapping.columns.items()
        }
        if formula := next((heading for heading in row.formulas if heading in self.mapping.columns), ""):
            sentence = _("The cell under “%(column)s” holds a formula. Please write its value.")
            self._refuse(row, filled, sentence % {"column": formula})
            return
        self.current = filled["field"] or self.current
        held = {name: self._split(filled.get(name, "")) for name in PARTS}
        if not self.current:
            self._refuse(row, filled, _("This row names no field of action, nor does a row above it."))
            return
        loose = next(
            (
                t
                for t, text in filled.items()
                if "." in t and text.strip() and len(held[t.split(".")[0]]) != 1
            ),
            "",
        )
        if loose:
            part = loose.split(".")[0]
            sentence = _(
                "“%(column)s” belongs to one entry, but the row has %(count)s under “%(part)s”. Please write one a row."
            )
            heading = next(heading for heading, target in self.mapping.columns.items() if target == loose)
            values = {"column": heading, "count": len(held[part]), "part": BY_NAME[PARTS[part]].heading}
            self._refuse(row, filled, sentence % values)
            return
        self.fields.setdefault(key_of(self.current), (self.current, row.number))
        for name, titles in held.items():
            for title in titles:
                self._hold(name, title, row.number, filled)

    def _hold(self, name: str, title: str, number: int, filled: dict[str, str]) -> None:
        item = self.items[name].setdefault(key_of(title), _Item(number, title=title))
        if self.current not in item.fields:
            item.fields.append(self.current)
        for target, text in filled.items():
            part, _dot, column = target.partition(".")
            if part == name and column and text.strip():
                item.cells.setdefault(column, text)

    def _split(self, text: str) -> list[str]:
        for separator in self.mapping.separators:
            text = text.replace(separator, "\n")
        found = (" ".join(BULLET.sub("", line).split()) for line in text.splitlines())
        return list(dict.fromkeys(one for one in found if one))

    def _refuse(self, row: TableRow, filled: dict[str, str], sentence: str) -> None:
        named = next(
            (filled[name] for name in ("measure", "need", "goal", "resource") if filled.get(name)), ""
        )
        self.found.findings.append(Finding("fields", row.number, named[:100], sentence))


def _column(part: str, name: str) -> Column:
    column = BY_NAME[part].column(name)
    if column is None:
        raise KeyError(f"{part}.{name}")
    return column
