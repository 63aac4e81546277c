"""A document as tagged PDF (PDF/UA-1), set by typst."""

import json
import re
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from quartierwerk.documents import content, fonts
from quartierwerk.documents.content import Direction, Document, Span, Text, spans
from quartierwerk.documents.marks import MARK, qr_code
from quartierwerk.documents.printable import printable, printable_drawing

# A line can end inside a word of more letters than this: an address or a slip of the keyboard would leave the page.
LONGEST_WORD = 28
PIECE = 8
# Numbers in text of the other direction stay in one piece up to this length; longer ones may wrap.
LONGEST_UNBROKEN = 24
# Rows up to this many characters stay on one page.
UNBROKEN_ROW = 1200
LONGEST_FOOTER = 80
NAMELESS = "–"  # PDF/UA refuses a file without title
FITS_ON_A_LINE = 95  # characters of a table's row
SAFE_LINKS = ("https://", "http://", "mailto:", "tel:")


def render(document: Document) -> bytes:
    """The document as PDF. Identical content gives identical bytes.

    raises  fonts.FontsMissing if the set-up has not built the fonts
    """
    import typst

    data = json.dumps(_Set(document).whole(), ensure_ascii=False)
    compiler = typst.Compiler(font_paths=fonts.loaded(), ignore_system_fonts=True)
    result = compiler.compile(
        input=_template(), format="pdf", pdf_standards=["ua-1"], sys_inputs={"data": data}, timestamp=0
    )
    if not isinstance(result, bytes):  # only pictures come as a list, only files written elsewhere as nothing
        raise TypeError("typst gave no PDF")
    return result


@cache
def _template() -> bytes:
    return Path(__file__).with_name("document.typ").read_bytes()


class _Set:
    """One document turned into what the template reads."""

    def __init__(self, document: Document):
        self.document = document
        self.direction: Direction = document.written

    def whole(self) -> dict[str, Any]:
        document = self.document
        return {
            "title": printable(document.title).strip() or NAMELESS,
            "footer": _shortened(printable(document.title)),
            "author": printable(document.author),
            "lang": _language(document.lang),
            "direction": self.direction,
            "fonts": self._fonts(),
            "saved_at": _moment(document),
            "notice": self._words_or_none(document.notice),
            "publisher": self._words_or_none(document.publisher),
            "date": self._words_or_none(document.date),
            "address": self._words_or_none(content.left_to_right(document.address, link=document.address)),
            "code": qr_code(document.address, border=0) if document.show_code else None,
            "mark": MARK,
            "page_label": printable(document.page_label),
            "subtitle": self._words_or_none(document.subtitle),
            "contents_title": self._words_or_none(document.contents_title),
            "contents_depth": document.contents_depth,
            "blocks": [self._block(block, level) for block, level in self._with_levels()],
        }

    def _fonts(self) -> list[str]:
        # The script of the document's language comes first, so that shared signs (comma, bracket) match it.
        return [fonts.ARABIC, fonts.LATIN] if self.direction == "rtl" else [fonts.LATIN, fonts.ARABIC]

    def _with_levels(self) -> list[tuple[content.Block, int]]:
        """Each block with the level of the heading it stands under."""
        level = 0
        result: list[tuple[content.Block, int]] = []
        for block in self.document.blocks:
            if not isinstance(block, content.Heading):
                result.append((block, level))
            elif self._words_or_none(block.text):  # PDF/UA refuses a heading without words
                result.append((block, level))
                level = min(block.level, level + 1)
        return result

    def _block(self, block: content.Block, level: int) -> dict[str, Any]:
        match block:
            case content.Heading():
                # Headings that skip a level are refused by PDF/UA; one step deeper is what was meant.
                return {
                    "kind": "heading",
                    "level": min(block.level, level + 1),
                    "text": self._words(block.text),
                }
            case content.Paragraph():
                return {"kind": "paragraph", "style": block.style, "text": self._words(block.text)}
            case content.Facts():
                return {"kind": "facts", "items": [self._fact(name, value) for name, value in block.items]}
            case content.List():
                return {
                    "kind": "list",
                    "ordered": block.ordered,
                    "items": [self._words(item) for item in block.items],
                }
            case content.Table():
                return self._table(block)
            case content.Figure():
                return {
                    "kind": "figure",
                    "svg": printable_drawing(block.svg),
                    "alt": printable(block.alt),
                    "caption": self._words_or_none(block.caption),
                    "width_mm": block.width_mm,
                }
            case content.Contact():
                lines = [self._words(line) for line in content.contact_lines(block)]
                return {
                    "kind": "contact",
                    "level": level + 1 if level == 0 else level,
                    "heading": self._words_or_none(block.heading),
                    "lines": lines,
                }
            case content.Note():
                return {
                    "kind": "note",
                    "heading": self._words_or_none(block.heading),
                    "text": self._words(block.text),
                }
            case content.PageBreak():
                return {"kind": "page"}

    def _fact(self, name: Text, value: Text | list[Text]) -> dict[str, Any]:
        lines = value if isinstance(value, list) else [value]
        return {
            "name": self._words(name),
            "value": [self._words(line) for line in lines],
            "breakable": sum(len(content.plain(line)) for line in lines) > UNBROKEN_ROW,
        }

    def _table(self, table: content.Table) -> dict[str, Any]:
        return {
            "kind": "table",
            "caption": self._words_or_none(table.caption),
            "note": self._words_or_none(table.note),
            "row_headers": table.row_headers,
            "size": 9.5 if len(table.columns) <= 7 else 8,
            "columns": [
                {"label": self._words(column.label), "align": column.align, "width": width}
                for column, width in zip(table.columns, _widths(table), strict=True)
            ],
            "rows": [
                {
                    "cells": [self._words(cell) for cell in row],
                    "breakable": sum(len(content.plain(cell)) for cell in row) > UNBROKEN_ROW,
                }
                for row in table.rows
            ],
        }

    def _words_or_none(self, text: Text) -> list[dict[str, Any]] | None:
        return self._words(text) if printable(content.plain(text)).strip() else None

    def _words(self, text: Text) -> list[dict[str, Any]]:
        return [self._span(part) for span in spans(text) for part in self._untangled(span)]

    def _untangled(self, span: Span) -> list[Span]:
        """An over-long word of the other direction as a span of its own: cut in pieces, it would lose its order."""
        if span.direction or span.lang:
            return [span]
        parts = re.split(rf"(\S{{{LONGEST_WORD + 1},}})", span.text)
        return [
            replace(span, text=part, direction=_own_direction(part) if at % 2 else None)
            for at, part in enumerate(parts)
            if part or len(parts) == 1
        ]

    def _span(self, span: Span) -> dict[str, Any]:
        direction = span.direction or (content.direction_of(span.lang) if span.lang else None)
        if direction == self.direction:
            direction = None
        text = printable(span.text)
        lines = [_pieces(line) for line in text.split("\n")]
        is_number = not span.lang and len(text) <= LONGEST_UNBROKEN
        has_long_word = any(len(stretch) > 1 for line in lines for stretch in line)
        return {
            "lines": lines,
            "lang": _language(span.lang) if span.lang else None,
            "direction": direction,
            "boxed": direction is not None and (is_number or has_long_word),
            "strong": span.strong,
            "emphasis": span.emphasis,
            "link": span.link if span.link and span.link.startswith(SAFE_LINKS) else None,
        }


