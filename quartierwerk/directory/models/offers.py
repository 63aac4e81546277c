from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from quartierwerk.chain.models import InChain, in_chain, one_element
from quartierwerk.journal.history import tracked
from quartierwerk.languages.models import Translatable, Translation
from quartierwerk.languages.names import sort_key
from quartierwerk.places.models import Address, SocialSpace
from quartierwerk.tenants.managers import PublicManager, children, scoped
from quartierwerk.tenants.models import Municipal, Tenant, Visibility, Visible
from quartierwerk.uploads.models import Illustrated, Picture

from .. import kinds, topics
from .imported import Imported
from .organisations import Location, Organisation, texts_of


def _fact(label) -> models.CharField:
    return models.CharField(label, max_length=7, choices=kinds.Known, default=kinds.Known.UNKNOWN)


class OfferQuerySet(models.QuerySet):
    def with_everything(self):
        """What a list or a page prints, in a constant number of queries."""
        rows = self.select_related("organisation", "address", "address__space", "space", "tenant")
        return children(rows, "translations", "contacts", "schedules")


@tracked(leave_out=["sort_key", "element"])
@in_chain("offer")
class Offer(Visible, Translatable, Imported, InChain):
    """Something a person can use: counselling, course, group, meeting place.

    Each kind has columns of its own (`kinds.py`); they are empty in offers of other kinds.
    """

    TEXTS = ("title", "description", "hours", "cost", "registration_how", "accessibility")

    # A neighbour that the offer serves reads with it who offers it and where (`tenants/walls.py`).
    wall_serves = ("organisation", "address", "space", "picture")

    kind = models.CharField(
        _("kind of offer"), max_length=20, choices=kinds.OfferKind, default=kinds.OfferKind.GENERAL
    )
    topics = texts_of(40, _("topics"))

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="offers", verbose_name=_("organisation")
    )
    title = models.CharField(_("title"), max_length=300)
    sort_key = models.CharField(max_length=620, editable=False, db_collation="C")
    description = models.TextField(_("what one gets here"), blank=True)
    hours = models.TextField(_("when"), blank=True)
    cost = models.CharField(_("cost"), max_length=300, blank=True)
    # Empty means "unknown": it matches no language filter and stands on the repair list (R6.03).
    languages_spoken = texts_of(35, _("languages spoken"))
    audience = models.TextField(_("for whom"), blank=True)
    is_free = _fact(_("free of charge"))
    childcare = _fact(_("childcare"))
    step_free = _fact(_("step-free"))
    # What exactly: a step of 12 cm, a lift, an accessible toilet.
    accessibility = models.TextField(_("accessibility"), blank=True)
    registration = models.CharField(
        _("registration"),
        max_length=10,
        choices=kinds.RegistrationMode,
        default=kinds.RegistrationMode.UNKNOWN,
    )
    registration_how = models.TextField(_("how to register"), blank=True)
    # Quarters of this municipality; empty means all of it.
    serves = ArrayField(
        models.UUIDField(), default=list, blank=True, verbose_name=_("serves people from these quarters")
    )
    serves_tenants = ArrayField(
        models.BigIntegerField(),
        default=list,
        blank=True,
        verbose_name=_("serves people from these municipalities, too"),
    )
    serves_postcodes = texts_of(12, _("serves people from these postcodes"))
    address = models.ForeignKey(
        Address, models.PROTECT, null=True, blank=True, related_name="offers", verbose_name=_("place")
    )
    space = models.ForeignKey(
        SocialSpace, models.PROTECT, null=True, blank=True, related_name="offers", verbose_name=_("quarter")
    )
    website = models.URLField(_("website"), max_length=500, blank=True)
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True, editable=False)
    unconfirmed_since = models.DateTimeField(_("unconfirmed since"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Course, group, sport
    course_type = models.CharField(_("kind of course"), max_length=20, choices=kinds.CourseType, blank=True)
    level = models.CharField(_("level"), max_length=2, choices=kinds.Level, blank=True)
    starts_on = models.DateField(_("begins on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    seats = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    seats_taken = models.PositiveSmallIntegerField(_("places taken"), null=True, blank=True)
    has_waiting_list = models.BooleanField(_("has a waiting list"), default=False)
    childcare_places = models.PositiveSmallIntegerField(_("places in childcare"), null=True, blank=True)
    # The course of the last term that this one was copied from.
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="copies"
    )
    # Health
    specialities = models.TextField(_("specialities"), blank=True)
    intake = models.CharField(
        _("new patients"), max_length=10, choices=kinds.Intake, default=kinds.Intake.UNKNOWN
    )
    # Jobs, training, internships
    listing_type = models.CharField(
        _("what is offered"), max_length=12, choices=kinds.ListingType, blank=True
    )
    german_level = models.CharField(_("German needed"), max_length=2, choices=kinds.Level, blank=True)
    deadline = models.DateField(_("apply until"), null=True, blank=True)
    # Sport, culture
    trial = models.TextField(_("trial session"), blank=True)
    costs_covered = models.TextField(_("who covers the costs"), blank=True)
    gear = models.TextField(_("what to bring"), blank=True)

    changed_at = models.DateTimeField(auto_now=True)

    objects, published = scoped(OfferQuerySet)

    class Meta(Visible.Meta):
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["sort_key"]
        indexes = [
            models.Index(fields=["tenant", "sort_key"], name="offers_in_order"),
            models.Index(
                fields=["tenant", "sort_key"], name="offers_public", condition=models.Q(visibility="public")
            ),
            models.Index(
                fields=["sort_key"], name="offers_public_all", condition=models.Q(visibility="public")
            ),
            models.Index(fields=["tenant", "organisation"], name="offers_of_organisation"),
            models.Index(fields=["tenant", "kind", "sort_key"], name="offers_by_kind"),
            models.Index(
                fields=["tenant", "unconfirmed_since"],
                name="offers_unconfirmed",
                condition=models.Q(unconfirmed_since__isnull=False),
            ),
            GinIndex(fields=["serves_tenants"], name="offers_for_neighbours"),
        ]
        constraints = [
            models.CheckConstraint(
                name="waiting_list_of_its_kinds",
                condition=models.Q(has_waiting_list=False) | models.Q(kind__in=kinds.WITH_WAITING_LIST),
            ),
            models.CheckConstraint(
                name="offer_ends_after_it_begins",
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
            ),
            models.UniqueConstraint(
                fields=["tenant", "source", "source_id"],
                name="offer_imported_once",
                condition=~models.Q(source=""),
            ),
            one_element("offer"),
        ]

    def __str__(self):
        return self.title

    def serves_as_text(self) -> str:
        """The quarters' names, for people (`web.editing`)."""
        return ", ".join(SocialSpace.objects.filter(pk__in=self.serves).values_list("name", flat=True))

    def serves_tenants_as_text(self) -> str:
        return ", ".join(Tenant.objects.filter(pk__in=self.serves_tenants).values_list("name", flat=True))

    def topics_as_text(self) -> str:
        return ", ".join(str(topic.label) for topic in topics.known(self.topics))

    def fill_sort_key(self):
        self.sort_key = sort_key(self.title)

    def save(self, **kwargs):
        self.fill_sort_key()
        super().save(**kwargs)


@tracked()
class OfferText(Illustrated, Translation):
    record = models.ForeignKey(Offer, models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        verbose_name = _("text of an offer")
        verbose_name_plural = _("texts of offers")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "record", "text_name", "language"], name="offer_text_once"
            )
        ]


@tracked()
class OfferedAt(Municipal, Imported):
    """An offer is held at a location of its organisation."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="held_at")
    location = models.ForeignKey(Location, models.CASCADE, related_name="held_here")
    visibility = models.CharField(
        max_length=10, choices=Visibility, default=Visibility.TENANT, editable=False
    )
    shared_with = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)

    wall_serves = ("location",)

    published = PublicManager()

    class Meta(Municipal.Meta):
        verbose_name = _("place of an offer")
        verbose_name_plural = _("places of an offer")
        indexes = [models.Index(fields=["tenant", "location"], name="offers_at_location")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "offer", "location"], name="offered_at_once"),
            models.UniqueConstraint(
                fields=["tenant", "source", "source_id"],
                name="offered_at_imported_once",
                condition=~models.Q(source=""),
            ),
        ]

    @classmethod
    def wall_parent(cls) -> str:
        return "offer"

    def __str__(self):
        return f"{self.offer_id} @ {self.location_id}"
