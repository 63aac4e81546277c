"""Bases for records with texts that are read in many languages.

A record keeps its texts as written, with the language they were written in (`Translatable`); each other language
is a row (`Translation`) with its state and the source it was made from, so that only a changed source outdates it
and the translator is shown just what changed (W6.4).
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from quartierwerk.tenants.managers import PublicManager
from quartierwerk.tenants.models import Municipal, Visibility

from .audience import CheckedBy
from .states import STORED, TranslationState


class Translatable(models.Model):
    """A record whose texts exist in a language of their own and may be translated."""

    # Names of the fields that readers see and translators work on, in the order they are shown.
    TEXTS: ClassVar[tuple[str, ...]] = ()

    language = models.CharField(_("language of the texts"), max_length=35, default="de")
    # Texts written in another language than `language`: {"title": "en"}.
    text_languages = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def language_of(self, text_name: str) -> str:
        return self.text_languages.get(text_name, self.language)


class Translation(Municipal):
    """One text of a record in one other language. Subclasses add `record`, a foreign key to their Translatable."""

    text_name = models.CharField(_("text"), max_length=60)
    language = models.CharField(_("language"), max_length=35)
    text = models.TextField(_("translation"), blank=True)
    state = models.CharField(_("state"), max_length=20, choices=STORED, default=TranslationState.IN_WORK)
    # The source as it stood when this translation was made: what the changed part is compared with.
    source_text = models.TextField(blank=True, editable=False)
    origin = models.CharField(_("translated by or with"), max_length=200, blank=True)
    # Somebody for whom the text is meant read it and understood it (R6.07). Counts as long as the words are those.
    checked_by = models.CharField(
        _("checked by"), max_length=20, choices=CheckedBy, blank=True, editable=False
    )
    checked_on = models.DateField(_("checked on"), null=True, editable=False)
    checked_text = models.TextField(blank=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    # Inherited from the record by trigger (tenants/walls.py).
    visibility = models.CharField(
        max_length=10, choices=Visibility, default=Visibility.TENANT, editable=False
    )
    shared_with = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)

    published = PublicManager()

    class Meta(Municipal.Meta):
        abstract = True

    @classmethod
    def wall_parent(cls) -> str:
        return "record"

    def __str__(self):
        return f"{self.text_name} ({self.language})"