def _pieces(line: str) -> list[list[str]]:
    """A line in stretches: an ordinary one has a single piece, an over-long word several.

    Joined again they are the same line.
    """
    stretches: list[list[str]] = []
    for token in re.findall(r"\S+|\s+", line):
        if len(token) > LONGEST_WORD and not token.isspace():
            stretches.append([token[at : at + PIECE] for at in range(0, len(token), PIECE)])
        elif stretches and len(stretches[-1]) == 1:
            stretches[-1][0] += token
        else:
            stretches.append([token])
    return stretches


def _own_direction(word: str) -> Direction | None:
    """The direction of a word's first letter that has one."""
    for sign in word:
        match unicodedata.bidirectional(sign):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return None


def _shortened(title: str) -> str:
    """A title that fits beside the page number."""
    line = title.replace("\n", " ")
    return line if len(line) <= LONGEST_FOOTER else f"{line[: LONGEST_FOOTER - 1].rstrip()}…"


def _widths(table: content.Table) -> list[float | None]:
    """Shares as given. Without any, a narrow table is spread over the page and a wide one finds its own measure."""
    given = [column.width for column in table.columns]
    if any(given):
        return given
    longest = [len(content.plain(column.label)) for column in table.columns]
    for row in table.rows:
        longest = [max(most, len(content.plain(cell))) for most, cell in zip(longest, row, strict=True)]
    shares = [most + 4.0 for most in longest]
    return list(shares) if sum(shares) <= FITS_ON_A_LINE else given


def _language(lang: str) -> str:
    """The primary language of a tag: typst knows nothing longer ("de-simple" is set as "de")."""
    language = lang.lower().replace("_", "-").split("-")[0]
    return language if re.fullmatch("[a-z]{2,3}", language) else "und"


def _moment(document: Document) -> dict[str, int] | None:
    at = document.saved_at
    if at is None:
        return None
    names = ("year", "month", "day", "hour", "minute", "second")
    return {name: getattr(at, name) for name in names}
