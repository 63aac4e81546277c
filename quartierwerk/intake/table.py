"""A table of texts as it comes out of a file: header, rows, and what was noticed on the way.

Formulas are never evaluated: they stay the text they are and are marked.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import gettext as _

MAX_ROWS = 200_000
MAX_COLUMNS = 400
# Empty cells cost memory too: a narrow file of commas must not take a gigabyte.
MAX_CELLS = 3_000_000
HEADER_WITHIN = 60  # filled rows from the top

Format = Literal["csv", "xlsx", "json", "geojson"]


class Unreadable(ValueError):
    """Raised for a file that cannot be read as a table. `code` names the reason, the message is for people."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@dataclass
class Row:
    """One row under its header. `number` counts as a spreadsheet does, or the entries of a JSON list from 1."""

    number: int
    cells: dict[str, str]
    formulas: frozenset[str] = frozenset()  # columns that hold a formula or a spreadsheet's error value
    too_many: tuple[str, ...] = ()  # filled cells beyond the last column
    too_few: int = 0  # cells that are missing at the end


@dataclass
class Table:
    headers: tuple[str, ...]
    rows: list[Row]
    format: Format
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    empty_rows: int = 0  # between rows that hold something
    above_header: int = 0  # filled rows left out because they stand above the header
    notes: list[str] = field(default_factory=list)  # what was noticed on the whole file, in sentences


# A formula as spreadsheets run it: "=…" always, the others only in the shape of a call or of a command.
_FORMULA = re.compile(r"^\s*(?:=\s*[^\s=]|[+\-@][A-Za-z][\w.]*[(|!])")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run this text. A phone number with + and a negative number are none."""
    return _FORMULA.match(text) is not None


def table_from(
    records: Iterable[list[str]], format: Format, formulas: dict[int, set[int]] | None = None
) -> Table:
    """Find the header and put the rows under it.

    formulas    row number → columns (from 0) known to hold formulas, where the file itself says so
    """
    filled: list[tuple[int, list[str]]] = []
    last = cells = 0
    for number, record in enumerate(records, 1):
        cells += len(record)
        if len(filled) > MAX_ROWS or cells > MAX_CELLS:
            raise Unreadable(
                "too_many_rows",
                _("The file has more than %(rows)s rows. Please split it.") % {"rows": MAX_ROWS},
            )
        if any(cell.strip() for cell in record):
            filled.append((number, record))
            last = number
    if not filled:
        raise Unreadable("empty", _("The file is empty."))
    above = _header_place([record for _number, record in filled[:HEADER_WITHIN]])
    header_number, header = filled[above]
    headers = _headers(header, [record for _number, record in filled[above + 1 :]])
    rows = [
        _row(number, record, headers, (formulas or {}).get(number, set()))
        for number, record in filled[above + 1 :]
    ]
    if format == "xlsx":
        for row in rows:
            row.too_few = 0  # a workbook does not store empty cells at the end of a row: nothing is missing
    table = Table(tuple(headers), rows, format, above_header=above)
    table.empty_rows = last - header_number - len(rows)
    if not rows:
        table.notes.append(_("The file has a header and no rows below it."))
    return table


def _header_place(records: list[list[str]]) -> int:
    """Index of the header: the first row that fills most columns; titles above a table fill one or two."""
    counts = [sum(bool(cell.strip()) for cell in record) for record in records]
    most = max(counts)
    needed = 1 if most == 1 else max(2, -(-most * 3 // 5))
    return next(place for place, count in enumerate(counts) if count >= needed)


def _headers(header: list[str], below: list[list[str]]) -> list[str]:
    names = [" ".join(cell.split()) for cell in header]
    # Columns without a name count only where a row fills them.
    while not names[-1] and not any(
        cell.strip() for record in below for cell in record[len(names) - 1 : len(names)]
    ):
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise Unreadable(
            "too_many_columns", _("The file has more than %(columns)s columns.") % {"columns": MAX_COLUMNS}
        )
    seen = Counter(name.casefold() for name in names if name)
    if double := [name for name in dict.fromkeys(names) if name and seen[name.casefold()] > 1]:
        raise Unreadable(
            "duplicate_headers",
            _("Several columns have the same name: %(names)s. Please give each column its own name.")
            % {"names": ", ".join(double)},
        )
    return [name or f"({column_letter(place)})" for place, name in enumerate(names)]


def is_nameless(header: str) -> bool:
    """Whether a column got its letter for want of a name."""
    return re.fullmatch(r"\([A-Z]{1,3}\)", header) is not None


def column_letter(place: int) -> str:
    """Spreadsheet name of a column counted from 0: A, B, … Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _row(number: int, record: list[str], headers: list[str], formulas: set[int]) -> Row:
    width = len(headers)
    cells = {name: record[place].strip() if place < len(record) else "" for place, name in enumerate(headers)}
    marked = {
        name
        for place, name in enumerate(headers)
        if place in formulas or (cells[name][:1] in ("=", "+", "-", "@") and is_formula(cells[name]))
    }
    too_many = tuple(cell.strip() for cell in record[width:] if cell.strip())
    return Row(number, cells, frozenset(marked), too_many, max(0, width - len(record)))
