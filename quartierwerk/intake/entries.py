"""Reading JSON lists and GeoJSON as a table: one entry a row, nested values under names with a dot."""

import json
from typing import Any

from django.utils.translation import gettext as _

from quartierwerk.intake.table import MAX_COLUMNS, MAX_ROWS, Row, Table, Unreadable, is_formula
from quartierwerk.intake.workbook import cell_text

# Where published lists keep their entries.
_LISTS = ("contents", "items", "data", "results", "records", "rows", "features")
MAX_DEPTH = 6
SEPARATOR = "; "  # between the values of a list of words


def read_records(text: str, encoding: str) -> Table:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise Unreadable(
            "broken_json", _("The JSON breaks off or has a mistake near line %(line)s.") % {"line": line}
        ) from None
    is_geojson = isinstance(document, dict) and document.get("type") == "FeatureCollection"
    entries = _entries(document)
    if len(entries) > MAX_ROWS:
        raise Unreadable(
            "too_many_rows", _("The file has more than %(rows)s rows. Please split it.") % {"rows": MAX_ROWS}
        )
    rows, headers, empty = [], {}, 0
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            raise Unreadable(
                "no_table", _("Entry %(row)s of the JSON list is no object with fields.") % {"row": number}
            )
        cells = _feature(entry) if is_geojson else _flat(entry)
        if not any(cells.values()):
            empty += 1
            continue
        headers.update(dict.fromkeys(cells))
        rows.append(Row(number, cells, frozenset(name for name, cell in cells.items() if is_formula(cell))))
    if len(headers) > MAX_COLUMNS:
        raise Unreadable(
            "too_many_columns", _("The file has more than %(columns)s columns.") % {"columns": MAX_COLUMNS}
        )
    for row in rows:
        row.cells = {name: row.cells.get(name, "") for name in headers}
    return Table(tuple(headers), rows, "geojson" if is_geojson else "json", encoding, empty_rows=empty)


def _entries(document: Any) -> list[Any]:
    if isinstance(document, list):
        return document
    if isinstance(document, dict):
        for name in _LISTS:
            if isinstance(document.get(name), list):
                return document[name]
        lists = [
            value
            for value in document.values()
            if isinstance(value, list) and value and isinstance(value[0], dict)
        ]
        if len(lists) == 1:
            return lists[0]
    raise Unreadable("no_table", _("This JSON holds no list of entries."))


def _feature(feature: dict[str, Any]) -> dict[str, str]:
    properties, geometry = feature.get("properties"), feature.get("geometry")
    cells = _flat(properties if isinstance(properties, dict) else {})
    if "id" in feature:
        cells.setdefault("id", cell_text(feature["id"]))
    if isinstance(geometry, dict):
        place = geometry.get("coordinates")
        if geometry.get("type") == "Point" and isinstance(place, list) and len(place) >= 2:
            cells["longitude"], cells["latitude"] = cell_text(place[0]), cell_text(place[1])
        cells["geometry"] = json.dumps(geometry, ensure_ascii=False)
    return cells


def _flat(entry: dict[str, Any], prefix: str = "", depth: int = 0) -> dict[str, str]:
    cells: dict[str, str] = {}
    for name, value in entry.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict) and depth < MAX_DEPTH:
            cells.update(_flat(value, f"{key}.", depth + 1))
        elif isinstance(value, dict) or (
            isinstance(value, list) and any(isinstance(v, dict | list) for v in value)
        ):
            cells[key] = json.dumps(value, ensure_ascii=False)
        elif isinstance(value, list):
            cells[key] = SEPARATOR.join(cell_text(item) for item in value)
        else:
            cells[key] = cell_text(value).strip()
    return cells
