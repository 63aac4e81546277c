"""What an uploaded file is, by its content, while it streams in. The name and the sender's word for it decide nothing.

Only kinds that this software uses are known; everything else, above all HTML and SVG (they run scripts), is refused.
"""

import codecs
import io
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from quartierwerk.web.media_types import DOCX, XLSX

Kind = Literal["png", "jpeg", "webp", "pdf", "text", "xlsx", "docx", "opus"]

HEAD = 4096  # bytes that tell the kind
MIME_TYPES: dict[Kind, str] = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "text": "text/plain",
    "xlsx": XLSX,
    "docx": DOCX,
    "opus": "audio/ogg",
}
PICTURES: frozenset[Kind] = frozenset({"png", "jpeg", "webp"})
MAX_PARTS, MAX_UNPACKED = 2_000, 200 * 1024 * 1024  # of an office document


class Refused(ValueError):
    """Raised for a file that is not taken; `code` names the reason, `sentence` says it to people."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True)
class Sniffed:
    kind: Kind
    mime_type: str
    size: int


def kind_of_head(head: bytes) -> Kind | Literal["zip"]:
    """Kind by the first bytes. A zip needs the whole file: see `kind_of_zip`."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(b"OggS") and b"OpusHead" in head[:200]:
        return "opus"
    if (
        head.startswith(b"\x1aE\xdf\xa3")
        and b"webm" in head[:200]
        and b"A_OPUS" in head
        and b"V_" not in head
    ):
        return "opus"
    if _is_markup(head):
        raise Refused(
            "markup", _("Web pages and SVG drawings are not taken. Please send a PDF or a picture.")
        )
    if _is_text(head):
        return "text"
    raise Refused(
        "unknown", _("This kind of file does not fit here. Beside the field stands which kinds do.")
    )


# What makes a browser run or draw a file; anywhere in its beginning, since browsers look there, too.
_MARKUP = (
    b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<iframe", b"<img", b"<table", b"<style", b"<a ",
    b"<title", b"<h1", b"<div", b"<p>", b"<br", b"<font", b"<!--",
)  # fmt: skip


def _is_markup(head: bytes) -> bool:
    plain = head.replace(b"\x00", b"").lower()  # UTF-16 as well
    return any(mark in plain for mark in _MARKUP)


def _is_text(head: bytes) -> bool:
    if not head:
        return False
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        with_marks = head[: len(head) // 2 * 2].decode("utf-16", "replace")
        return _printable(with_marks)
    if b"\x00" in head:
        return False
    try:
        # The head may end within a letter.
        return _printable(codecs.getincrementaldecoder("utf-8")().decode(head))
    except UnicodeDecodeError:
        return _printable(head.decode("cp1252", "replace"))


def _printable(text: str) -> bool:
    return all(letter.isprintable() or letter in "\t\r\n\x0b\x0c\u200c\u200d\u200e\u200f\ufeff\xa0\xad\x1a" or letter.isspace()
               for letter in text) and text.count("\ufffd") * 20 <= len(text)  # fmt: skip


def kind_of_zip(content: bytes) -> Kind:
    """DOCX or XLSX by what the package says about itself; macros, passwords and bombs are refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise Refused("too_large", _("Unpacked, this file is too large."))
            names = {part.filename for part in parts}
            if any(name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) for name in names):
                raise Refused("macros", _("Documents with macros are not taken. Please save it without."))
            types = package.read("[Content_Types].xml")[:200_000] if "[Content_Types].xml" in names else b""
    except Refused:
        raise
    except Exception as error:  # the zip module raises many kinds for damaged files
        raise Refused(
            "broken", _("This file is damaged. Please save it again and send it once more.")
        ) from error
    if b"wordprocessingml.document.main+xml" in types and "word/document.xml" in names:
        return "docx"
    if b"spreadsheetml.sheet.main+xml" in types and "xl/workbook.xml" in names:
        return "xlsx"
    raise Refused(
        "unknown", _("This kind of file does not fit here. Beside the field stands which kinds do.")
    )


class Sniffer:
    """Takes a file in pieces; raises `Refused` as early as possible: at the first piece too many, at the first bytes.

    feed each piece, then ask `finish()`.
    """

    def __init__(self, *, max_bytes: int, kinds: Collection[Kind] = tuple(MIME_TYPES)) -> None:
        self.max_bytes, self.kinds = max_bytes, kinds
        self.size = 0
        self._head = b""
        self._kind: Kind | Literal["zip"] | None = None
        self._package = bytearray()  # office documents only; their directory stands at the end

    def feed(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.size > self.max_bytes:
            raise too_large(self.max_bytes)
        if self._kind is None:
            self._head += piece[: HEAD - len(self._head)]
            if len(self._head) >= HEAD:
                self._decide()
        elif self._kind == "text" and (
            b"\x00" in piece and not self._head.startswith((b"\xff\xfe", b"\xfe\xff"))
        ):
            raise Refused(
                "unknown",
                _("This file begins as text but is none. Please save it again and send it once more."),
            )
        self._package += piece if self._kind in (None, "zip") else b""
        if self._kind not in (None, "zip"):
            self._package.clear()

    def _decide(self) -> None:
        self._kind = kind_of_head(self._head)
        if self._kind != "zip":
            self._allow(self._kind)
        elif not {"docx", "xlsx"} & set(self.kinds):
            raise _not_here()

    def _allow(self, kind: Kind) -> None:
        if kind not in self.kinds:
            raise _not_here()

    def finish(self) -> Sniffed:
        if not self.size:
            raise Refused("empty", _("The file is empty."))
        if self._kind is None:
            self._decide()
        kind = kind_of_zip(bytes(self._package)) if self._kind == "zip" else self._kind
        assert kind is not None  # noqa: S101 - for the type checker: _decide has set it
        self._allow(kind)
        return Sniffed(kind, MIME_TYPES[kind], self.size)


def sniff(pieces: Iterable[bytes], *, max_bytes: int, kinds: Collection[Kind] = tuple(MIME_TYPES)) -> Sniffed:
    sniffer = Sniffer(max_bytes=max_bytes, kinds=kinds)
    for piece in pieces:
        sniffer.feed(piece)
    return sniffer.finish()


def in_pieces(content: bytes, size: int = 64 * 1024) -> Iterator[bytes]:
    return (content[start : start + size] for start in range(0, len(content), size))


def too_large(max_bytes: int) -> Refused:
    size = f"{max_bytes / (1024 * 1024):.0f}" if max_bytes >= 1024 * 1024 else "1"
    return Refused(
        "too_large", _("The file is larger than %(size)s MB. Please send a smaller one.") % {"size": size}
    )


def _not_here() -> Refused:
    return Refused(
        "wrong_kind", _("This kind of file does not fit here. Beside the field stands which kinds do.")
    )
