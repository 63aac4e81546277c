"""Reading XLSX without trusting it: sizes are checked before unpacking, formulas stay text, entities are refused."""

import datetime
import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import openpyxl
from django.utils.translation import gettext as _

from quartierwerk.intake.table import MAX_ROWS, Table, Unreadable, table_from
from quartierwerk.languages.dates import format_date, format_time

MAX_UNPACKED = 200 * 1024 * 1024
MAX_PARTS = 2_000
_SIGNS = tuple("=+-@＝＋－＠\t\r\n")  # that make a spreadsheet run or change a text
ERROR_VALUES = ("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!")


def read_workbook(content: bytes, *, sheet: str | None = None) -> Table:
    _check_package(content)
    try:
        # Read-only does not load pictures and charts; formulas instead of their stored results, which may be stale.
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except Exception as error:
        raise _broken() from error
    try:
        return _read_sheet(book, sheet)
    except Unreadable:
        raise
    except Exception as error:
        raise _broken() from error
    finally:
        book.close()


def _broken() -> Unreadable:
    return Unreadable(
        "broken_xlsx", _("This spreadsheet is damaged. Please open and save it again, or send CSV.")
    )


def _check_package(content: bytes) -> None:
    """Refuse what would fill memory or is no spreadsheet. The sizes declared bind the unpacking, too."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            if "xl/workbook.xml" not in names:
                raise Unreadable(
                    "no_table", _("This file is no Excel spreadsheet. Please save it as .xlsx or as CSV.")
                )
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise Unreadable("too_large", _("Unpacked, this spreadsheet is too large. Please split it."))
            if any(part.flag_bits & 1 for part in parts):
                raise Unreadable(
                    "password", _("This spreadsheet has a password. Please save it without one.")
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _refuse_entities(package, part)
    except Unreadable:
        raise
    except Exception as error:  # zlib, struct, bad lengths: the zip module raises many kinds
        raise _broken() from error


def _refuse_entities(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    tail = b""
    with package.open(part) as stream:
        while chunk := stream.read(1 << 16):
            window = tail + chunk
            # Excel writes UTF-8 and no document type; entities in one can multiply or read files.
            if (
                b"<!DOCTYPE" in window
                or b"<!ENTITY" in window
                or window.startswith((b"\xff\xfe", b"\xfe\xff"))
            ):
                raise _broken()
            tail = chunk[-16:]


def _read_sheet(book: Any, wanted: str | None) -> Table:
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
    names = tuple(sheet.title for sheet in visible)
    if wanted is not None and wanted not in names:
        raise Unreadable(
            "no_sheet",
            _("There is no sheet “%(wanted)s”. The file has: %(names)s.")
            % {"wanted": wanted, "names": ", ".join(names)},
        )
    for sheet in visible:
        if wanted is not None and sheet.title != wanted:
            continue
        formulas: dict[int, set[int]] = {}
        try:
            table = table_from(_records(sheet, formulas), "xlsx", formulas)
        except Unreadable as problem:
            if problem.code == "empty" and wanted is None:
                continue
            raise
        table.sheet, table.sheets = sheet.title, names
        if wanted is None and len(names) > 1:
            table.notes.append(
                _("The file has %(count)s sheets; read was “%(name)s”.")
                % {"count": len(names), "name": sheet.title}
            )
        return table
    raise Unreadable("empty", _("The file is empty."))


def _records(sheet: Any, formulas: dict[int, set[int]]) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what the file says about its size may be wrong
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number > 5 * MAX_ROWS:  # rows far below the table
            return
        record = []
        for place, cell in enumerate(cells):
            if cell.data_type in ("f", "e") or (isinstance(cell.value, str) and cell.value in ERROR_VALUES):
                formulas.setdefault(number, set()).add(place)
            record.append(_as_shown(cell))
        yield record


def _as_shown(cell: Any) -> str:
    """Text that was typed with an apostrophe before it stays text; the apostrophe is shown, as Excel does."""
    text = cell_text(cell.value)
    if text.lstrip("' ")[:1] in _SIGNS and isinstance(cell.value, str) and cell.style_array.quotePrefix:
        return f"'{text}"
    return text


def cell_text(value: Any) -> str:
    """A typed value as a person would type it here, so that one reader serves CSV and spreadsheets."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime.datetime):
        day = format_date(value.date())
        return day if value.time() == datetime.time() else f"{day} {format_time(value.time())}"
    if isinstance(value, datetime.date):
        return format_date(value)
    if isinstance(value, datetime.time):
        return format_time(value)
    if isinstance(value, float | Decimal):
        # 15 digits is what a spreadsheet shows; without grouping, so 1234.5 stays one number: 1234,5.
        return f"{Decimal(f'{value:.15g}'):f}".replace(".", ",")
    if isinstance(value, str | int):
        return str(value)
    return str(getattr(value, "text", value))  # array formulas
