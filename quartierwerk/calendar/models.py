from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quartierwerk.journal.history import tracked
from quartierwerk.languages.models import Translatable, Translation
from quartierwerk.places.models import Address, SocialSpace
from quartierwerk.tenants.managers import children, scoped
from quartierwerk.tenants.models import Visible

from .rule import Rule


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

    def rule(self) -> Rule:
        names = (
            "freq", "interval", "weekdays", "month_days", "nth", "starts_on", "until", "opens_at", "closes_at",
            "skip_holidays", "skip_dates", "note",
        )  # fmt: skip
        return Rule(**{name: getattr(self, name) for name in names})


class Answer(models.TextChoices):
    """Yes and no, and that nobody knows: unknown never matches a filter."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    UNKNOWN = "unknown", _("unknown")


class PublicDateQuerySet(models.QuerySet):
    def with_everything(self):
        """What a page prints, in a constant number of queries."""
        return children(self.select_related("space", "address", "address__space"), "translations")

    def between(self, first, last):
        """Those that may take place from `first` to `last`; the rule says on which days."""
        ends = Q(freq=Recurring.Frequency.ONCE, starts_on__gte=first) | ~Q(freq=Recurring.Frequency.ONCE) & (
            Q(until=None) | Q(until__gte=first)
        )
        return self.filter(ends, starts_on__lte=last)


@tracked()
class PublicDate(Visible, Translatable, Recurring):
    """Something that takes place and that everybody may come to: meeting, celebration, kick-off, walk."""

    TEXTS = ("title", "description")

    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("what happens there"), blank=True)
    organiser = models.CharField(_("organised by"), max_length=300, blank=True)
    # Whose editors may change it; empty where it is the municipality's own.
    organisation_id = models.UUIDField(_("organisation"), null=True, blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    space = models.ForeignKey(
        SocialSpace,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="public_dates",
        verbose_name=_("quarter"),
    )
    address = models.ForeignKey(
        Address,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="public_dates",
        verbose_name=_("address"),
    )
    languages_spoken = ArrayField(
        models.CharField(max_length=35), default=list, blank=True, verbose_name=_("languages spoken")
    )
    step_free = models.CharField(_("step-free"), max_length=10, choices=Answer, default=Answer.UNKNOWN)
    childcare = models.CharField(_("childcare"), max_length=10, choices=Answer, default=Answer.UNKNOWN)
    interpreter = models.CharField(_("interpreter"), max_length=10, choices=Answer, default=Answer.UNKNOWN)
    cancelled_at = models.DateTimeField(_("cancelled on"), null=True, blank=True, editable=False)
    cancelled_why = models.CharField(_("reason"), max_length=500, blank=True)
    # Counts changes of what a diary shows; programs that subscribed take the higher number (RFC 5545 §3.8.7.4).
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects, published = scoped(PublicDateQuerySet)

    class Meta(Visible.Meta):
        verbose_name = _("public date")
        verbose_name_plural = _("public dates")
        ordering = ["starts_on", "opens_at", "id"]
        indexes = [
            models.Index(fields=["tenant", "starts_on", "opens_at"], name="dates_in_order"),
            models.Index(fields=["tenant", "space", "starts_on"], name="dates_of_quarter"),
            models.Index(fields=["tenant", "organisation_id", "starts_on"], name="dates_of_organisation"),
            models.Index(
                fields=["tenant", "starts_on"], name="dates_public", condition=Q(visibility="public")
            ),
        ]
        constraints = [
            models.CheckConstraint(name="date_has_a_day", condition=Q(starts_on__isnull=False)),
            models.CheckConstraint(
                name="date_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("starts_on")),
            ),
            models.CheckConstraint(name="date_interval", condition=Q(interval__gte=1)),
        ]

    def __str__(self):
        return self.title

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None


@tracked()
class PublicDateText(Translation):
    record = models.ForeignKey(PublicDate, models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        verbose_name = _("text of a public date")
        verbose_name_plural = _("texts of public dates")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "record", "text_name", "language"], name="date_text_once"
            )
        ]


class ClosingDayQuerySet(models.QuerySet):
    def between(self, first, last):
        return self.filter(first__lte=last, last__gte=first)


@tracked()
class ClosingDay(Visible):
    """Days on which nothing takes place beyond the holidays: works outings, between the years, a closed house."""

    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    label = models.CharField(_("reason"), max_length=200)
    space = models.ForeignKey(
        SocialSpace,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="closing_days",
        verbose_name=_("quarter"),
    )

    objects, published = scoped(ClosingDayQuerySet)

    class Meta(Visible.Meta):
        verbose_name = _("closing day")
        verbose_name_plural = _("closing days")
        ordering = ["first", "last", "id"]
        indexes = [models.Index(fields=["tenant", "first"], name="closing_days_in_order")]
        constraints = [
            models.CheckConstraint(name="closing_ends_after_it_begins", condition=Q(last__gte=F("first")))
        ]

    def __str__(self):
        return self.label
