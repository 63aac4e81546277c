"""Translations of a concept's texts as rows of its document: which record by its name, which text, which language."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from quartierwerk.languages import tags
from quartierwerk.languages.models import Translatable
from quartierwerk.languages.states import is_outdated

from ..models import Concept, ConceptText, FieldOfAction, FieldOfActionText, GoalText, MeasureText, NeedText
from .schema import Row

TABLES: Mapping[str, Any] = {
    "concept": ConceptText,
    "field": FieldOfActionText,
    "need": NeedText,
    "goal": GoalText,
    "measure": MeasureText,
}


def rows_of(concept: Concept, records: Mapping[str, list[Any]]) -> list[Row]:
    """records: kind → records in the order of the document. A query a kind, whatever the number."""
    found = []
    for kind, table in TABLES.items():
        of_kind = [concept] if kind == "concept" else records[kind]
        texts: dict[UUID, list[Any]] = {}
        # Also those of other concepts, if there are any: to write thousands of ids into the question takes longer.
        for one in table.objects.exclude(text=""):
            texts.setdefault(one.record_id, []).append(one)
        for record in of_kind:
            ordered = sorted(
                texts.get(record.pk, ()), key=lambda one: (record.TEXTS.index(one.text_name), one.language)
            )
            found += [_row(kind, record, one) for one in ordered]
    return found


def _row(kind: str, record: Any, translated: Any) -> Row:
    now = getattr(record, translated.text_name)
    return {
        "kind": kind,
        "record": called(record),
        "text": translated.text_name,
        "language": translated.language,
        "words": translated.text,
        "state": translated.state,
        # Only where the words have changed since: else it is the text as it stands in the document.
        "source": translated.source_text if is_outdated(translated.source_text, now) else "",
        "origin": translated.origin,
    }


def called(record: Any) -> str:
    if isinstance(record, Concept):
        return record.slug
    return record.name if isinstance(record, FieldOfAction) else record.title


def wrong_with(record: Translatable, row: Row) -> str:
    """A sentence why a row cannot be taken, "" where it can."""
    try:
        tags.normal_tag(row["language"])
    except tags.NotALanguage:
        return _("“%(tag)s” is no language. Write for example uk, ar, de-simple.") % {"tag": row["language"]}
    if row["text"] not in record.TEXTS or not getattr(record, row["text"]):
        return _("There is no such text to translate.")
    if record.language_of(row["text"]) == tags.normal_tag(row["language"]):
        return _("The text is written in this language already.")
    return ""


class Texts:
    """Translations that are there, read once for each kind."""

    def __init__(self) -> None:
        self._there: dict[str, dict[tuple, Any]] = {}

    def take(self, record: Any, row: Row, save: Callable[[Any, Row, bool], Any]) -> None:
        """save: (translation, its values, whether it is new)"""
        table = TABLES[row["kind"]]
        if row["kind"] not in self._there:
            self._there[row["kind"]] = {
                (one.record_id, one.text_name, one.language): one for one in table.objects.all()
            }
        there = self._there[row["kind"]]
        language = tags.normal_tag(row["language"])
        place = (record.pk, row["text"], language)
        found = there.get(place)
        values = {
            "text": row["words"],
            "state": row.get("state", "human"),
            "source_text": row.get("source") or getattr(record, row["text"]),
            "origin": row.get("origin", ""),
        }
        fresh = table(record=record, text_name=row["text"], language=language)
        if made := save(found or fresh, values, found is None):
            there[place] = made
