"""What visitors leave without an account: a place on a waiting list, a barrier, a wish."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.chain.models import InChain, in_chain, one_element
from quartierwerk.journal.history import tracked
from quartierwerk.places.models import SocialSpace
from quartierwerk.tenants.models import Municipal, Visibility, Visible

from ..said_to_visitors import BarrierKind
from .offers import Offer


# The history tells how a place was given, never to whom.
@tracked(leave_out=["name", "reach", "language", "children", "note", "code_hash"])
class Registration(Municipal):
    """Somebody asks for a place in a course, group or sport: a name and one way to be reached."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("registration", "waiting")
        PLACED = "placed", pgettext_lazy("registration", "has a place")
        DECLINED = "declined", pgettext_lazy("registration", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("registration", "withdrawn")

    space_path = "offer__space_id"

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="registrations", db_index=False)
    name = models.CharField(_("name"), max_length=200, blank=True)
    reach = models.CharField(_("mail address or phone"), max_length=254, blank=True)
    language = models.CharField(_("language for the answer"), max_length=35, default="de")
    children = models.PositiveSmallIntegerField(_("children who need childcare"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    # The period of keeping runs from here: asked, answered, placed.
    last_contact_at = models.DateTimeField(_("last contact"), default=timezone.now)
    # With the code she sees her place in the list and takes herself off it; only its hash is kept.
    code_hash = models.CharField(max_length=64, editable=False)
    note = models.TextField(_("note of the staff"), blank=True)

    class Meta(Municipal.Meta):
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["asked_at", "id"]
        indexes = [
            models.Index(fields=["tenant", "offer", "state", "asked_at"], name="registrations_in_order"),
            models.Index(fields=["tenant", "code_hash"], name="registrations_by_code"),
        ]

    def __str__(self):
        return f"{self.asked_at:%d.%m.%Y}"


@tracked(leave_out=["text"])
class OfferBarrier(Visible):
    """Somebody could not use an offer. Visitors see its kind where it is shown, never the words."""

    Kind = BarrierKind

    space_path = "offer__space_id"

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="barriers", db_index=False)
    kind = models.CharField(_("what stood in the way"), max_length=20, choices=Kind)
    text = models.TextField(_("in one's own words"), blank=True)
    language = models.CharField(_("language of the words"), max_length=35, default="de")
    # Not yet looked at: it waits on the work list.
    held = models.BooleanField(_("waits for the staff"), default=True)
    shown = models.BooleanField(_("shown with the offer"), default=False)
    on_behalf_of_staff = models.BooleanField(_("entered by the staff"), default=False)
    reported_at = models.DateTimeField(_("reported"), default=timezone.now)
    cleared_at = models.DateTimeField(_("cleared away"), null=True, blank=True)

    class Meta(Visible.Meta):
        verbose_name = _("barrier of an offer")
        verbose_name_plural = _("barriers of offers")
        ordering = ["-reported_at", "id"]
        indexes = [
            models.Index(fields=["tenant", "offer", "-reported_at"], name="offer_barriers_by_offer"),
            models.Index(
                fields=["tenant", "-reported_at"], name="offer_barriers_open", condition=Q(cleared_at=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="barrier_public_where_shown",
                condition=Q(shown=True, cleared_at=None, visibility=Visibility.PUBLIC)
                | (Q(shown=False) | Q(cleared_at__isnull=False)) & ~Q(visibility=Visibility.PUBLIC),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.reported_at:%d.%m.%Y}"

    def save(self, **kwargs):
        is_shown = self.shown and self.cleared_at is None
        self.visibility = Visibility.PUBLIC if is_shown else Visibility.TENANT
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "visibility"}
        super().save(**kwargs)


@tracked(leave_out=["words", "reach", "element"])
@in_chain("wish")
class Wish(Municipal, InChain):
    """What somebody looked for and did not find. Staff take it up; a need may follow from it."""

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("wish", "new")
        TAKEN = "taken", pgettext_lazy("wish", "taken up")
        ANSWERED = "answered", pgettext_lazy("wish", "answered")

    words = models.TextField(_("what is missing"), blank=True)
    topic = models.CharField(_("topic"), max_length=40, blank=True)
    space = models.ForeignKey(
        SocialSpace, models.PROTECT, null=True, blank=True, related_name="wishes", verbose_name=_("quarter")
    )
    language = models.CharField(_("language of the words"), max_length=35, default="de")
    reach = models.CharField(_("mail address or phone"), max_length=254, blank=True)
    on_behalf = models.BooleanField(_("entered by the staff"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta(Municipal.Meta):
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        ordering = ["-asked_at", "id"]
        indexes = [models.Index(fields=["tenant", "state", "-asked_at"], name="wishes_by_state")]
        constraints = [one_element("wish")]

    def __str__(self):
        return self.words[:80]
