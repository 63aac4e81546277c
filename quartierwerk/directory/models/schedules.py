from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from quartierwerk.calendar.models import Recurring
from quartierwerk.journal.history import tracked
from quartierwerk.tenants.managers import PublicManager
from quartierwerk.tenants.models import Municipal, Visibility

from .offers import Offer
from .organisations import Location


class Schedule(Recurring, Municipal):
    """One rule of when something is open or takes place; several of them add up."""

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
        return self.note or self.freq


@tracked()
class OfferSchedule(Schedule):
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="schedules")

    class Meta(Schedule.Meta):
        verbose_name = _("time of an offer")
        verbose_name_plural = _("times of an offer")
        indexes = [models.Index(fields=["tenant", "offer", "position"], name="schedules_of_offer")]

    @classmethod
    def wall_parent(cls) -> str:
        return "offer"


@tracked()
class LocationSchedule(Schedule):
    location = models.ForeignKey(Location, models.CASCADE, related_name="schedules")

    class Meta(Schedule.Meta):
        verbose_name = _("opening time of a location")
        verbose_name_plural = _("opening times of a location")
        indexes = [models.Index(fields=["tenant", "location", "position"], name="schedules_of_location")]

    @classmethod
    def wall_parent(cls) -> str:
        return "location"
