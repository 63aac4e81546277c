"""The concept and its fields of action, and what became of a field."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.journal.history import tracked
from quartierwerk.languages.models import Translatable, Translation
from quartierwerk.tenants.managers import scoped
from quartierwerk.tenants.models import Municipal, Visible

from .. import catalogue
from .parts import Called, Part


class ConceptKind(models.TextChoices):
    INTEGRATION = "integration", _("Integration concept")
    OTHER = "other", _("Other strategy")


@tracked()
class Concept(Visible, Translatable):
    """A municipality's plan as its current records; another strategy (ageing, inclusion) is a second one (R2.17)."""

    TEXTS = ("title", "summary")

    slug = models.SlugField(_("short name in addresses"), max_length=60)
    kind = models.CharField(
        _("kind"), max_length=20, choices=ConceptKind, default=ConceptKind.INTEGRATION.value
    )
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("in short"), blank=True)
    confirm_every_months = models.PositiveSmallIntegerField(
        _("months after which a record counts as outdated"), default=12
    )
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta(Visible.Meta):
        verbose_name = _("integration concept")
        verbose_name_plural = _("integration concepts")
        ordering = ["position", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "slug"], name="concept_slug_once"),
            models.CheckConstraint(
                name="concept_confirmed_at_times", condition=Q(confirm_every_months__gte=1)
            ),
        ]

    def __str__(self):
        return self.title


@tracked()
class ConceptText(Translation):
    record = models.ForeignKey(Concept, models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        verbose_name = _("text of a concept")
        verbose_name_plural = _("texts of concepts")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "record", "text_name", "language"], name="concept_text_once"
            )
        ]


class FieldQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ended_on=None)


@tracked(leave_out=["sort_key", "key"])
class FieldOfAction(Called, Part, Translatable):
    """A chapter of the concept. One that is not detailed says so, instead of showing zeros (R3.14)."""

    PART_OF = "concept"
    CALLED = "name"
    TEXTS = ("name", "description")

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="fields", db_index=False)
    name = models.CharField(_("name"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    catalogue_code = models.CharField(
        _("in the common list"),
        max_length=40,
        blank=True,
        choices=[(code, field.label) for code, field in catalogue.FIELDS.items()],
    )
    # Topics of the directory (`directory.topics`) whose offers and wishes belong here.
    topics = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, verbose_name=_("topics of the offers")
    )
    is_detailed = models.BooleanField(_("is detailed"), default=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects, published = scoped(FieldQuerySet)

    class Meta(Part.Meta):
        verbose_name = _("field of action")
        verbose_name_plural = _("fields of action")
        ordering = ["position", "sort_key"]
        indexes = [models.Index(fields=["tenant", "concept", "position"], name="fields_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "concept", "key"], name="field_name_once", condition=Q(ended_on=None)
            ),
            models.UniqueConstraint(
                fields=["tenant", "concept", "catalogue_code"],
                name="field_code_once",
                condition=Q(ended_on=None) & ~Q(catalogue_code=""),
            ),
        ]


@tracked()
class FieldOfActionText(Translation):
    record = models.ForeignKey(FieldOfAction, models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        verbose_name = _("text of a field of action")
        verbose_name_plural = _("texts of fields of action")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "record", "text_name", "language"], name="field_text_once"
            )
        ]


@tracked()
class FieldChange(Municipal):
    """What became of a field: it was renamed, merged into another, split off, added, ended."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", pgettext_lazy("field of action", "renamed")
        MERGED = "merged", pgettext_lazy("field of action", "merged")
        SPLIT = "split", pgettext_lazy("field of action", "split")
        ADDED = "added", pgettext_lazy("field of action", "added")
        ENDED = "ended", pgettext_lazy("field of action", "ended")

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="field_changes", db_index=False)
    kind = models.CharField(_("what happened"), max_length=10, choices=Kind)
    earlier = models.ForeignKey(
        FieldOfAction, models.CASCADE, null=True, blank=True, related_name="changes_onward", db_index=False
    )
    later = models.ForeignKey(
        FieldOfAction, models.CASCADE, null=True, blank=True, related_name="changes_back", db_index=False
    )
    name_before = models.CharField(_("name before"), max_length=300, blank=True)
    at = models.DateTimeField(_("on"), default=timezone.now)

    class Meta(Municipal.Meta):
        verbose_name = _("change of a field of action")
        verbose_name_plural = _("changes of fields of action")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["tenant", "concept", "at"], name="field_changes_in_order")]
        constraints = [
            models.CheckConstraint(
                name="field_change_of_a_field", condition=Q(earlier__isnull=False) | Q(later__isnull=False)
            )
        ]

    def __str__(self):
        return f"{self.name_before} {self.get_kind_display()}"


@tracked()
class FieldMapping(Municipal):
    """A field of ours stands for one of the common list, or for one of another concept here (R2.16)."""

    field = models.ForeignKey(FieldOfAction, models.CASCADE, related_name="mappings", db_index=False)
    catalogue_code = models.CharField(
        _("in the common list"),
        max_length=40,
        blank=True,
        choices=[(code, field.label) for code, field in catalogue.FIELDS.items()],
    )
    other = models.ForeignKey(
        FieldOfAction, models.CASCADE, null=True, blank=True, related_name="mapped_from", db_index=False
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Municipal.Meta):
        verbose_name = _("mapping of a field of action")
        verbose_name_plural = _("mappings of fields of action")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "field", "catalogue_code", "other"],
                name="field_mapped_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="field_mapped_to_one",
                condition=Q(catalogue_code="", other__isnull=False) | ~Q(catalogue_code="") & Q(other=None),
            ),
        ]

    def __str__(self):
        return self.catalogue_code or str(self.other)
