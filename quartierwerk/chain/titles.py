"""Titles of translatable records as SQL, so that one query reads all kinds in the reader's language."""

from collections.abc import Callable

from django.db.models import Case, F, IntegerField, OuterRef, Subquery, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import Exact

from quartierwerk.languages.models import Translation
from quartierwerk.languages.states import TranslationState
from quartierwerk.languages.tags import fallbacks

from .register import Title


def translated(texts: type[Translation], name: str = "title") -> Callable[[str], Title]:
    """The text `name` of a Translatable, as `languages.showing.show` would choose it. texts: its translations."""

    def title(lang: str) -> Title:
        tags = list(fallbacks(lang))
        source = Coalesce(KeyTextTransform(name, "text_languages"), Cast("language", TextField()))
        # Translations in a language that the reader prefers to the one the text was written in.
        rows = (
            texts.everywhere.filter(
                tenant=OuterRef("tenant"), record=OuterRef("pk"), text_name=name, language__in=tags
            )
            .exclude(text="")
            .exclude(state=TranslationState.IN_WORK)
            .annotate(rank=_rank(F("language"), tags))
            .filter(rank__lt=_rank(OuterRef("language"), tags))
            .order_by("rank")
        )
        return Title(
            Coalesce(Subquery(rows.values("text")[:1]), F(name), output_field=TextField()),
            Coalesce(Subquery(rows.values("language")[:1]), source, output_field=TextField()),
        )

    return title


def _rank(language: F | OuterRef, tags: list[str]) -> Case:
    """Place of a language in the reader's preferences; what she does not read comes last."""
    steps = [When(Exact(language, Value(tag)), then=Value(place)) for place, tag in enumerate(tags)]
    return Case(*steps, default=Value(len(tags)), output_field=IntegerField())
