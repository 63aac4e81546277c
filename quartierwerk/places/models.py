from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from quartierwerk.journal.history import tracked
from quartierwerk.languages.names import sort_key
from quartierwerk.tenants.managers import scoped
from quartierwerk.tenants.models import Visible

from . import outlines


class SocialSpaceQuerySet(models.QuerySet):
    def on(self, day):
        """Spaces whose borders are valid on this day (R4.01)."""
        return self.filter(models.Q(valid_from=None) | models.Q(valid_from__lte=day)).filter(
            models.Q(valid_until=None) | models.Q(valid_until__gt=day)
        )


@tracked()
class SocialSpace(Visible):
    """A quarter or another area of a municipality, with the days on which its borders hold."""

    # What is for a quarter's staff only is for the staff of the quarter itself (`rights/visibility.py`).
    space_path = "id"

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

    def outline_as_text(self) -> str:
        """The outline as people compare two versions of it (`web.editing`)."""
        if not self.outline:
            return ""
        facts = outlines.facts(self.outline)
        # Middle and size tell two outlines apart, which the number of points alone would not.
        values = {
            "n": facts.points,
            "size": f"{facts.square_km:.2f}",
            "at": f"{facts.lat:.3f}, {facts.lon:.3f}",
        }
        words = ngettext(
            "outline with %(n)s point, %(size)s km² around %(at)s",
            "outline with %(n)s points, %(size)s km² around %(at)s",
            facts.points,
        )
        return words % values


@tracked()
class Succession(Visible):
    """A space that took the place of another when borders changed: one to one, divided, or joined."""

    earlier = models.ForeignKey(
        SocialSpace, models.PROTECT, related_name="successions", db_index=False, verbose_name=_("until then")
    )
    later = models.ForeignKey(
        SocialSpace, models.PROTECT, related_name="origins", db_index=False, verbose_name=_("from then on")
    )

    class Meta(Visible.Meta):
        verbose_name = _("succession of social spaces")
        verbose_name_plural = _("successions of social spaces")
        indexes = [models.Index(fields=["tenant", "later"], name="successions_by_later")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "earlier", "later"], name="succession_once"),
            models.CheckConstraint(name="succession_of_two", condition=~models.Q(earlier=models.F("later"))),
        ]

    @classmethod
    def wall_parent(cls) -> str:
        return "later"

    def __str__(self):
        return f"{self.earlier_id} → {self.later_id}"


@tracked()
class Address(Visible):
    """A place one can go to: house, room, meeting point. Offers and dates point here."""

    name = models.CharField(_("name of the place"), max_length=200, blank=True)
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    detail = models.CharField(_("floor, entrance"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    town = models.CharField(_("town"), max_length=120, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    space = models.ForeignKey(
        SocialSpace,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="addresses",
        verbose_name=_("quarter"),
    )

    class Meta(Visible.Meta):
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        indexes = [models.Index(fields=["tenant", "postcode", "street"], name="addresses_by_street")]
        constraints = [
            models.CheckConstraint(
                name="coordinates_on_earth",
                condition=(
                    models.Q(latitude__isnull=True, longitude__isnull=True)
                    | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180))
                ),
            )
        ]

    def __str__(self):
        return ", ".join(
            part for part in (self.name, self.street, f"{self.postcode} {self.town}".strip()) if part
        )

    @property
    def has_coordinates(self) -> bool:
        return self.latitude is not None and self.longitude is not None
