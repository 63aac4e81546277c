"""A file, a folder or a ZIP of files as tables and JSON documents; each sheet of a workbook is a table of its own."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from quartierwerk.documents.cells import storable, unguarded
from quartierwerk.intake.reading import decode, open_table
from quartierwerk.intake.table import Table, Unreadable

from .documents import NotJson, parse

FORMATS = ("csv", "xlsx", "json", "geojson")
_TABLES, _DOCUMENTS = (".csv", ".tsv", ".txt", ".xlsx"), (".json", ".ndjson", ".jsonl", ".geojson")
ENDINGS = {
    "csv": (".csv", ".tsv", ".txt"),
    "xlsx": (".xlsx",),
    "json": _DOCUMENTS,
    "geojson": (".geojson", ".json"),
    "hsds": (*_TABLES, *_DOCUMENTS, ".zip"),
    "integreat": _DOCUMENTS,
}
READS = {"csv": ("csv",), "xlsx": ("xlsx",), "json": ("json", "geojson"), "geojson": ("geojson",)}
LARGEST = 300 * 1024 * 1024  # unpacked, of one import; a file of a table has a limit of its own
MOST_FILES = 500


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


@dataclass
class Loaded:
    """What lies at a path. JSON stays a document until it is known what it holds."""

    contents: list[tuple[str, bytes]] = field(default_factory=list)
    documents: list[tuple[str, Any]] = field(default_factory=list)
    tables: list[Part] = field(default_factory=list)  # of CSV and XLSX
    notes: list[str] = field(default_factory=list)

    def parts(self, format: str = "") -> list[Part]:
        """Everything as tables, JSON as well. Raises WrongFile."""
        return [part for name, content in self.contents for part in parts_of(content, name, format)]


def load(path: Path, format: str) -> Loaded:
    """All files of a path. Raises WrongFile."""
    if path.is_dir():
        endings = ENDINGS[format]
        files = sorted(f for f in path.iterdir() if f.is_file() and f.suffix.lower() in endings)
        if not files and format in ("hsds", "integreat"):
            files = sorted(f for f in path.rglob("*") if f.is_file() and f.suffix.lower() in endings)
        if not files:
            raise WrongFile(
                _("The folder “%(path)s” holds no %(format)s file.")
                % {"path": path.name, "format": format.upper()}
            )
    elif path.is_file():
        files = [path]
    else:
        raise WrongFile(_("There is no file or folder “%(path)s”.") % {"path": path})
    if len(files) > MOST_FILES:
        raise WrongFile(
            _("These are more than %(most)s files. Please import them in parts.") % {"most": MOST_FILES}
        )
    contents = []
    for file in files:
        try:
            contents.append((file.name, file.read_bytes()))
        except OSError as refusal:
            raise WrongFile(
                _("“%(name)s” cannot be read: %(reason)s.") % {"name": file.name, "reason": refusal.strerror}
            ) from None
    return load_contents(contents, format, many=path.is_dir())


def load_contents(contents: list[tuple[str, bytes]], format: str = "", *, many: bool = False) -> Loaded:
    """The same for files in memory. In a folder, an empty file is passed over and named."""
    loaded = Loaded()
    size = 0
    for name, content in _unpacked(contents):
        size += len(content)
        if size > LARGEST:
            raise WrongFile(
                _("Together the files are larger than %(size)s MB. Please import them in parts.")
                % {"size": LARGEST // 1024**2}
            )
        many = many or len(contents) != 1 or name != contents[0][0]
        if is_json(content):
            loaded.contents.append((name, content))
            loaded.documents.append((name, _document(content, name)))
            continue
        try:
            # Tables of HSDS are for machines: nothing in them is guarded.
            parts = [_clean(table, guarded=format != "hsds") for table in _tables(content)]
        except Unreadable as refusal:
            if refusal.code == "empty" and many:
                loaded.notes.append(_("“%(name)s” is empty and was passed over.") % {"name": name})
                continue
            raise _wrong(name, refusal) from None
        _check_format(name, parts[0].format, format)
        loaded.contents.append((name, content))
        loaded.tables += [Part(name, table) for table in parts]
    return loaded


def is_json(content: bytes) -> bool:
    start = content[:400].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").replace(b"\x00", b"")
    return start[:1] in (b"{", b"[")


def _document(content: bytes, name: str) -> Any:
    try:
        return parse(decode(content)[0].lstrip("\ufeff"))
    except NotJson as problem:
        reason = _("The JSON breaks off or has a mistake near line %(line)s.") % {"line": problem.line}
        raise WrongFile(_("“%(name)s”: %(reason)s") % {"name": name, "reason": reason}) from None
    except Unreadable as refusal:
        raise _wrong(name, refusal) from None


def _unpacked(contents: list[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Files as they are, and those within a ZIP."""
    for name, content in contents:
        if not content.startswith(b"PK\x03\x04") or _is_workbook(content):
            yield name, content
            continue
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                inner = [
                    one
                    for one in archive.infolist()
                    if one.filename.lower().endswith((*_TABLES, *_DOCUMENTS))
                    and "__MACOSX" not in one.filename
                ]
                if sum(one.file_size for one in inner) > LARGEST or len(inner) > MOST_FILES:
                    raise WrongFile(_("“%(name)s” is too large when unpacked.") % {"name": name})
                for one in sorted(inner, key=lambda one: one.filename):
                    yield one.filename.rsplit("/", 1)[-1], archive.read(one)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
            raise WrongFile(
                _("“%(name)s” cannot be unpacked. It may be broken or protected by a password.")
                % {"name": name}
            ) from None


