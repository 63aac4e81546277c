"""Reading a city's table without ever guessing a number.

CSV with commas, semicolons or tabs, UTF-8 or Windows-1252, decimal point or comma, and XLSX. Every cell is kept
as text until somebody asks for numbers; then each cell must be one, or the row is named in a refusal.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from methods.refusal import Refused

POINT_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
COMMA_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?")
HAS_DECIMAL_COMMA = re.compile(r"[+-]?[0-9.]*[0-9],[0-9]+")
# "1.234" is 1.234 in English and 1234 in German: only the rest of the table can tell.
LOOKS_LIKE_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+")


def is_fraction(cell: str) -> bool:
    """Whether the point in this number cannot be a thousand's."""
    return "." in cell and bool(POINT_NUMBER.fullmatch(cell)) and not LOOKS_LIKE_THOUSANDS.fullmatch(cell)


class Number(str):
    """A cell that the file itself holds as a number (XLSX): no sign in it is in doubt."""


@dataclass(frozen=True)
class Table:
    """A table as text, with the line each row has in its file.

    columns  names of the header, unique
    rows     one tuple of cells per row, as many as columns, outer blanks removed
    lines    line of each row in the file; the header is line 1
    numeric  columns that are asked for as numbers: together they tell the decimal sign
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    delimiter: str = ","
    decimal: str | None = None
    fingerprint: str = ""
    numeric: tuple[str, ...] = ()

    def position(self, column: str) -> int:
        try:
            return self.columns.index(column)
        except ValueError:
            raise Refused(f"there is no column '{column}'; the table has {', '.join(self.columns)}") from None

    def texts(self, column: str) -> list[str]:
        at = self.position(column)
        return [row[at] for row in self.rows]

    def where(self, column: str, value: str) -> Table:
        """Only the rows with this value; they keep their line numbers."""
        at = self.position(column)
        kept = [i for i, row in enumerate(self.rows) if row[at] == value]
        if not kept:
            raise Refused(f"no row has '{value}' in column '{column}'")
        return replace(self, rows=tuple(self.rows[i] for i in kept), lines=tuple(self.lines[i] for i in kept))

    def keys(self, column: str, *, within: str | None = None) -> list[str]:
        """The column as keys: none empty, none twice (twice per value of `within`, if given)."""
        keys, outer = self.texts(column), self.texts(within) if within else [""] * len(self.rows)
        seen: dict[tuple[str, str], int] = {}
        for key, around, line in zip(keys, outer, self.lines, strict=True):
            if not key:
                raise Refused(f"row {line}: the area in column '{column}' is empty")
            if (first := seen.setdefault((around, key), line)) != line:
                in_year = f" in {around}" if within else ""
                raise Refused(f"row {line}: area {key} stands twice{in_year}, first in row {first}")
        return keys

    def numbers(
        self,
        column: str,
        *,
        names: Sequence[str],
        where: NDArray[np.bool_] | None = None,
        negative: bool = False,
    ) -> NDArray[np.float64]:
        """The column as numbers, shape (rows,); nan exactly where `where` is False.

        names     what to call each row in a refusal, as a rule its area
        negative  whether numbers below zero are allowed
        raises    Refused for an empty, non-numeric or forbidden cell, naming its row
        """
        decimal_comma, number = self.has_decimal_comma(column), POINT_NUMBER
        if decimal_comma:
            number = COMMA_NUMBER
        values = np.full(len(self.rows), np.nan)
        wanted = range(len(self.rows)) if where is None else np.flatnonzero(where).tolist()
        cells = self.texts(column)
        # "12.57" in the same column can only be a fraction; another column's signs prove nothing about this one.
        told = (
            self.decimal is not None
            or self.delimiter == ","
            or any(is_fraction(cell) for cell in cells if not isinstance(cell, Number))
        )
        for i in wanted:
            cell = cells[i]
            is_number = isinstance(cell, Number)
            if not (POINT_NUMBER if is_number else number).fullmatch(cell):
                what = f"'{cell}' is not a number" if cell else "the cell is empty"
                if cell.startswith("="):
                    what = "a formula without its result; save the file once in the spreadsheet program"
                raise Refused(f"row {self.lines[i]} (area {names[i]}), column '{column}': {what}")
            if decimal_comma and not is_number:
                cell = cell.replace(".", "").replace(",", ".")
            elif not told and not is_number and LOOKS_LIKE_THOUSANDS.fullmatch(cell):
                raise Refused(
                    f"row {self.lines[i]} (area {names[i]}), column '{column}': '{cell}' may be a thousand or a "
                    "fraction; say which sign is the decimal one (--decimal point or --decimal comma)"
                )
            values[i] = float(cell)
            if not np.isfinite(values[i]):
                raise Refused(
                    f"row {self.lines[i]} (area {names[i]}), column '{column}': '{cell}' is too large"
                )
            if values[i] < 0 and not negative:
                raise Refused(
                    f"row {self.lines[i]} (area {names[i]}), column '{column}': {cell} is below zero; "
                    "counts and shares cannot be"
                )
        return values

    def asked_for(self, *columns: str) -> Table:
        """The same table, with the columns that are numbers named; they must exist."""
        return replace(self, numeric=columns)

    def has_decimal_comma(self, column: str) -> bool:
        """Whether the decimal sign of this column is a comma: it or another column of numbers says so, no note does."""
        if self.decimal is not None:
            return self.decimal == ","
        # With commas between the cells a comma inside a number would be a mistake, not a sign.
        if self.delimiter == ",":
            return False
        return self._has_comma(column) or any(self._has_comma(other) for other in self.numeric)

    def _has_comma(self, column: str) -> bool:
        return any(HAS_DECIMAL_COMMA.fullmatch(cell) for cell in self.texts(column))


def read_table(path: str | Path, *, decimal: str | None = None) -> Table:
    """A table from a file ending in .xlsx (first sheet), else read as CSV.

    decimal  "." or ","; None finds out, and refuses where the table leaves it open
    raises   Refused for ragged rows, unnamed or repeated columns, an empty table; OSError if it cannot be read
    """
    content = Path(path).read_bytes()
    fingerprint = hashlib.sha256(content).hexdigest()
    if str(path).lower().endswith(".xlsx"):
        rows, lines, delimiter = *_sheet_rows(content), "\t"
    else:
        rows, lines, delimiter = _csv_rows(content)
    if not rows:
        raise Refused("the table is empty")
    columns = rows[0]
    if "" in columns:
        raise Refused(f"column {columns.index('') + 1} has no name in the first row")
    if repeated := sorted({name for name in columns if columns.count(name) > 1}):
        raise Refused(f"the column '{repeated[0]}' stands twice in the first row")
    for row, line in zip(rows[1:], lines[1:], strict=True):
        if len(row) != len(columns):
            raise Refused(f"row {line} has {len(row)} cells, the first row {len(columns)}")
    if len(rows) == 1:
        raise Refused("the table has a first row with names and nothing below it")
    return Table(columns, tuple(rows[1:]), tuple(lines[1:]), delimiter, decimal, fingerprint)


def _csv_rows(content: bytes) -> tuple[list[tuple[str, ...]], list[int], str]:
    try:
        # Excel's "Unicode text" is UTF-16 and says so in its first two bytes.
        is_utf16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
        text = content.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # what German spreadsheet programs write by default
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, lines = [], []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(tuple(cell.strip() for cell in row))
                lines.append(reader.line_num)
    except csv.Error as error:
        raise Refused(f"row {reader.line_num}: not readable as a table ({error})") from None
    return rows, lines, delimiter


def _sheet_rows(content: bytes) -> tuple[list[tuple[str, ...]], list[int]]:
    import openpyxl  # half a second to import; CSV readers should not wait for it

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever its parts raise on a broken file
        raise Refused(f"not readable as an XLSX table ({error})") from None
    rows, lines = [], []
    for line, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
        row = tuple(map(_sheet_cell, cells))
        if any(row):
            rows.append(row)
            lines.append(line)
    book.close()
    if not all(map(all, rows)):
        _fill_in_formulas(content, rows, lines)
    width = max((i + 1 for row in rows for i, cell in enumerate(row) if cell), default=0)
    return [row[:width] + ("",) * (width - len(row)) for row in rows], lines


def _fill_in_formulas(content: bytes, rows: list[tuple[str, ...]], lines: list[int]) -> None:
    """Show formulas whose result the file does not hold as what they are: such a cell is not empty."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    place = {line: i for i, line in enumerate(lines)}
    for line, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
        if (i := place.get(line)) is not None:
            rows[i] = tuple(
                cell if cell or not str(formula or "").startswith("=") else str(formula)
                for cell, formula in zip(rows[i], cells, strict=True)
            )
    book.close()


def _sheet_cell(cell: object) -> str:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Number(cell)
    return "" if cell is None else str(cell).strip()
