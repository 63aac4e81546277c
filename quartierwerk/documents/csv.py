"""Tables as CSV: for German spreadsheets, or for machines."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from quartierwerk.documents.cells import Column, Rows, Value, guarded, local, storable


@dataclass(frozen=True)
class Dialect:
    """guard  put an apostrophe before text a spreadsheet would run; off only for files that machines read"""

    separator: str = ";"
    decimal_mark: str = ","
    german_dates: bool = True
    byte_order_mark: bool = True
    guard: bool = True


GERMAN = Dialect()
PLAIN = Dialect(separator=",", decimal_mark=".", german_dates=False, byte_order_mark=False)
MACHINE = Dialect(separator=",", decimal_mark=".", german_dates=False, byte_order_mark=False, guard=False)


def render(columns: Sequence[Column], rows: Rows, *, dialect: Dialect = GERMAN) -> bytes:
    """A table with a header row, UTF-8, lines ended by CR LF.

    raises  ValueError if a row has another number of cells than there are columns
    """
    return b"".join(stream(columns, rows, dialect=dialect))


def stream(columns: Sequence[Column], rows: Rows, *, dialect: Dialect = GERMAN) -> Iterator[bytes]:
    """The same piece by piece, for tables that should not lie in memory whole."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=dialect.separator, lineterminator="\r\n")
    if dialect.byte_order_mark:
        buffer.write("\ufeff")
    writer.writerow([_text(column.label, dialect) for column in columns])
    for number, row in enumerate(rows, start=1):
        if len(row) != len(columns):
            raise ValueError(f"row {number} has {len(row)} cells, the table {len(columns)} columns")
        writer.writerow([_text(value, dialect) for value in row])
        if buffer.tell() > 64 * 1024:
            yield _emptied(buffer)
    yield _emptied(buffer)


def _emptied(buffer: io.StringIO) -> bytes:
    written = buffer.getvalue().encode("utf-8")
    buffer.seek(0)
    buffer.truncate()
    return written


def _text(value: Value, dialect: Dialect) -> str:
    match value:
        case None:
            return ""
        case bool():
            # The words a German spreadsheet reads back as truth values.
            return ("WAHR" if value else "FALSCH") if dialect.german_dates else str(value).lower()
        case int():
            return str(value)
        case float() | Decimal():
            return _number(value).replace(".", dialect.decimal_mark)
        case datetime():
            moment = local(value)
            return f"{moment:%d.%m.%Y %H:%M}" if dialect.german_dates else value.isoformat()
        case date():
            return f"{value:%d.%m.%Y}" if dialect.german_dates else value.isoformat()
        case str():
            text = storable(value)
            return guarded(text) if dialect.guard else text
    raise TypeError(f"{type(value).__name__} is no value for a cell")


def _number(value: float | Decimal) -> str:
    """Never in powers of ten, which spreadsheets round; not-a-number is no value."""
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    return f"{number:f}" if number.is_finite() else ""
