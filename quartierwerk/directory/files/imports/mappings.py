"""Mappings of whole bundles: which table of a file or folder is what, and which column fills which field.

    {"version": 1, "name": "us-florida-legal-services", "language": "en",
     "tables": [{"kind": "offers", "file": "services*", "fields": {"title": "service_name", …}}, …]}

`fields` is what `intake.mapping` reads. `rows` ({"column": …, "is": …}) takes only some rows of a table; `ids: "ours"`
says that the numbers are those of our own records (our export). A mapping of one table may leave `tables` out.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, get_args

from django.utils.translation import gettext as _

from quartierwerk.intake import mapping as columns
from quartierwerk.intake.entries import SEPARATOR
from quartierwerk.intake.mapping import Mapping, Source, WrongMapping, mapping_from_json
from quartierwerk.intake.table import Table
from quartierwerk.intake.workbook import cell_text
from quartierwerk.languages.names import fold

from .files import Part
from .targets import KINDS, STATES, Kind, kind_name, targets, words_for_languages

OWN_SOURCE = "quartierwerk"  # name of the mapping that reads our own export
SHIPPED = Path(__file__).resolve().parent.parent / "mappings"


@dataclass(frozen=True)
class TableMapping:
    kind: Kind
    mapping: Mapping
    file: str = "*"
    sheet: str = ""
    rows: tuple[str, str] | None = None  # column, value
    headers: tuple[str, ...] = ()  # further columns by which the file is known
    leave_out: tuple[str, ...] = ()  # columns that are neither read nor kept

    def means(self, part: Part) -> bool:
        """Whether this file is meant, by its name, sheet and telling columns."""
        if not fnmatch(part.file.lower(), self.file.lower()) or self.sheet not in ("", part.table.sheet):
            return False
        return {*self.headers, *(self.rows or ())[:1]} <= set(part.table.headers)

    def fits(self, part: Part) -> bool:
        """Whether every column that must be there is there, too."""
        return self.means(part) and not self.mapping.problems(targets(self.kind), part.table.headers)

    def takes(self, cells: dict[str, str]) -> bool:
        return self.rows is None or cells.get(self.rows[0], "").casefold() == self.rows[1].casefold()

    @property
    def width(self) -> int:
        """How many columns it reads."""
        return len({column for source in self.mapping.sources.values() for column in source.columns})


@dataclass(frozen=True)
class BundleMapping:
    name: str
    tables: tuple[TableMapping, ...]
    language: str = ""
    own_ids: bool = False
    suggested: bool = field(default=False, compare=False)

    def tables_for(self, part: Part) -> list[TableMapping]:
        """How to read a table: the fitting entry with most columns, or each of those that take some rows.

        One that is meant but lacks columns is given back, too: applying it says what is missing.
        """
        meant = [table for table in self.tables if table.means(part)]
        fitting = [table for table in meant if table.fits(part)] or meant[:1]
        if some := [table for table in fitting if table.rows]:
            return some
        return sorted(fitting, key=lambda table: -table.width)[:1]

    def as_data(self) -> dict[str, Any]:
        return {
            "version": columns.VERSION,
            "name": self.name,
            "language": self.language,
            "ids": "ours" if self.own_ids else "theirs",
            "tables": [
                {
                    "kind": table.kind,
                    "file": table.file,
                    "sheet": table.sheet,
                    "rows": {"column": table.rows[0], "is": table.rows[1]} if table.rows else None,
                    "headers": list(table.headers),
                    "leave_out": list(table.leave_out),
                    "fields": json.loads(table.mapping.as_json())["fields"],
                }
                for table in self.tables
            ],
        }

    def as_json(self) -> str:
        return json.dumps(self.as_data(), ensure_ascii=False, indent=1)


def bundle_from_json(text: str) -> BundleMapping:
    """Raises WrongMapping with sentences."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise WrongMapping([_("The mapping is no JSON.")]) from None
    if not isinstance(document, dict):
        raise WrongMapping([_("The mapping needs an object “fields”.")])
    entries = document.get("tables", [document])
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise WrongMapping([_("“tables” of the mapping is a list of objects.")])
    return BundleMapping(
        name=str(document.get("name") or ""),
        tables=tuple(_table(entry, document.get("version", columns.VERSION)) for entry in entries),
        language=str(document.get("language") or ""),
        own_ids=document.get("ids") == "ours",
    )


