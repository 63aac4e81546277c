"""Open a spreadsheet or data file somebody sends and get a table of texts, whatever its encoding and delimiter.

CSV and TSV (UTF-8 with or without BOM, UTF-16, Windows-1252 and the DOS and Mac code pages Excel still writes), XLSX,
JSON and GeoJSON. Rows carry the number a person sees in a spreadsheet. What cannot be read as a whole raises
`Unreadable` with a sentence.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from quartierwerk.intake.entries import read_records
from quartierwerk.intake.table import Format, Table, Unreadable, table_from
from quartierwerk.intake.workbook import read_workbook

MAX_BYTES = 30 * 1024 * 1024
DELIMITERS = (";", ",", "\t", "|")
LOOKED_AT = 60  # rows that decide on the delimiter


def open_table(
    source: Path | bytes,
    *,
    format: Format | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> Table:
    """Read a file; what is not given is recognised from the content. The name of a file decides nothing."""
    content = _content(source)
    kind = format or _recognise(content)
    if kind == "xlsx":
        return read_workbook(content, sheet=sheet)
    text, used = decode(content, encoding)
    if kind in ("json", "geojson"):
        return read_records(text, used)
    return _read_csv(text, used, delimiter)


def _content(source: Path | bytes) -> bytes:
    if isinstance(source, Path):
        if source.stat().st_size > MAX_BYTES:
            raise _too_large()
        content = source.read_bytes()
    else:
        content = source
    if len(content) > MAX_BYTES:
        raise _too_large()
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("empty", _("The file is empty."))
    return content


def _too_large() -> Unreadable:
    size = MAX_BYTES // (1024 * 1024)
    return Unreadable(
        "too_large",
        _("The file is larger than %(size)s MB. Please split it or leave out pictures.") % {"size": size},
    )


def _recognise(content: bytes) -> Format:
    if content.startswith(b"PK\x03\x04"):
        return "xlsx"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            "old_excel",
            _(
                "This is an old Excel file (.xls) or one with a password. Please save it as .xlsx without a password."
            ),
        )
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")):
        raise Unreadable("no_table", _("This file is no table. Please send CSV, XLSX or JSON."))
    start = content.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:200].replace(b"\x00", b"").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"<svg")):
        raise Unreadable(
            "no_table", _("This file is a web page or XML, no table. Please save it as CSV or XLSX.")
        )
    return "json" if start[:1] in (b"{", b"[") else "csv"


def decode(content: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Text and the encoding it was written in."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
    ):  # fmt: skip
        if encoding is None and content.startswith(mark):
            encoding = name
    for name in [encoding] if encoding else ["utf-8", *_without_mark(content)]:
        try:
            text = content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if _is_text(text):
            return text, name
    raise Unreadable(
        "no_text", _("The letters in this file cannot be read. Please save it as CSV in UTF-8 or as XLSX.")
    )


def _is_text(text: str) -> bool:
    head = text[:4000]
    odd = sum(
        not (letter.isprintable() or letter.isspace() or unicodedata.category(letter) == "Cf")
        for letter in head
    )
    return "\x00" not in text and odd * 50 <= len(head)


def _without_mark(content: bytes) -> list[str]:
    """Encodings to try for a text that is not UTF-8, the likeliest first."""
    head = content[:4000]
    if b"\x00" in head:
        return ["utf-16-le" if head[1::2].count(0) >= head[0::2].count(0) else "utf-16-be"]
    return sorted(["cp1252", "cp850", "mac_roman"], key=lambda name: -_letters_within_words(content, name))


_WITHIN_WORD = re.compile(r"(?<=[a-zäöüß])[äöüßéèàçñ]|[ÄÖÜäöü](?=[a-zß])")


def _letters_within_words(content: bytes, encoding: str) -> int:
    text = content[:200_000].decode(encoding, "replace")
    return len(_WITHIN_WORD.findall(text)) - 5 * len(re.findall(r"(?<=\w)[‡†„€™Ž§¤\x80-\x9f](?=\w)", text))


def _read_csv(text: str, encoding: str, delimiter: str | None) -> Table:
    hint = re.match(
        r"sep=(.)\r?\n", text, re.IGNORECASE
    )  # Excel's own note; it does not count as a row there either
    if hint:
        text, delimiter = text[hint.end() :], delimiter or hint[1]
    delimiter = delimiter or _delimiter(text)
    table = table_from(_records(text, delimiter), "csv")
    table.encoding, table.delimiter = encoding, delimiter
    return table


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    read = 0
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=_quotes_close(text, delimiter)
    )
    try:
        for record in reader:
            read += 1
            yield record
    except csv.Error as error:
        message = {
            "unexpected end of data": _(
                "A quotation mark opened in row %(row)s is never closed. Please check this row."
            ),
        }.get(
            str(error),
            _("Row %(row)s cannot be read, often because of a quotation mark. Please check this row."),
        )
        raise Unreadable("broken_csv", message % {"row": read + 1}) from None


def _quotes_close(text: str, delimiter: str) -> bool:
    """Whether to read strictly: yes, but for files that write quotation marks within a quoted cell without doubling."""
    try:
        for _record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "expected after" not in str(error)
    return True


def _delimiter(text: str) -> str:
    """The sign that cuts the first rows into the most even columns."""
    best, best_score = next((sign for sign in DELIMITERS if sign not in text), ";"), (0.0, 0)
    for candidate in DELIMITERS:
        widths = []
        try:
            for record in csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=candidate):
                if any(cell.strip() for cell in record):
                    widths.append(len(record))
                if len(widths) >= LOOKED_AT:
                    break
        except csv.Error:
            continue
        if not widths:
            return candidate  # nothing but delimiters
        width, times = Counter(widths).most_common(1)[0]
        score = (round(times / len(widths), 2), width) if width > 1 else (0.0, 0)
        if score > best_score:
            best, best_score = candidate, score
    return best
