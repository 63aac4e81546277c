"""Texts checked by those they are written for (R6.07)."""

from django.db import models
from django.utils.translation import pgettext_lazy

from .segments import normal_text


class CheckedBy(models.TextChoices):
    """Who checked a text, of those it is written for: what they are to it, never a name. They need no account."""

    TEST_GROUP = "test_group", pgettext_lazy("checked by", "a test group for Leichte Sprache")
    SLOW_READER = "slow_reader", pgettext_lazy("checked by", "somebody who finds reading hard")
    LEARNER = "learner", pgettext_lazy("checked by", "somebody who is learning German")
    SPEAKER = "speaker", pgettext_lazy("checked by", "somebody who grew up with this language")


def is_checked(row) -> bool:
    """Whether the words as they stand are those that somebody of the audience checked."""
    return bool(row.checked_by) and normal_text(row.checked_text) == normal_text(row.text)
