"""What is known about a text in another language (R6.06).

Stored is only how a translation came about. "Missing" is the absence of a row, and "out of date" follows from
comparing the source with the one it was made from: so nothing has to be marked, and only changed words outdate.
"""

from django.db import models
from django.utils.translation import pgettext_lazy

from .segments import normal_text


class TranslationState(models.TextChoices):
    MISSING = "missing", pgettext_lazy("translation", "missing")
    IN_WORK = "in_work", pgettext_lazy("translation", "in work")
    HUMAN = "human", pgettext_lazy("translation", "translated by a person")
    MACHINE = "machine", pgettext_lazy("translation", "machine, unreviewed")
    OUTDATED = "outdated", pgettext_lazy("translation", "out of date: the source changed")


STORED = [
    (state.value, state.label)
    for state in (TranslationState.IN_WORK, TranslationState.HUMAN, TranslationState.MACHINE)
]


def is_outdated(source_then: str, source_now: str) -> bool:
    """Whether the words changed; spaces and line ends are no change."""
    return normal_text(source_then) != normal_text(source_now)


def state_of(row, source_now: str) -> TranslationState:
    """State of one text in one language: `row` is its Translation or None."""
    if row is None or not row.text:
        return TranslationState.MISSING
    if row.state != TranslationState.IN_WORK and is_outdated(row.source_text, source_now):
        return TranslationState.OUTDATED
    return TranslationState(row.state)
