from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from quartierwerk.chain.models import InChain, in_chain, one_element
from quartierwerk.journal.history import tracked
from quartierwerk.languages.models import Translatable, Translation
from quartierwerk.languages.names import sort_key
from quartierwerk.places.models import Address, SocialSpace
from quartierwerk.tenants.managers import PublicManager, children, scoped
from quartierwerk.tenants.models import Municipal, Visibility, Visible
from quartierwerk.uploads.models import Illustrated


class Imported(models.Model):
    """Where a record came from, so that a second import finds it again and unknown columns are not lost."""

    source = models.CharField(_("imported from"), max_length=120, blank=True, editable=False)
    source_id = models.CharField(_("number in the source"), max_length=200, blank=True, editable=False)
    # Columns of the source that no field of ours takes: {"column": "value"}.
    kept_columns = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True


class OrganisationQuerySet(models.QuerySet):
    def with_texts(self):
        return children(self, "translations")


@tracked(leave_out=["sort_key"])
class Organisation(Visible, Translatable, Imported):
    """An actor of the municipality: association, agency, office, informal group. One record, many roles."""

    TEXTS = ("about",)

    name = models.CharField(_("name"), max_length=300)
    sort_key = models.CharField(max_length=620, editable=False, db_collation="C")
    about = models.TextField(_("what it does"), blank=True)
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
    # Stands in for an organisation that an imported list names by its number only; to be repaired by staff.
    is_placeholder = models.BooleanField(_("organisation unknown"), default=False, editable=False)
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

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="locations", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=300, blank=True)
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


class OfferQuerySet(models.QuerySet):
    def with_everything(self):
        """What a list or a page prints, in a constant number of queries."""
        rows = self.select_related("organisation", "address", "address__space", "space")
        return children(rows, "translations", "contacts")


@tracked(leave_out=["sort_key", "element"])
@in_chain("offer")
class Offer(Visible, Translatable, Imported, InChain):
    """Something a person can use: counselling, course, group, meeting place (deepened by kind later)."""

    TEXTS = ("title", "description", "hours", "cost")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="offers", verbose_name=_("organisation")
    )
    title = models.CharField(_("title"), max_length=300)
    sort_key = models.CharField(max_length=620, editable=False, db_collation="C")
    description = models.TextField(_("what one gets here"), blank=True)
    hours = models.TextField(_("when"), blank=True)
    cost = models.CharField(_("cost"), max_length=300, blank=True)
    # Empty means "unknown": it matches no language filter and stands on the repair list (R6.03).
    languages_spoken = ArrayField(
        models.CharField(max_length=35), default=list, blank=True, verbose_name=_("languages spoken")
    )
    address = models.ForeignKey(
        Address, models.PROTECT, null=True, blank=True, related_name="offers", verbose_name=_("place")
    )
    space = models.ForeignKey(
        SocialSpace, models.PROTECT, null=True, blank=True, related_name="offers", verbose_name=_("quarter")
    )
    website = models.URLField(_("website"), max_length=500, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
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
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "source", "source_id"],
                name="offer_imported_once",
                condition=~models.Q(source=""),
            ),
            one_element("offer"),
        ]

    def __str__(self):
        return self.title

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
class Contact(Municipal):
    """Whom one asks about an offer: a function first, a person's name only with her consent."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="contacts")
    function = models.CharField(_("function"), max_length=200, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.EmailField(_("mail address"), blank=True)
    hours = models.CharField(_("reachable"), max_length=300, blank=True)
    # The account of the person named, where she has one: her own package and erasure find her here.
    account_id = models.UUIDField(null=True, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    visibility = models.CharField(
        max_length=10, choices=Visibility, default=Visibility.TENANT, editable=False
    )
    shared_with = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)

    published = PublicManager()

    class Meta(Municipal.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["tenant", "offer", "position"], name="contacts_of_offer")]

    @classmethod
    def wall_parent(cls) -> str:
        return "offer"

    def __str__(self):
        return self.function or self.name
