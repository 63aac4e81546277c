from django.db import models
from django.utils.translation import gettext_lazy as _

from quartierwerk.journal.history import tracked
from quartierwerk.languages.names import sort_key
from quartierwerk.tenants.managers import scoped
from quartierwerk.tenants.models import Visible


class SocialSpaceQuerySet(models.QuerySet):
    def on(self, day):
        """Spaces whose borders are valid on this day (R4.01)."""
        return self.filter(models.Q(valid_from=None) | models.Q(valid_from__lte=day)).filter(
            models.Q(valid_until=None) | models.Q(valid_until__gt=day)
        )


@tracked()
class SocialSpace(Visible):
    """A quarter or another area of a municipality, with the days on which its borders hold."""

    class Kind(models.TextChoices):
        QUARTER = "quarter", _("Quarter")
        AREA = "area", _("Statistical area")
        SITE = "site", _("Site")

    name = models.CharField(_("name"), max_length=200)
    sort_key = models.CharField(max_length=420, editable=False, db_collation="C")
    code = models.CharField(_("code in statistics"), max_length=30, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.QUARTER)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until (not including)"), null=True, blank=True)
    # GeoJSON Polygon or MultiPolygon in longitude and latitude; empty where nobody drew it yet.
    outline = models.JSONField(_("outline"), null=True, blank=True)
    outline_is_schematic = models.BooleanField(_("outline is only schematic"), default=False)
    # How the geographic order of quarters is kept: never a ranking.
    position = models.PositiveSmallIntegerField(_("position in lists"), default=0)

    objects, published = scoped(SocialSpaceQuerySet)

    class Meta(Visible.Meta):
        verbose_name = _("social space")
        verbose_name_plural = _("social spaces")
        ordering = ["position", "sort_key"]
        indexes = [models.Index(fields=["tenant", "position", "sort_key"], name="spaces_in_order")]
        constraints = [
            models.CheckConstraint(
                name="space_ends_after_it_begins",
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_until__gt=models.F("valid_from")),
            )
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.sort_key = sort_key(self.name)
        super().save(**kwargs)
