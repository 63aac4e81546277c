"""Pictures with their rights. The bytes lie in the database, in a table of their own (ADR 0011)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.journal.history import tracked
from quartierwerk.languages.models import Translatable, Translation
from quartierwerk.tenants.managers import PublicManager, children, scoped
from quartierwerk.tenants.models import Municipal, Visibility, Visible

from . import rules


class PictureQuerySet(models.QuerySet):
    def with_texts(self):
        return children(self, "translations")


@tracked()
class Picture(Visible, Translatable):
    """A picture that may be shown, and why: who made it, under which licence, and who agreed to be seen in it."""

    TEXTS = ("alt",)

    class Licence(models.TextChoices):
        OWN = "own", pgettext_lazy("licence", "own picture, all rights with us")
        PERMITTED = "permitted", pgettext_lazy("licence", "used with written permission")
        CC_BY = "cc-by", pgettext_lazy("licence", "CC BY 4.0")
        CC_BY_SA = "cc-by-sa", pgettext_lazy("licence", "CC BY-SA 4.0")
        CC0 = "cc0", pgettext_lazy("licence", "CC0, no rights reserved")
        PUBLIC_DOMAIN = "public-domain", pgettext_lazy("licence", "no longer protected")

    class Persons(models.TextChoices):
        NONE = "none", _("Nobody can be recognised")
        CONSENT = "consent", _("Persons can be recognised, and all of them agreed")
        NO_CONSENT = "no_consent", _("Persons can be recognised, and not all of them agreed")

    # What a screen reader says instead of the picture.
    alt = models.CharField(_("description of the picture"), max_length=500)
    author = models.CharField(_("made by"), max_length=200, blank=True)
    licence = models.CharField(_("right of use"), max_length=20, choices=Licence)
    source = models.URLField(_("found at"), max_length=500, blank=True)
    persons = models.CharField(_("persons in the picture"), max_length=20, choices=Persons)
    consent_note = models.CharField(_("where the consent is kept"), max_length=300, blank=True)
    # Whose editors may use and change it; empty where it is the municipality's own.
    organisation_id = models.UUIDField(null=True, editable=False)
    # Of its largest size, so that a page keeps its place before the picture is there.
    width = models.PositiveIntegerField(_("width"), editable=False, default=0)
    height = models.PositiveIntegerField(_("height"), editable=False, default=0)
    changed_at = models.DateTimeField(auto_now=True)

    objects, published = scoped(PictureQuerySet)

    class Meta(Visible.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-changed_at"]
        indexes = [models.Index(fields=["tenant", "-changed_at"], name="pictures_newest")]
        constraints = [
            # Nothing that lacks a right can be shown, whatever a form or an import does.
            models.CheckConstraint(
                name="picture_public_with_rights",
                condition=~Q(visibility="public")
                | (
                    ~Q(persons="no_consent")
                    & (~Q(persons="consent") | ~Q(consent_note=""))
                    & (~Q(licence__in=rules.NAMING) | ~Q(author=""))
                ),
            )
        ]

    def __str__(self):
        return self.alt


@tracked()
class PictureText(Translation):
    record = models.ForeignKey(Picture, models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        verbose_name = _("text of a picture")
        verbose_name_plural = _("texts of pictures")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "record", "text_name", "language"], name="picture_text_once"
            )
        ]


class PictureFile(Municipal):
    """A picture in one of its sizes, drawn anew when it arrived (`cleaning.py`) and never changed afterwards.

    Without history: a version of every size for every change of a word would be the larger part of the database.
    """

    SIZES: ClassVar[dict[str, int]] = {"page": 1_200, "thumbnail": 320}  # longest side in pixels

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="files", verbose_name=_("picture"))
    size = models.CharField(_("size"), max_length=20, choices=[(name, name) for name in SIZES])
    content = models.BinaryField(_("content"))
    mime_type = models.CharField(_("type"), max_length=20)
    fingerprint = models.CharField(max_length=64)  # SHA-256 of the content, for browsers that have it already
    visibility = models.CharField(
        max_length=10, choices=Visibility, default=Visibility.TENANT, editable=False
    )
    shared_with = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)

    published = PublicManager()

    class Meta(Municipal.Meta):
        verbose_name = _("file of a picture")
        verbose_name_plural = _("files of pictures")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "picture", "size"], name="picture_size_once")
        ]

    @classmethod
    def wall_parent(cls) -> str:
        return "picture"

    def __str__(self):
        return self.size


class Illustrated(models.Model):
    """Beside a text in one language: its picture. Mixed into the texts of a record, above all for Leichte Sprache."""

    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )

    class Meta:
        abstract = True