def _table(entry: dict[str, Any], version: Any) -> TableMapping:
    kind = entry.get("kind", "offers")
    if kind not in get_args(Kind):
        raise WrongMapping(
            [
                _("“%(kind)s” is no kind of table; there are: %(kinds)s.")
                % {"kind": kind, "kinds": ", ".join(KINDS)}
            ]
        )
    rows = entry.get("rows")
    if rows is not None and not (isinstance(rows, dict) and {"column", "is"} <= set(rows)):
        raise WrongMapping([_("“rows” of the mapping names a column and what it is.")])
    mapping = mapping_from_json(json.dumps({"version": version, "fields": entry.get("fields")}))
    return TableMapping(
        kind,
        with_usual_words(mapping),
        str(entry.get("file") or "*"),
        str(entry.get("sheet") or ""),
        (str(rows["column"]), str(rows["is"])) if rows else None,
        tuple(map(str, entry.get("headers") or ())),
        tuple(map(str, entry.get("leave_out") or ())),
    )


def with_usual_words(mapping: Mapping) -> Mapping:
    """Names of languages and words for a state are understood without the mapping saying so."""
    sources = dict(mapping.sources)
    for name, words in (
        ("languages_spoken", words_for_languages()),
        ("status", STATES),
        ("language", words_for_languages()),
    ):
        if name in sources and not sources[name].translate:
            sources[name] = replace(
                sources[name], translate=words, unknown="warn" if name == "status" else "keep"
            )
    return replace(mapping, sources=sources)


def shipped() -> list[BundleMapping]:
    return [bundle_from_json(path.read_text()) for path in sorted(SHIPPED.glob("*.json"))]


def choose(parts: list[Part]) -> BundleMapping | None:
    """The shipped mapping that reads these tables: all of its columns are there; the one that reads most wins."""
    best: tuple[int, int] = (0, 0)
    chosen = None
    for bundle in shipped():
        read = [part for part in parts if any(table.fits(part) for table in bundle.tables)]
        width = sum(max((t.width for t in bundle.tables if t.fits(part)), default=0) for part in read)
        if (len(read), width) > best:
            best, chosen = (len(read), width), bundle
    return chosen


def name_of(bundle: BundleMapping | None) -> str:
    return bundle.name if bundle else ""


def suggest(parts: list[Part], name: str) -> BundleMapping:
    """A mapping drawn from the names of the columns. Raises WrongMapping where no column names the records."""
    tables = tuple(_suggested(part, alone=len(parts) == 1) for part in parts)
    return BundleMapping(name, tables, suggested=True)


def _suggested(part: Part, *, alone: bool) -> TableMapping:
    kind = likely_kind(part)
    mapping = suggest_columns(kind, part.table)
    if problems := mapping.problems(targets(kind), part.table.headers):
        found = _("The file “%(name)s” has the columns: %(columns)s.") % {
            "name": part.title,
            "columns": ", ".join(part.table.headers[:20]),
        }
        raise WrongMapping([*problems, found])
    return TableMapping(
        kind,
        mapping,
        "*" if alone else part.file,
        part.table.sheet if len(part.table.sheets) > 1 else "",
        # A point stands in two columns of its own already.
        leave_out=("geometry",)
        if part.table.format == "geojson" and "latitude" in part.table.headers
        else (),
    )


def likely_kind(part: Part) -> Kind:
    headers = {fold(header) for header in part.table.headers}
    stem = fold(part.file.rsplit(".", 1)[0])
    if any(word in stem for word in ("location", "standort")):
        return "locations"
    by_title = {
        target.name: {fold(word) for word in (target.name, *target.names)} for target in targets("offers")
    }
    if headers & (by_title["title"] - {fold("name"), fold("bezeichnung"), fold("service")}):
        return "offers"
    if fold("name") in headers and headers & by_title["organisation"]:
        return "offers"
    return "organisations"


