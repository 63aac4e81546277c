from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Recurring(models.Model):
    """When something takes place, once or again and again. Computed by `recurrence.py`, in local time."""

    class Frequency(models.TextChoices):
        ONCE = "once", _("once")
        DAILY = "daily", _("daily")
        WEEKLY = "weekly", _("weekly")
        MONTHLY = "monthly", _("monthly")

    freq = models.CharField(
        _("how often"), max_length=10, choices=Frequency.choices, default=Frequency.WEEKLY.value
    )
    interval = models.PositiveSmallIntegerField(_("every how many days, weeks or months"), default=1)
    # "MO" to "SU".
    weekdays = ArrayField(
        models.CharField(max_length=2), default=list, blank=True, verbose_name=_("days of the week")
    )
    month_days = ArrayField(
        models.SmallIntegerField(), default=list, blank=True, verbose_name=_("days of the month")
    )
    # "2TU" is the second Tuesday of a month, "-1FR" its last Friday.
    nth = ArrayField(
        models.CharField(max_length=4), default=list, blank=True, verbose_name=_("which weekday of the month")
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    opens_at = models.TimeField(_("begins at"), null=True, blank=True)
    # At or before the beginning: it lasts past midnight.
    closes_at = models.TimeField(_("ends at"), null=True, blank=True)
    skip_holidays = models.BooleanField(_("not on holidays"), default=True)
    skip_dates = ArrayField(models.DateField(), default=list, blank=True, verbose_name=_("not on these days"))
    note = models.TextField(_("in words"), blank=True)

    class Meta:
        abstract = True
