"""The document as a workbook with a sheet for each part, and such a workbook read again."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from quartierwerk.documents import xlsx
from quartierwerk.documents.cells import Column as CellColumn
from quartierwerk.documents.cells import Kind as CellKind
from quartierwerk.intake.reading import open_table
from quartierwerk.intake.table import Unreadable

from .parsing import Finding, Read, WrongFile
from .schema import BY_HEADING, BY_NAME, SECTIONS, Column, Document, Section

KINDS: dict[str, CellKind] = {
    "line": "text", "text": "text", "list": "text", "choice": "text", "yes_no": "text", "day": "date",
    "whole": "general", "decimal": "general", "cents": "euro",
}  # fmt: skip


def workbook(document: Document) -> bytes:
    sheets = [
        xlsx.Sheet(
            section.heading,
            [CellColumn(column.heading, KINDS[column.kind]) for column in section.columns],
            [[cell(column, row) for column in section.columns] for row in document[section.name]],
        )
        for section in SECTIONS
        if document.get(section.name)
    ]
    return xlsx.render(sheets, title=document["concept"][0]["title"] if document.get("concept") else "")


def cell(column: Column, row: dict[str, Any]) -> Any:
    """What nobody said stays empty, so that reading it again says nothing either."""
    if column.name not in row or row[column.name] in (None, "", []):
        return None
    value = row[column.name]
    match column.kind:
        case "list":
            return "\n".join(value)
        case "yes_no":
            return "ja" if value else "nein"
        case "choice":
            return (column.choices or {})[value]
        case "cents":
            return Decimal(value) / 100
    return value


def is_ours(sheets: tuple[str, ...]) -> bool:
    return BY_NAME["fields"].heading in sheets and any(
        BY_NAME[name].heading in sheets for name in ("resources", "needs", "measures", "goals")
    )


def read_workbook(content: bytes, sheets: tuple[str, ...]) -> Read:
    """Raises WrongFile. Sheets that we do not write are left alone."""
    found = Read()
    for heading in sheets:
        if section := BY_HEADING.get(heading):
            _read_sheet(found, section, content)
    return found


def _read_sheet(found: Read, section: Section, content: bytes) -> None:
    try:
        table = open_table(content, format="xlsx", sheet=section.heading)
    except Unreadable as refusal:
        if refusal.code == "empty":
            return
        raise WrongFile(refusal.sentence) from None
    columns = {column.heading: column for column in section.columns}
    for row in table.rows:
        if row.formulas & set(columns):
            found.findings.append(_formula(section, row))
            continue
        cells = [
            (columns[heading], text)
            for heading, text in row.cells.items()
            if heading in columns and text.strip()
        ]
        found.add(section, row.number, cells, typed=False)


def _formula(section: Section, row: Any) -> Finding:
    heading = next(iter(sorted(row.formulas)))
    named = section.column(section.names)
    return Finding(
        section.name,
        row.number,
        row.cells.get(named.heading if named else "", "")[:100],
        _("The cell under “%(column)s” holds a formula. Please write its value.") % {"column": heading},
    )
