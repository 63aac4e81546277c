"""What is known about a text in another language; "missing" is the absence of a row."""

from django.db import models
from django.utils.translation import pgettext_lazy


class TranslationState(models.TextChoices):
    IN_WORK = "in_work", pgettext_lazy("translation", "in work")
    HUMAN = "human", pgettext_lazy("translation", "translated by a person")
    MACHINE = "machine", pgettext_lazy("translation", "machine, unreviewed")
    OUTDATED = "outdated", pgettext_lazy("translation", "out of date: the source changed")


# What visitors read; work in progress stays with the translator.
SHOWN = frozenset({TranslationState.HUMAN, TranslationState.MACHINE, TranslationState.OUTDATED})
