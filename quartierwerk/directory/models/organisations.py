from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from quartierwerk.journal.history import tracked
from quartierwerk.languages.models import Translatable, Translation
from quartierwerk.languages.names import sort_key
from quartierwerk.places.models import Address, SocialSpace
from quartierwerk.tenants.managers import children, scoped
from quartierwerk.tenants.models import Visible
from quartierwerk.uploads.models import Illustrated, Picture

from .. import topics
from ..said_to_visitors import OrganisationRole
from .imported import Imported


class OrganisationQuerySet(models.QuerySet):
    def with_texts(self):
        return children(self, "translations")


class Confirmation(models.TextChoices):
    """Where an organisation stands in saying "still true" (R6.08)."""

    CONFIRMED = "confirmed", _("confirmed")
    ASKED = "asked", _("asked")
    REMINDED = "reminded", _("reminded")
    REMINDED_TWICE = "reminded_twice", _("reminded twice")
    UNCONFIRMED = "unconfirmed", _("unconfirmed")
    HIDDEN = "hidden", _("hidden")
    PHONE = "phone", _("to be phoned")


def texts_of(length: int, label) -> ArrayField:
    """Several short texts in a row: codes, languages, postcodes. Empty where nothing is known."""
    return ArrayField(models.CharField(max_length=length), default=list, blank=True, verbose_name=label)


@tracked(leave_out=["sort_key"])
class Organisation(Visible, Translatable, Imported):
    """An actor of the municipality: association, agency, office, informal group. One record, many roles."""

    TEXTS = ("about", "hours")

    name = models.CharField(_("name"), max_length=300)
    legal_name = models.CharField(_("name in law"), max_length=300, blank=True)
    sort_key = models.CharField(max_length=620, editable=False, db_collation="C")
    about = models.TextField(_("what it does"), blank=True)
    hours = models.TextField(_("office hours"), blank=True)
    roles = texts_of(30, _("what it is"))
    topics = texts_of(40, _("topics"))
    # Empty means "unknown", as with offers.
    languages_spoken = texts_of(35, _("languages spoken"))
    serves_postcodes = texts_of(12, _("serves people from these postcodes"))
    website = models.URLField(_("website"), max_length=500, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.EmailField(_("mail address of the office"), blank=True)
    address = models.ForeignKey(
        Address,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("address"),
    )
    space = models.ForeignKey(
        SocialSpace,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("quarter"),
    )
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    # Stands in for an organisation that an imported list names by its number only; to be repaired by staff.
    is_placeholder = models.BooleanField(_("organisation unknown"), default=False, editable=False)
    confirmation = models.CharField(
        _("state of confirmation"),
        max_length=20,
        choices=Confirmation,
        default=Confirmation.CONFIRMED,
        editable=False,
    )
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True, editable=False)
    asked_at = models.DateTimeField(_("last asked"), null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects, published = scoped(OrganisationQuerySet)

    class Meta(Visible.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_key"]
        indexes = [
            models.Index(fields=["tenant", "sort_key"], name="organisations_in_order"),
            models.Index(
                fields=["tenant", "sort_key"],
                name="organisations_public",
                condition=models.Q(visibility="public"),
            ),
            models.Index(fields=["tenant", "confirmation", "asked_at"], name="organisations_to_confirm"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "source", "source_id"],
                name="organisation_imported_once",
                condition=~models.Q(source=""),
            )
        ]

    def __str__(self):
        return self.name

    def topics_as_text(self) -> str:
        return ", ".join(str(topic.label) for topic in topics.known(self.topics))

    def roles_as_text(self) -> str:
        return ", ".join(str(OrganisationRole(code).label) for code in self.roles if code in OrganisationRole)

    def fill_sort_key(self):
        self.sort_key = sort_key(self.name)

    def save(self, **kwargs):
        self.fill_sort_key()
        super().save(**kwargs)


@tracked()
class OrganisationText(Illustrated, Translation):
    record = models.ForeignKey(Organisation, models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        verbose_name = _("text of an organisation")
        verbose_name_plural = _("texts of organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "record", "text_name", "language"], name="organisation_text_once"
            )
        ]


@tracked()
class Location(Visible, Imported):
    """A place where an organisation can be met, with its own name and ways to reach it."""

    wall_serves = ("address",)

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="locations", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    # What exactly: a step of 12 cm, a lift, an accessible toilet.
    accessibility = models.TextField(_("accessibility"), blank=True)
    languages_spoken = texts_of(35, _("languages spoken"))
    address = models.ForeignKey(
        Address, models.PROTECT, null=True, blank=True, related_name="locations", verbose_name=_("address")
    )
    phone = models.CharField(_("phone"), max_length=300, blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)

    class Meta(Visible.Meta):
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        indexes = [models.Index(fields=["tenant", "organisation", "name"], name="locations_of_organisation")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "source", "source_id"],
                name="location_imported_once",
                condition=~models.Q(source=""),
            )
        ]

    def __str__(self):
        return self.name or str(self.address or "")
