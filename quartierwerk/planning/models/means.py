"""With what a measure works: money by year, and staff posts with their runway."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.directory.models import Organisation
from quartierwerk.journal.history import tracked
from quartierwerk.places.models import SocialSpace
from quartierwerk.tenants.models import Visible

from .measures import Measure
from .parts import Part
from .people import Team


@tracked()
class CostLine(Part):
    """Money for a measure in one year, in cents: planned, spent, and whether it is promised."""

    PART_OF = "measure"

    class Kind(models.TextChoices):
        STAFF = "staff", pgettext_lazy("kind of cost", "staff")
        MATERIAL = "material", pgettext_lazy("kind of cost", "material")
        OTHER = "other", pgettext_lazy("kind of cost", "other")

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="cost_lines", db_index=False)
    year = models.PositiveSmallIntegerField(_("year"))
    label = models.CharField(_("what for"), max_length=300)
    source = models.CharField(_("from which money"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER.value)
    # Empty: to be clarified, which is not 0,00 €.
    planned_cents = models.BigIntegerField(_("planned"), null=True, blank=True)
    spent_cents = models.BigIntegerField(_("spent"), default=0)
    is_secured = models.BooleanField(_("is promised"), default=False)
    secured_until = models.DateField(_("promised until"), null=True, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("cost line")
        verbose_name_plural = _("cost lines")
        ordering = ["year", "label", "id"]
        indexes = [
            models.Index(fields=["tenant", "measure", "year"], name="costs_of_measure"),
            models.Index(
                fields=["tenant", "secured_until"],
                name="costs_that_end",
                condition=Q(secured_until__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="costs_not_negative", condition=Q(planned_cents__gte=0, spent_cents__gte=0)
            ),
            models.CheckConstraint(name="costs_of_a_year", condition=Q(year__gte=1990, year__lte=2200)),
        ]

    def __str__(self):
        return f"{self.year} {self.label}"


@tracked()
class StaffPost(Visible):
    """A post or a share of one, and until when its money is promised (R3.10). No end: permanent."""

    title = models.CharField(_("title"), max_length=300)
    measure = models.ForeignKey(
        Measure, models.SET_NULL, null=True, blank=True, related_name="posts", verbose_name=_("measure")
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("team")
    )
    space = models.ForeignKey(
        SocialSpace,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="staff_posts",
        verbose_name=_("quarter"),
    )
    share_percent = models.PositiveSmallIntegerField(_("share of a full post in percent"), default=100)
    source = models.CharField(_("from which money"), max_length=300, blank=True)
    filled = models.BooleanField(_("is filled"), default=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    is_neighbourhood_office = models.BooleanField(_("works in a neighbourhood office"), default=False)
    # Where people find whoever has the post, as the directory knows the place.
    office = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="staff_posts",
        verbose_name=_("neighbourhood office in the directory"),
    )
    # Months before the end of which somebody was told already: 12, 6, 3.
    alerts_sent = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True, editable=False)

    class Meta(Visible.Meta):
        verbose_name = _("staff post")
        verbose_name_plural = _("staff posts")
        ordering = ["title", "id"]
        indexes = [
            models.Index(fields=["tenant", "title"], name="posts_in_order"),
            models.Index(fields=["tenant", "ends_on"], name="posts_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                name="post_share", condition=Q(share_percent__gte=1, share_percent__lte=100)
            ),
            models.CheckConstraint(
                name="post_ends_after_it_begins",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self):
        return self.title
