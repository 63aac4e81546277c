"""Documents as files. Further formats (pages, PDF, DOCX) are added to the register by those who write them."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from quartierwerk.documents import csv
from quartierwerk.documents.cells import Column as CellColumn
from quartierwerk.documents.packing import same_bytes

from . import sheets
from .schema import SECTIONS, Document

Writer = Callable[[Document], bytes]


def as_json(document: Document) -> bytes:
    """One row a line, so that two exports can be compared by eye."""
    parts = []
    for name, rows in document.items():
        lines = [json.dumps(row, ensure_ascii=False, default=_plain) for row in rows]
        if name == "concept":
            parts.append(f' "{name}": {lines[0]}')
        else:
            body = ",\n".join(f"  {line}" for line in lines)
            parts.append(f' "{name}": [\n{body}\n ]' if lines else f' "{name}": []')
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(type(value).__name__)


def as_csv(document: Document) -> bytes:
    """A table for each part, together in one archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for section in SECTIONS:
            if not document.get(section.name):
                continue
            columns = [CellColumn(column.heading, sheets.KINDS[column.kind]) for column in section.columns]
            rows = [
                [sheets.cell(column, row) for column in section.columns] for row in document[section.name]
            ]
            package.writestr(f"{section.name}.csv", csv.render(columns, rows))
    return same_bytes(buffer.getvalue())


WRITERS: dict[str, Writer] = {"json": as_json, "csv": as_csv, "xlsx": sheets.workbook}
