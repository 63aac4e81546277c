"""States of all translations in SQL, so that lists and counts cost the same for ten records and ten thousand.

`languages.states.state_of` decides for loaded rows; here stands the same rule for the database, and a test compares
the two.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Count, Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from quartierwerk.languages.register import Kind
from quartierwerk.languages.states import TranslationState

S = TranslationState


class NormalText(Func):
    """`segments.normal_text`: NFC and single spaces. What Python takes for a space, PostgreSQL is told."""

    template = (
        r"btrim(regexp_replace(normalize(%(expressions)s, NFC), "
        r"'[\s\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g'))"
    )
    output_field = TextField()


def with_states(kind: Kind, rows: QuerySet) -> QuerySet:
    """Translations with `now`, their state; "" where the source has no such text any more."""
    source = Case(
        *(When(text_name=name, then=F(f"record__{name}")) for name in kind.model.TEXTS),
        default=Value(""),
        output_field=TextField(),
    )
    fits = Q(source_text=F("source")) | Q(then_normal=F("now_normal"))
    return rows.annotate(
        source=source, then_normal=NormalText("source_text"), now_normal=NormalText(F("source"))
    ).annotate(
        now=Case(
            When(source="", then=Value("")),
            When(text="", then=Value(S.MISSING.value)),
            When(state=S.IN_WORK, then=Value(S.IN_WORK.value)),
            When(fits, then=F("state")),
            default=Value(S.OUTDATED.value),
            output_field=TextField(),
        )
    )


def source_language(name: str) -> Coalesce:
    """The language a text was written in: its own, else the record's."""
    return Coalesce(KeyTextTransform(name, "text_languages"), "language", output_field=TextField())


def counts(kind: Kind, records: QuerySet, languages: Iterable[str]) -> dict[str, dict[str, int]]:
    """language → state → number of texts, in two queries. Texts in the language itself are not counted."""
    written: dict[str, int] = defaultdict(int)
    parts = [
        records.order_by()
        .exclude(**{name: ""})
        .annotate(written_in=source_language(name))
        .values("written_in")
        .annotate(number=Count("pk"))
        for name in kind.model.TEXTS
    ]
    for row in parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]:
        written[row["written_in"]] += row["number"]
    texts: Any = kind.translations.objects
    there: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    # Where nothing is written, nothing is translated.
    held = texts.filter(record__in=records.order_by()) if written else texts.none()
    rows = with_states(kind, held)
    for row in rows.exclude(now__in=("", S.MISSING)).values("language", "now").annotate(number=Count("pk")):
        there[row["language"]][row["now"]] += row["number"]
    everything = sum(written.values())
    found = {}
    for language in dict.fromkeys([*languages, *there]):
        done = there[language]
        missing = everything - written[language] - sum(done.values())
        found[language] = {**{state.value: done[state] for state in S}, S.MISSING.value: max(0, missing)}
    return found


def in_state(kind: Kind, records: QuerySet, language: str, state: str) -> QuerySet:
    """Records with at least one text in that state; all with a text to translate where `state` is empty."""
    texts: Any = kind.translations.objects
    translations = texts.filter(record=OuterRef("pk"), language=language)
    wanted: Any = Q()
    if state in ("", S.MISSING):
        for name in kind.model.TEXTS:
            records = records.annotate(**{f"{name}_written_in": source_language(name)})
            there = Exists(translations.filter(text_name=name).exclude(text=""))
            is_missing = ~Q(**{name: ""}) & ~Q(**{f"{name}_written_in": language})
            wanted |= is_missing & ~there if state else is_missing
    else:
        wanted = Q(Exists(with_states(kind, translations).filter(now=state)))
    return records.filter(wanted)
