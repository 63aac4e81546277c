"""The concept as a file in every format: set as a document, or as rows of tables."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, override

from quartierwerk.documents import docx, html, pdf
from quartierwerk.documents.content import Document
from quartierwerk.languages import choosing
from quartierwerk.web.media_types import DOCX, XLSX

from ..files.writers import WRITERS
from . import concept, rows
from .state import State

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Format:
    """label: what people call it, the same in every language. use: what it is good for."""

    name: str
    label: str
    use: "_StrPromise"
    ending: str
    mime: str


FORMATS = {
    one.name: one
    for one in (
        Format("pdf", "PDF", gettext_lazy("to read and print"), "pdf", "application/pdf"),
        Format("docx", "Word", gettext_lazy("to go on writing"), "docx", DOCX),
        Format("html", "HTML", gettext_lazy("a web page in one file"), "html", "text/html; charset=utf-8"),
        Format("xlsx", "Excel", gettext_lazy("tables"), "xlsx", XLSX),
        Format("csv", "CSV", gettext_lazy("tables, a file each"), "zip", "application/zip"),
        Format("json", "JSON", gettext_lazy("for programs"), "json", "application/json"),
    )
}
SETTERS: dict[str, Callable[[Document], bytes]] = {
    "pdf": pdf.render,
    "docx": docx.render,
    "html": html.render,
}


def written(state: State, format: str) -> bytes:
    """Raises fonts.FontsMissing for a PDF, or a DOCX with pictures, if the set-up has not built the fonts."""
    if format in WRITERS:
        return WRITERS[format](rows.document_of(state))
    return set_as(concept.document, state, format)


def set_as(paper: Callable[[State], Document], state: State, format: str) -> bytes:
    """A paper in the state's language."""
    with override(choosing.frame_language(state.lang)):
        return SETTERS[format](paper(state))