def suggest_columns(kind: Kind, table: Table) -> Mapping:
    """Columns by their names; several values in a cell are cut where the first rows show the sign."""
    drafted = columns.suggest(targets(kind), table.headers)
    sources = dict(drafted.sources)
    taken: set[str] = set()
    for name, source in list(sources.items()):  # one column fills one field: the first that asked
        if source.columns[0] in taken:
            del sources[name]
        taken.update(source.columns)
    if "coordinates" not in sources:
        by_fold = {fold(header): header for header in table.headers}
        latitude = next(
            (by_fold[word] for word in ("latitude", "lat", "breite", "breitengrad") if word in by_fold), ""
        )
        longitude = next(
            (
                by_fold[word]
                for word in ("longitude", "long", "lon", "lng", "lange", "langengrad")
                if word in by_fold
            ),
            "",
        )
        if latitude and longitude:
            sources["coordinates"] = Source(columns=(latitude, longitude))
    for name, source in sources.items():
        if source.split:
            sources[name] = replace(source, split=split_sign(table, source.columns[0]))
    return with_usual_words(Mapping(sources, drafted.name))


def split_sign(table: Table, column: str) -> str:
    """The sign between several values of a cell, as the first rows show it."""
    cells = [row.cells[column] for row in table.rows[:200]]
    return next((sign for sign in (";", "|", "/", ",", "\n") if any(sign in cell for cell in cells)), ";")


def with_paths(parts: Sequence[Part], bundle: BundleMapping) -> list[Part]:
    """The tables, with a column for each path of the mapping into a list of objects: "contacts.phone" of nested JSON."""
    wanted = {
        column
        for table in bundle.tables
        for source in table.mapping.sources.values()
        for column in source.columns
    }
    return [_with_paths(part, wanted) if part.table.format == "json" else part for part in parts]


def _with_paths(part: Part, wanted: set[str]) -> Part:
    headers = set(part.table.headers)
    paths = {}
    for column in wanted - headers:
        words = column.split(".")
        for length in range(len(words) - 1, 0, -1):
            if (head := ".".join(words[:length])) in headers:
                paths[column] = (head, words[length:])
                break
    if not paths:
        return part
    rows = [
        replace(
            row,
            cells={
                **row.cells,
                **{column: _at(row.cells[head], path) for column, (head, path) in paths.items()},
            },
        )
        for row in part.table.rows
    ]
    return replace(part, table=replace(part.table, headers=(*part.table.headers, *paths), rows=rows))


def _at(cell: str, path: Sequence[str]) -> str:
    """What stands at a path in a cell of JSON: of all entries of a list, or of one by its number from 0."""
    try:
        found: list[Any] = [json.loads(cell)] if cell else []
    except (ValueError, RecursionError):
        return ""
    for step in path:
        further: list[Any] = []
        for value in found:
            if isinstance(value, list):
                if step.isdecimal():
                    further += value[int(step) : int(step) + 1]
                    continue
                further += [one.get(step) for one in value if isinstance(one, dict)]
            elif isinstance(value, dict):
                further.append(value.get(step))
        found = [one for one in further if one not in (None, "")]
    flat = [one for value in found for one in (value if isinstance(value, list) else [value])]
    return SEPARATOR.join(cell_text(one) for one in flat if not isinstance(one, dict | list))


def in_words(bundle: BundleMapping) -> list[str]:
    """What a suggested mapping takes for what, one sentence a table."""
    said = []
    for table in bundle.tables:
        labels = {target.name: target.label for target in targets(table.kind)}
        pairs = [
            f"{labels[name]} ← {' + '.join(source.columns)}"
            for name, source in table.mapping.sources.items()
            if source.columns and name in labels
        ]
        said.append(f"{kind_name(table.kind)}: {'; '.join(pairs)}")
    return said
