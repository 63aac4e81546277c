"""A file or a folder of files as tables; each sheet of a workbook is a table of its own."""

from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _

from quartierwerk.documents.cells import storable, unguarded
from quartierwerk.intake.reading import open_table
from quartierwerk.intake.table import Table, Unreadable

FORMATS = ("csv", "xlsx", "json", "geojson")
ENDINGS = {
    "csv": (".csv", ".tsv", ".txt"),
    "xlsx": (".xlsx",),
    "json": (".json",),
    "geojson": (".geojson", ".json"),
}
READS = {"csv": ("csv",), "xlsx": ("xlsx",), "json": ("json", "geojson"), "geojson": ("geojson",)}


class WrongFile(ValueError):
    """A file that cannot be imported as a whole; the message says why and what to do."""


@dataclass(frozen=True)
class Part:
    """One table under the name it came with."""

    file: str
    table: Table

    @property
    def title(self) -> str:
        return f"{self.file}, {self.table.sheet}" if len(self.table.sheets) > 1 else self.file


def parts_at(path: Path, format: str) -> list[Part]:
    """All tables at a path. Raises WrongFile."""
    if path.is_dir():
        files = sorted(
            file for file in path.iterdir() if file.is_file() and file.suffix.lower() in ENDINGS[format]
        )
        if not files:
            raise WrongFile(
                _("The folder “%(path)s” holds no %(format)s file.")
                % {"path": path.name, "format": format.upper()}
            )
    elif path.is_file():
        files = [path]
    else:
        raise WrongFile(_("There is no file or folder “%(path)s”.") % {"path": path})
    return [part for file in files for part in parts_of(file, file.name, format)]


def parts_of(source: Path | bytes, name: str, format: str = "") -> list[Part]:
    """The tables of one file. Without a format it is recognised from the content."""
    try:
        table = open_table(source)
        if format and table.format not in READS[format]:
            raise WrongFile(
                _("“%(name)s” holds %(found)s, not %(format)s. Please import it with --format %(other)s.")
                % {
                    "name": name,
                    "found": table.format.upper(),
                    "format": format.upper(),
                    "other": table.format,
                }
            )
        tables = [table]
        for sheet in table.sheets if len(table.sheets) > 1 else ():
            if sheet != table.sheet:
                tables += _sheet(source, sheet)
    except Unreadable as refusal:
        raise WrongFile(_("“%(name)s”: %(reason)s") % {"name": name, "reason": refusal.sentence}) from None
    except OSError as refusal:
        raise WrongFile(
            _("“%(name)s” cannot be read: %(reason)s.") % {"name": name, "reason": refusal.strerror}
        ) from None
    return [Part(name, _without_guards(table)) for table in tables]


def _sheet(source: Path | bytes, sheet: str) -> list[Table]:
    try:
        return [open_table(source, sheet=sheet)]
    except Unreadable as refusal:
        if refusal.code == "empty":
            return []
        raise


def _without_guards(table: Table) -> Table:
    """Text that an export kept from running as a formula is that text again."""
    rows = [
        replace(row, cells={name: unguarded(storable(cell)) for name, cell in row.cells.items()})
        for row in table.rows
    ]
    return replace(table, rows=rows)
