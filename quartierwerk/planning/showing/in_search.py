"""What of the plan can be found: measures and fields of action, beside the offers and never among them."""

from collections.abc import Iterable

from django.db.models import QuerySet

from quartierwerk.languages.states import TranslationState
from quartierwerk.places.models import SocialSpace
from quartierwerk.search import kinds
from quartierwerk.search.index import Document, Text
from quartierwerk.tenants.managers import children

from ..models import (
    Concept,
    FieldOfAction,
    FieldOfActionText,
    Measure,
    MeasureInField,
    MeasureText,
)

MEASURES, FIELDS = "measures", "fields"


def _fields() -> QuerySet[FieldOfAction]:
    return FieldOfAction.published.filter(ended_on=None, concept__in=Concept.published.values("pk"))


def _measures() -> QuerySet[Measure]:
    held = MeasureInField.published.filter(field__in=_fields().values("pk"))
    return Measure.published.filter(pk__in=held.values("measure"))


def _measure_documents(rows: QuerySet[Measure]) -> Iterable[Document]:
    names: dict = {}
    held = MeasureInField.published.filter(measure__in=rows.values("pk"), field__in=_fields().values("pk"))
    for pk, name in held.values_list("measure", "field__name"):
        names.setdefault(pk, []).append(name)
    for one in children(rows.select_related("space"), "translations"):
        places = [one.space.name] if one.space else []
        yield Document(
            kind=MEASURES,
            id=str(one.pk),
            tenant=one.tenant_id,
            texts=_texts(one, "title", ("what",), " ".join([*names.get(one.pk, ()), *places])),
            source_lang=one.language,
            places=places,
        )


def _field_documents(rows: QuerySet[FieldOfAction]) -> Iterable[Document]:
    for one in children(rows, "translations"):
        yield Document(
            kind=FIELDS,
            id=str(one.pk),
            tenant=one.tenant_id,
            texts=_texts(one, "name", ("description",), ""),
            source_lang=one.language,
        )


def _texts(
    record: Measure | FieldOfAction, title: str, others: tuple[str, ...], extra: str
) -> dict[str, Text]:
    """The source, and each language with a finished translation of any text."""
    by_language = {record.language: {name: getattr(record, name) for name in (title, *others)}}
    for row in record.translations.all():  # type: ignore[union-attr]
        if row.text and row.state != TranslationState.IN_WORK and row.language != record.language:
            by_language.setdefault(row.language, {})[row.text_name] = row.text
    return {
        language: Text(
            found.get(title, getattr(record, title)), "\n".join(found[name] for name in others if found.get(name)), extra
        )
        for language, found in by_language.items()
    }  # fmt: skip


def register() -> None:
    kinds.add(
        kinds.Kind(
            MEASURES,
            _measures,
            _measure_documents,
            told_by=(
                (Measure, "id"),
                (MeasureText, "record_id"),
                (MeasureInField, "measure_id"),
                (FieldOfAction, "id", (MeasureInField, "field_id", "measure_id")),
                (Concept, "id", (FieldOfAction, "concept_id"), (MeasureInField, "field_id", "measure_id")),
                (SocialSpace, "id", (Measure, "space_id")),
            ),
            aside=True,
        )
    )
    kinds.add(
        kinds.Kind(
            FIELDS,
            _fields,
            _field_documents,
            told_by=(
                (FieldOfAction, "id"),
                (FieldOfActionText, "record_id"),
                (Concept, "id", (FieldOfAction, "concept_id")),
            ),
            aside=True,
        )
    )
