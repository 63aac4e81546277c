"""The concept as a file in every format: set as a document, or as rows of tables."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import override

from quartierwerk.documents import docx, html, pdf
from quartierwerk.documents.content import Document
from quartierwerk.languages import choosing

from ..files.writers import WRITERS
from . import concept, rows
from .state import State


@dataclass(frozen=True)
class Format:
    """label: what people call it; the same in every language."""

    name: str
    label: str
    ending: str
    mime: str


FORMATS = {
    one.name: one
    for one in (
        Format("pdf", "PDF", "pdf", "application/pdf"),
        Format(
            "docx", "Word", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        ),
        Format("html", "HTML", "html", "text/html; charset=utf-8"),
        Format("xlsx", "Excel", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        Format("csv", "CSV", "zip", "application/zip"),
        Format("json", "JSON", "json", "application/json"),
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
