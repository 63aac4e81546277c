"""What the translators' pages show, computed here so that templates only print."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.text import capfirst

from quartierwerk import rights
from quartierwerk.languages import readability, tags
from quartierwerk.languages.interface import INTERFACE_LANGUAGES
from quartierwerk.languages.models import Translatable, Translation
from quartierwerk.languages.readability import Readability
from quartierwerk.languages.register import Kind
from quartierwerk.languages.segments import changed_segments, word_changes
from quartierwerk.languages.states import TranslationState, is_outdated, state_of
from quartierwerk.web import addresses

from .forms import TextForm

S = TranslationState
# How a state is drawn: shape and colour of the tag, beside its word.
SIGNS: dict[str, str] = {
    S.MISSING: "none",
    S.IN_WORK: "warn",
    S.HUMAN: "ok",
    S.MACHINE: "warn",
    S.OUTDATED: "bad",
}
# The order in which translators work.
ORDER = (S.MISSING, S.OUTDATED, S.MACHINE, S.IN_WORK, S.HUMAN)
TO_DO = (S.MISSING, S.OUTDATED, S.MACHINE, S.IN_WORK)


@dataclass(frozen=True)
class StateOfText:
    name: str
    label: str
    state: TranslationState

    @property
    def sign(self) -> str:
        return SIGNS[self.state]


@dataclass(frozen=True)
class LanguageRow:
    """One line of the overview: how much of what there is in a language."""

    tag: str
    name: str
    numbers: list[tuple[TranslationState, int]]


@dataclass(frozen=True)
class ChangedSentence:
    kind: Literal["added", "changed", "removed"]
    words: list[tuple[str, str]]  # (same, removed or added; words)


@dataclass
class TextToTranslate:
    """One text of a record beside the field for its translation."""

    name: str
    label: str
    source: str
    source_language: str
    state: TranslationState
    form: TextForm
    changes: list[ChangedSentence] = field(default_factory=list)
    hint: Readability | None = None

    @property
    def source_dir(self) -> str:
        return tags.direction(self.source_language)

    @property
    def sign(self) -> str:
        return SIGNS[self.state]


def label_of(kind: Kind, name: str) -> str:
    return capfirst(str(kind.model._meta.get_field(name).verbose_name))


def record_url(kind: Kind, record: Translatable, request) -> str:
    """The record's own page in the back office; empty for who may not open it."""
    if not kind.page or (kind.opens and not rights.may(request.person, kind.opens, record)):
        return ""
    return addresses.staff(kind.page, request, pk=record.pk)


def original_url(kind: Kind, record: Translatable, request) -> str:
    """Where the words as first written are changed; empty for who may not."""
    if not kind.edited or not rights.may(request.person, "texts.write", record):
        return ""
    return addresses.staff("translating:original", request, kind=kind.name, pk=record.pk)


def texts_of(record: Translatable, language: str) -> list[str]:
    """Names of the texts that can be translated into a language: written, and in another one."""
    return [name for name in record.TEXTS if getattr(record, name) and record.language_of(name) != language]


def rows_of(record: Any, language: str) -> dict[str, Translation]:
    return {row.text_name: row for row in record.translations.all() if row.language == language}


def states(kind: Kind, record: Translatable, language: str) -> list[StateOfText]:
    rows = rows_of(record, language)
    return [
        StateOfText(name, label_of(kind, name), state_of(rows.get(name), getattr(record, name)))
        for name in texts_of(record, language)
    ]


def languages_of(tenant) -> list[str]:
    """Languages to translate into: those of the municipality's contents first, then the interface's."""
    return list(dict.fromkeys([*tenant.languages, *(one.code for one in INTERFACE_LANGUAGES)]))


def overview(numbers: dict[str, dict[str, int]], reader: str) -> list[LanguageRow]:
    return [
        LanguageRow(tag, tags.name(tag, reader), [(state, of[state]) for state in ORDER])
        for tag, of in numbers.items()
    ]


def first_to_do(numbers: dict[str, dict[str, int]], offered: Sequence[str], source: str) -> str:
    """The language to begin with: the first in which something is to be done, else the first there is."""
    others = [tag for tag in offered if tag != source] or list(offered)
    return next((tag for tag in others if any(numbers[tag][state] for state in TO_DO)), others[0])


def changes(then: str, now: str) -> list[ChangedSentence]:
    """The sentences a translator has to look at, with the words that came and went."""
    found = []
    for change in changed_segments(then, now):
        old, new = (segment.text if segment else "" for segment in (change.old, change.new))
        found.append(ChangedSentence(change.kind, list(word_changes(old, new))))
    return found


def to_translate(
    kind: Kind, record: Translatable, language: str, forms: Sequence[TextForm]
) -> list[TextToTranslate]:
    shown = []
    for form in forms:
        row, name = form.instance, form.text_name
        source = getattr(record, name)
        known = None if row._state.adding else row
        text = TextToTranslate(
            name=name,
            label=label_of(kind, name),
            source=source,
            source_language=record.language_of(name),
            state=state_of(known, source),
            form=form,
        )
        if known and known.text and is_outdated(known.source_text, source):
            text.changes = changes(known.source_text, source)
        if language.split("-")[0] == "de" and known and known.text:
            text.hint = readability.hint(known.text)
        shown.append(text)
    return shown
