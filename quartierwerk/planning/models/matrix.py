"""What there is and what is missing: resources, needs, obstacles, and plans of others that the concept touches."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.chain.models import InChain, in_chain, one_element
from quartierwerk.directory.models import Offer, Organisation
from quartierwerk.journal.history import tracked
from quartierwerk.languages.models import Translatable, Translation
from quartierwerk.places.models import SocialSpace
from quartierwerk.tenants.models import Visible

from .concepts import Concept, FieldOfAction
from .measures import Measure
from .parts import Called, Part


@tracked(leave_out=["sort_key", "key"])
class Resource(Called, Visible):
    """What a field can build on. It may serve several fields and is one record, counted once (R3.02)."""

    class Kind(models.TextChoices):
        PEOPLE = "people", pgettext_lazy("kind of resource", "People")
        OFFER = "offer", pgettext_lazy("kind of resource", "Offer")
        NETWORK = "network", pgettext_lazy("kind of resource", "Network")
        MATERIAL = "material", pgettext_lazy("kind of resource", "Material")
        PLACE = "place", pgettext_lazy("kind of resource", "Place")
        HOUSING = "housing", pgettext_lazy("kind of resource", "Housing")
        STAFF_POST = "staff_post", pgettext_lazy("kind of resource", "Staff post")
        OTHER = "other", pgettext_lazy("kind of resource", "Other")

    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER.value)
    description = models.TextField(_("description"), blank=True)
    # The directory's own record of the same thing, where there is one.
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name=_("organisation"),
    )
    offer = models.ForeignKey(
        Offer, models.SET_NULL, null=True, blank=True, related_name="resources", verbose_name=_("offer")
    )

    class Meta(Visible.Meta):
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["sort_key"]
        indexes = [models.Index(fields=["tenant", "sort_key"], name="resources_in_order")]
        constraints = [models.UniqueConstraint(fields=["tenant", "key"], name="resource_once")]


@tracked()
class ResourceInField(Part):
    PART_OF = "resource"

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="in_fields", db_index=False)
    field = models.ForeignKey(FieldOfAction, models.CASCADE, related_name="resources", db_index=False)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta(Part.Meta):
        verbose_name = _("resource in a field of action")
        verbose_name_plural = _("resources in fields of action")
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["tenant", "field", "position"], name="resources_of_field")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "resource", "field"], name="resource_in_field_once")
        ]

    def __str__(self):
        return f"{self.resource_id} @ {self.field_id}"


@tracked()
class MeasureResource(Part):
    """A measure builds on a resource; one that no measure builds on is a gap of the matrix."""

    PART_OF = "measure"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="resources", db_index=False)
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="used_in", db_index=False)

    class Meta(Part.Meta):
        verbose_name = _("resource of a measure")
        verbose_name_plural = _("resources of measures")
        indexes = [models.Index(fields=["tenant", "resource"], name="measures_with_resource")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "measure", "resource"], name="resource_of_measure_once")
        ]

    def __str__(self):
        return f"{self.resource_id} in {self.measure_id}"


@tracked(leave_out=["sort_key", "key", "element"])
@in_chain("need")
class Need(Called, Visible, Translatable, InChain):
    """A recognised gap. Where it came from stands in the chain: voice, wish, monitoring, signal, event."""

    TEXTS = ("title", "description", "rejected_reason")

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("state of a need", "new")
        ACCEPTED = "accepted", pgettext_lazy("state of a need", "accepted")
        BEING_MET = "being_met", pgettext_lazy("state of a need", "being met")
        MET = "met", pgettext_lazy("state of a need", "met")
        REJECTED = "rejected", pgettext_lazy("state of a need", "rejected")

    class Urgency(models.IntegerChoices):
        LOW = 1, pgettext_lazy("urgency", "low")
        MEDIUM = 2, pgettext_lazy("urgency", "medium")
        HIGH = 3, pgettext_lazy("urgency", "high")

    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    space = models.ForeignKey(
        SocialSpace, models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("quarter")
    )
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency, default=Urgency.MEDIUM.value)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.NEW.value)
    # Everybody reads it where the need is public.
    rejected_reason = models.TextField(_("why it was rejected"), blank=True)
    # Where neither a measure nor an offer does.
    met_by = models.TextField(_("what meets it"), blank=True)
    noticed_on = models.DateField(_("noticed on"), null=True, blank=True, default=timezone.localdate)
    # What is typed in later is news on that day, whenever it was noticed.
    entered_on = models.DateField(_("entered on"), default=timezone.localdate, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(Visible.Meta):
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["sort_key"]
        indexes = [
            models.Index(fields=["tenant", "sort_key"], name="needs_in_order"),
            models.Index(fields=["tenant", "key"], name="needs_by_wording"),
            models.Index(fields=["tenant", "state", "sort_key"], name="needs_by_state"),
            models.Index(fields=["tenant", "space", "sort_key"], name="needs_of_quarter"),
            models.Index(
                fields=["tenant", "sort_key"], name="needs_public", condition=Q(visibility="public")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="need_rejected_with_reason", condition=~Q(state="rejected") | ~Q(rejected_reason="")
            ),
            models.CheckConstraint(name="need_urgency", condition=Q(urgency__gte=1, urgency__lte=3)),
            one_element("need"),
        ]


@tracked()
class NeedText(Translation):
    record = models.ForeignKey(Need, models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        verbose_name = _("text of a need")
        verbose_name_plural = _("texts of needs")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "record", "text_name", "language"], name="need_text_once"
            )
        ]


@tracked()
class NeedInField(Part):
    PART_OF = "need"

    need = models.ForeignKey(Need, models.CASCADE, related_name="in_fields", db_index=False)
    field = models.ForeignKey(FieldOfAction, models.CASCADE, related_name="needs", db_index=False)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta(Part.Meta):
        verbose_name = _("need in a field of action")
        verbose_name_plural = _("needs in fields of action")
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["tenant", "field", "position"], name="needs_of_field")]
        constraints = [models.UniqueConstraint(fields=["tenant", "need", "field"], name="need_in_field_once")]

    def __str__(self):
        return f"{self.need_id} @ {self.field_id}"


@tracked()
class Obstacle(Visible):
    """What keeps a measure from working and lies outside our own power: recognition, opening hours (R3.11)."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of an obstacle", "open")
        WORKED_ON = "worked_on", pgettext_lazy("state of an obstacle", "being worked on")
        GONE = "gone", pgettext_lazy("state of an obstacle", "gone")

    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    outside_owner = models.CharField(_("who could remove it"), max_length=300, blank=True)
    measure = models.ForeignKey(
        Measure,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="obstacles",
        verbose_name=_("measure"),
    )
    need = models.ForeignKey(
        Need, models.SET_NULL, null=True, blank=True, related_name="obstacles", verbose_name=_("need")
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN.value)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(Visible.Meta):
        verbose_name = _("obstacle")
        verbose_name_plural = _("obstacles")
        ordering = ["title", "id"]
        indexes = [models.Index(fields=["tenant", "state", "title"], name="obstacles_by_state")]

    def __str__(self):
        return self.title


