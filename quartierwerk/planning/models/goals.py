"""Goals, and how one will know: an indicator with its values, or evidence in words that was agreed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.chain.models import InChain, in_chain, one_element
from quartierwerk.journal.history import tracked
from quartierwerk.languages.models import Translatable, Translation
from quartierwerk.tenants.models import Visible

from .concepts import FieldOfAction
from .parts import Called, Part


@tracked(leave_out=["sort_key", "key", "element"])
@in_chain("goal")
class Goal(Called, Visible, Translatable, InChain):
    """What shall be different. "People feel accepted" is not shown by counting events: hence the kind of evidence."""

    TEXTS = ("title", "qualitative")

    class Evidence(models.TextChoices):
        NONE = "", pgettext_lazy("evidence of a goal", "not agreed yet")
        INDICATOR = "indicator", pgettext_lazy("evidence of a goal", "an indicator")
        QUALITATIVE = "qualitative", pgettext_lazy("evidence of a goal", "in words, as agreed")

    class Direction(models.TextChoices):
        UP = "up", _("more is better")
        DOWN = "down", _("less is better")

    title = models.CharField(_("title"), max_length=300)
    evidence_kind = models.CharField(
        _("how one will know"), max_length=20, choices=Evidence, blank=True, default=Evidence.NONE.value
    )
    indicator_name = models.CharField(_("indicator"), max_length=300, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    baseline = models.DecimalField(
        _("value at the beginning"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    baseline_on = models.DateField(_("measured on"), null=True, blank=True)
    target = models.DecimalField(_("target value"), max_digits=14, decimal_places=3, null=True, blank=True)
    target_on = models.DateField(_("to be reached by"), null=True, blank=True)
    direction = models.CharField(_("direction"), max_length=4, choices=Direction, default=Direction.UP.value)
    qualitative = models.TextField(_("evidence in words"), blank=True)
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(Visible.Meta):
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["sort_key"]
        indexes = [
            models.Index(fields=["tenant", "sort_key"], name="goals_in_order"),
            models.Index(fields=["tenant", "key"], name="goals_by_wording"),
            models.Index(
                fields=["tenant", "sort_key"], name="goals_public", condition=Q(visibility="public")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="goal_indicator_is_named",
                condition=~Q(evidence_kind="indicator") | ~Q(indicator_name=""),
            ),
            models.CheckConstraint(
                name="goal_evidence_has_words", condition=~Q(evidence_kind="qualitative") | ~Q(qualitative="")
            ),
            one_element("goal"),
        ]


@tracked()
class GoalText(Translation):
    record = models.ForeignKey(Goal, models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        verbose_name = _("text of a goal")
        verbose_name_plural = _("texts of goals")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "record", "text_name", "language"], name="goal_text_once"
            )
        ]


@tracked()
class GoalInField(Part):
    PART_OF = "goal"

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="in_fields", db_index=False)
    field = models.ForeignKey(FieldOfAction, models.CASCADE, related_name="goals", db_index=False)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta(Part.Meta):
        verbose_name = _("goal in a field of action")
        verbose_name_plural = _("goals in fields of action")
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["tenant", "field", "position"], name="goals_of_field")]
        constraints = [models.UniqueConstraint(fields=["tenant", "goal", "field"], name="goal_in_field_once")]

    def __str__(self):
        return f"{self.goal_id} @ {self.field_id}"


@tracked()
class GoalValue(Part):
    """What the goal's indicator measured on a day."""

    PART_OF = "goal"

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="values", db_index=False)
    on = models.DateField(_("on"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=3)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("value of a goal")
        verbose_name_plural = _("values of goals")
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["tenant", "goal", "on"], name="goal_value_once_a_day")]

    def __str__(self):
        return f"{self.on:%d.%m.%Y}: {self.value}"
