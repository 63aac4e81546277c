import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import scope
from .managers import PublicManager, ScopedManager
from .visibility import Visibility


class TenantQuerySet(models.QuerySet):
    def at_postcode(self, postcode: str):
        """Municipalities with this postcode; several where a postcode spans two towns."""
        return self.filter(postcodes__contains=[postcode]).order_by("name")

    def operating(self) -> "Tenant | None":
        """Who runs the installation and answers for pages without municipality: as set, else the one above all."""
        if settings.OPERATED_BY:
            return self.filter(slug=settings.OPERATED_BY).first()
        top = list(self.filter(parent=None)[:2])
        return top[0] if len(top) == 1 else None


class Tenant(models.Model):
    """A controller in the sense of data protection: Land, Region or municipality (R1.01)."""

    class Kind(models.TextChoices):
        LAND = "land", _("Federal state")
        REGION = "region", _("Region or district")
        MUNICIPALITY = "municipality", _("Municipality")

    slug = models.SlugField(_("short name in addresses"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.MUNICIPALITY)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    # Itself and everything above it, nearest first: a portal reads these without walking the tree.
    lineage = ArrayField(models.BigIntegerField(), default=list, editable=False)
    postcodes = ArrayField(
        models.CharField(max_length=5), default=list, blank=True, verbose_name=_("postcodes")
    )
    languages = ArrayField(
        models.CharField(max_length=35), default=list, blank=True, verbose_name=_("languages of contents")
    )
    # Whose public holidays count: the Land's letters as in ISO 3166-2:DE.
    land = models.CharField(_("federal state"), max_length=2, default="NI")
    source_language = models.CharField(_("language the staff write in"), max_length=35, default="de")
    contact_office = models.CharField(_("office"), max_length=200, blank=True)
    contact_place = models.CharField(_("room and street"), max_length=200, blank=True)
    contact_phone = models.CharField(_("phone"), max_length=60, blank=True)
    contact_email = models.EmailField(_("mail address"), blank=True)
    contact_hours = models.CharField(
        pgettext_lazy("when an office is open", "hours"), max_length=200, blank=True
    )
    # Changes by an organisation's editor wait for the staff, instead of showing at once.
    changes_are_checked = models.BooleanField(_("changes by organisations are checked first"), default=False)
    confirm_every_months = models.PositiveSmallIntegerField(
        _("months after which organisations are asked whether all is still true"), default=6
    )
    is_example = models.BooleanField(_("example with invented data"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def tenant_id(self):
        """A municipality is its own, for the rights table as for the journal."""
        return self.pk

    @transaction.atomic
    def save(self, **kwargs):
        """Raises ValueError where a municipality would belong to itself, however many steps up."""
        above = self._lineage_above()
        if self.pk in above:
            raise ValueError(f"{self.name} cannot belong to itself or to what belongs to it.")
        super().save(**kwargs)
        lineage = [self.pk, *above]
        if lineage != self.lineage:
            self.lineage = lineage
            super().save(update_fields=["lineage"])
            for child in self.children.all():
                child.parent = self
                child.save()

    def _lineage_above(self) -> list[int]:
        """As it stands in the database, and locked: of two that move below each other at once, one is refused."""
        above = (
            Tenant.objects.select_for_update().filter(pk=self.parent_id).first() if self.parent_id else None
        )
        return above.lineage if above else []


class Municipal(models.Model):
    """A row that belongs to one municipality. Both walls are built from this base (`walls.py`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT, editable=False, db_index=False, default=scope.writing)

    objects = ScopedManager()
    everywhere = models.Manager()  # unfiltered but for row-level security; its use is for the framework

    class Meta:
        abstract = True
        base_manager_name = "everywhere"
        # Else the nearest class's own manager would win, and related rows would be the public ones only.
        default_manager_name = "objects"

    @classmethod
    def wall_parent(cls) -> str | None:
        """Name of the foreign key whose row lends this one its visibility (hours, contacts, texts)."""
        return None


class Visible(Municipal):
    """A municipal row that can be shown: to a quarter's staff, to named municipalities, to everybody."""

    visibility = models.CharField(
        _("visible to"), max_length=10, choices=Visibility, default=Visibility.TENANT
    )
    shared_with = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)

    published = PublicManager()

    class Meta(Municipal.Meta):
        abstract = True
