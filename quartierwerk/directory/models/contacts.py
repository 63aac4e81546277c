from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from quartierwerk.journal.history import tracked
from quartierwerk.tenants.managers import PublicManager
from quartierwerk.tenants.models import Municipal, Visibility

from .offers import Offer
from .organisations import Organisation, texts_of


class Reachable(Municipal):
    """Whom one asks: a function first, a person's name only with her consent."""

    function = models.CharField(_("function"), max_length=200, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.EmailField(_("mail address"), blank=True)
    hours = models.CharField(_("reachable"), max_length=300, blank=True)
    deputy_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="deputies",
        verbose_name=_("stands in for"),
    )
    absent_until = models.DateField(_("away until"), null=True, blank=True)
    # The account of the person named, where she has one: her own package and erasure find her here.
    account_id = models.UUIDField(null=True, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    visibility = models.CharField(
        max_length=10, choices=Visibility, default=Visibility.TENANT, editable=False
    )
    shared_with = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)

    published = PublicManager()

    class Meta(Municipal.Meta):
        abstract = True
        ordering = ["position", "id"]

    def __str__(self):
        return self.function or self.name

    def is_away(self, today: date) -> bool:
        return self.absent_until is not None and today <= self.absent_until


@tracked()
class Contact(Reachable):
    """Whom one asks about an offer."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="contacts")

    class Meta(Reachable.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        indexes = [models.Index(fields=["tenant", "offer", "position"], name="contacts_of_offer")]

    @classmethod
    def wall_parent(cls) -> str:
        return "offer"


@tracked()
class OrganisationContact(Reachable):
    """Whom one asks at an organisation, for which programme and from which postcodes (R5.11)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contacts")
    # A term until programmes are records of their own.
    programmes = texts_of(120, _("programmes"))
    postcodes = texts_of(12, _("for people from these postcodes"))

    class Meta(Reachable.Meta):
        verbose_name = _("contact of an organisation")
        verbose_name_plural = _("contacts of an organisation")
        indexes = [
            models.Index(fields=["tenant", "organisation", "position"], name="contacts_of_organisation")
        ]

    @classmethod
    def wall_parent(cls) -> str:
        return "organisation"
