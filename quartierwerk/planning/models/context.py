"""What changes around the plan and not by it: laws, programmes, decisions of others (R2.15)."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.journal.history import tracked
from quartierwerk.tenants.managers import ScopedManager
from quartierwerk.tenants.models import Municipal

from .concepts import FieldOfAction
from .measures import Measure
from .meetings import Task


class ContextChangeQuerySet(models.QuerySet):
    def to_follow_up(self):
        """As `context.rules.standing` has it: with an open task, or with neither a done one nor a reason to do nothing."""
        tasks = Task.objects.filter(context_change=OuterRef("pk"), withdrawn_reason="")
        is_open, is_done = Exists(tasks.filter(done_on=None)), Exists(tasks.exclude(done_on=None))
        return self.filter(is_open | ~is_done & Q(nothing_to_do=""))


@tracked()
class ContextChange(Municipal):
    """One change of law or policy: to be followed up until its tasks are done, or somebody says why nothing follows."""

    class Level(models.TextChoices):
        FEDERAL = "federal", pgettext_lazy("level of government", "Federation")
        STATE = "state", pgettext_lazy("level of government", "Federal state")
        REGION = "region", pgettext_lazy("level of government", "Region")
        TOWN = "town", pgettext_lazy("level of government", "Town")

    title = models.CharField(_("what changes, in a few words"), max_length=300)
    level = models.CharField(_("decided by"), max_length=10, choices=Level)
    description = models.TextField(_("what is different"), blank=True)
    source = models.CharField(_("source"), max_length=300)
    url = models.URLField(_("address on the web"), max_length=500, blank=True)
    # Empty while only the plan of it is known.
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    noticed_on = models.DateField(_("noticed on"), default=timezone.localdate)
    nothing_to_do = models.TextField(_("why nothing follows from it"), blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager.from_queryset(ContextChangeQuerySet)()  # type: ignore[misc]

    class Meta(Municipal.Meta):
        verbose_name = _("change of law or policy")
        verbose_name_plural = _("changes of law and policy")
        ordering = ["-noticed_on", "id"]
        indexes = [models.Index(fields=["tenant", "-noticed_on"], name="context_changes_in_order")]
        constraints = [
            models.CheckConstraint(name="context_change_has_source", condition=~Q(title="") & ~Q(source="")),
        ]

    def __str__(self):
        return self.title


@tracked()
class ContextField(Municipal):
    """A change touches a field of action."""

    change = models.ForeignKey(ContextChange, models.CASCADE, related_name="in_fields", db_index=False)
    field = models.ForeignKey(FieldOfAction, models.CASCADE, related_name="touched_by", db_index=False)

    class Meta(Municipal.Meta):
        verbose_name = _("field of action touched by a change")
        verbose_name_plural = _("fields of action touched by changes")
        indexes = [models.Index(fields=["tenant", "field"], name="context_of_field")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "change", "field"], name="context_of_field_once")
        ]

    def __str__(self):
        return f"{self.change_id} @ {self.field_id}"


@tracked()
class ContextMeasure(Municipal):
    """A change touches a measure."""

    change = models.ForeignKey(ContextChange, models.CASCADE, related_name="on_measures", db_index=False)
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="touched_by", db_index=False)

    class Meta(Municipal.Meta):
        verbose_name = _("measure touched by a change")
        verbose_name_plural = _("measures touched by changes")
        indexes = [models.Index(fields=["tenant", "measure"], name="context_of_measure")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "change", "measure"], name="context_of_measure_once")
        ]

    def __str__(self):
        return f"{self.change_id} @ {self.measure_id}"