@tracked()
class ObstacleStep(Part):
    """What was done about an obstacle, on a day."""

    PART_OF = "obstacle"

    obstacle = models.ForeignKey(Obstacle, models.CASCADE, related_name="steps", db_index=False)
    on = models.DateField(_("on"), default=timezone.localdate)
    what = models.TextField(_("what was done"))

    class Meta(Part.Meta):
        verbose_name = _("step against an obstacle")
        verbose_name_plural = _("steps against obstacles")
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["tenant", "obstacle", "on"], name="steps_of_obstacle")]

    def __str__(self):
        return f"{self.on:%d.%m.%Y}"


@tracked()
class PlanLink(Visible):
    """A plan of others that belongs to a quarter, a measure or the concept (R2.14)."""

    class Kind(models.TextChoices):
        URBAN_DEVELOPMENT_PLAN = "urban_development_plan", _("Urban development plan")
        PROGRAMME_AREA = "programme_area", _("Area of a funding programme")
        DOCUMENT = "document", _("Other document")

    kind = models.CharField(_("kind"), max_length=30, choices=Kind, default=Kind.DOCUMENT.value)
    title = models.CharField(_("title"), max_length=300)
    url = models.URLField(_("address on the web"), max_length=500, blank=True)
    space = models.ForeignKey(
        SocialSpace,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_links",
        verbose_name=_("quarter"),
    )
    measure = models.ForeignKey(
        Measure, models.CASCADE, null=True, blank=True, related_name="plan_links", verbose_name=_("measure")
    )
    concept = models.ForeignKey(
        Concept, models.CASCADE, null=True, blank=True, related_name="plan_links", verbose_name=_("concept")
    )

    class Meta(Visible.Meta):
        verbose_name = _("link to another plan")
        verbose_name_plural = _("links to other plans")
        ordering = ["title", "id"]
        indexes = [models.Index(fields=["tenant", "kind", "title"], name="plan_links_in_order")]

    def __str__(self):
        return self.title