def _is_workbook(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except zipfile.BadZipFile:
        return True  # reading it as a workbook says what is wrong


def parts_at(path: Path, format: str) -> list[Part]:
    """All tables at a path. Raises WrongFile."""
    return load(path, format).parts(format)


def parts_of(source: Path | bytes, name: str, format: str = "") -> list[Part]:
    """The tables of one file. Without a format it is recognised from the content."""
    try:
        tables = _tables(source)
    except Unreadable as refusal:
        raise _wrong(name, refusal) from None
    except OSError as refusal:
        raise WrongFile(
            _("“%(name)s” cannot be read: %(reason)s.") % {"name": name, "reason": refusal.strerror}
        ) from None
    _check_format(name, tables[0].format, format)
    return [Part(name, _clean(table)) for table in tables]


def _check_format(name: str, found: str, wanted: str) -> None:
    if wanted in READS and found not in READS[wanted]:
        raise WrongFile(
            _("“%(name)s” holds %(found)s, not %(format)s. Please import it with --format %(other)s.")
            % {"name": name, "found": found.upper(), "format": wanted.upper(), "other": found}
        )


def _wrong(name: str, refusal: Unreadable) -> WrongFile:
    return WrongFile(_("“%(name)s”: %(reason)s") % {"name": name, "reason": refusal.sentence})


def _tables(source: Path | bytes) -> list[Table]:
    table = open_table(source)
    tables = [table]
    for sheet in table.sheets if len(table.sheets) > 1 else ():
        if sheet != table.sheet:
            tables += _sheet(source, sheet)
    return tables


def _sheet(source: Path | bytes, sheet: str) -> list[Table]:
    try:
        return [open_table(source, sheet=sheet)]
    except Unreadable as refusal:
        if refusal.code == "empty":
            return []
        raise


def _clean(table: Table, *, guarded: bool = True) -> Table:
    """Without signs no row can hold; text that an export kept from running as a formula is that text again."""
    read = (lambda cell: unguarded(storable(cell))) if guarded else storable
    rows = [replace(row, cells={name: read(cell) for name, cell in row.cells.items()}) for row in table.rows]
    return replace(table, rows=rows)
