"""Tables as XLSX: real numbers and dates in German formats, header row frozen."""

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from quartierwerk.documents.cells import Column, Kind, Rows, Value, is_runnable, local, storable
from quartierwerk.documents.packing import same_bytes

# Excel writes formats in English signs and shows them in the reader's language: a German sees 1.234,50 €.
FORMATS: dict[Kind, str] = {
    "general": "General",
    "text": "@",
    "integer": "#,##0",
    "decimal": "#,##0.00",
    "euro": '#,##0.00\\ "€"',
    "percent": '0.0\\ "%"',
    "date": "dd.mm.yyyy",
    "moment": "dd.mm.yyyy\\ hh:mm",
}
LONGEST_CELL = 32_767  # Excel's limit; openpyxl would cut the rest off without a word
LOOKED_AT_FOR_WIDTH = 200
NARROWEST, WIDEST = 8.0, 60.0
FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True)
class Sheet:
    name: str
    columns: Sequence[Column]
    rows: Rows


def render(sheets: Sequence[Sheet], *, title: str = "", saved_at: datetime | None = None) -> bytes:
    """The sheets as one workbook, written row by row. Identical content gives identical bytes.

    raises  ValueError if a row has another number of cells than there are columns, or a text is too long for a cell
    """
    from openpyxl import Workbook

    if not sheets:
        raise ValueError("a workbook needs a sheet")
    book = Workbook(write_only=True)
    book.properties.title = title or None
    book.properties.creator = "Quartierwerk"
    names: set[str] = set()
    try:
        for sheet in sheets:
            _write(book, sheet, _name(sheet.name, names))
    except Exception:
        # Each page streams into a temporary file, which must not stay open.
        for page in book.worksheets:
            page.close()
        raise
    buffer = io.BytesIO()
    book.save(buffer)
    return same_bytes(buffer.getvalue(), saved_at)


def _name(wanted: str, taken: set[str]) -> str:
    """A name Excel accepts: 31 signs, none of []:*?/\\, no apostrophe at its ends, each only once."""
    base = storable(wanted).translate(FORBIDDEN_IN_NAMES).strip(" '") or "Tabelle"
    name, number = base[:31], 1
    while name.casefold() in taken:
        number += 1
        name = f"{base[: 31 - len(str(number)) - 1]} {number}"
    taken.add(name.casefold())
    return name


def _write(book: Any, sheet: Sheet, name: str) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(name)
    rows = iter(sheet.rows)
    first = list(islice(rows, LOOKED_AT_FOR_WIDTH))
    # Widths and the frozen row stand before the rows in the file, so they cannot wait for the last row.
    for at, column in enumerate(sheet.columns):
        page.column_dimensions[get_column_letter(at + 1)].width = column.width or _width(column, at, first)
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    head = [_cell(WriteOnlyCell(page), column.label, "text") for column in sheet.columns]
    for cell in head:
        cell.font, cell.alignment = bold, wrapped
    page.append(head)
    count = 1
    for count, row in enumerate(chain(first, rows), start=2):
        page.append(list(_cells(page, sheet.columns, row, count, wrapped)))
    if sheet.columns:
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{count}"


def _cells(
    page: Any, columns: Sequence[Column], row: Sequence[Value], number: int, wrapped: Any
) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell

    if len(row) != len(columns):
        raise ValueError(f"row {number} has {len(row)} cells, the table {len(columns)} columns")
    for column, value in zip(columns, row, strict=True):
        if isinstance(value, str) and len(value) > LONGEST_CELL:
            raise ValueError(
                f"row {number}, {column.label}: {len(value)} characters, a cell holds {LONGEST_CELL}. Export as CSV."
            )
        cell = _cell(WriteOnlyCell(page), value, column.kind)
        if isinstance(value, str) and "\n" in value:
            cell.alignment = wrapped
        yield cell


def _cell(cell: Any, value: Value, kind: Kind) -> Any:
    """One cell with its value. Text is typed as text, whatever it starts with."""
    match value:
        case None:
            return cell
        case str():
            text = storable(value)
            cell.value = text
            cell.data_type = "s"
            if is_runnable(text):
                # What Excel sets when a person types an apostrophe first: text it stays, even after editing.
                cell.quotePrefix = True
        case float() if not math.isfinite(value):
            return cell
        case Decimal() if not value.is_finite():
            return cell
        case datetime():
            cell.value = local(value)
            cell.number_format = FORMATS["moment" if kind in ("general", "moment") else kind]
        case date():
            cell.value = value
            cell.number_format = FORMATS["date"]
        case bool() | int() | float() | Decimal():
            cell.value = value
            cell.number_format = FORMATS["general" if kind in ("date", "moment") else kind]
        case _:
            raise TypeError(f"{type(value).__name__} is no value for a cell")
    return cell


def _width(column: Column, at: int, rows: Sequence[Sequence[Value]]) -> float:
    """As wide as its longest word lines, within bounds that fit a screen."""
    lengths = [len(column.label) + 3]
    for row in rows:
        if at < len(row) and row[at] is not None:
            value = row[at]
            shown = 16 if isinstance(value, datetime) else 10 if isinstance(value, date) else None
            lengths.append(
                shown or max(map(len, str(value).split("\n"))) + (5 if column.kind == "euro" else 1)
            )
    return min(max(float(max(lengths)), NARROWEST), WIDEST)
