"""Measures with their answers to the council: what, when, who, how reviewed. With what they work stands in `means`."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.chain.models import InChain, in_chain, one_element
from quartierwerk.directory.models import Organisation
from quartierwerk.journal.history import tracked
from quartierwerk.languages.models import Translatable, Translation
from quartierwerk.places.models import SocialSpace
from quartierwerk.tenants.models import Municipal, Visible

from .concepts import FieldOfAction
from .parts import Called, Part
from .people import Team


class Stage(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("stage of a measure", "proposed")
    PRIORITISED = "prioritised", pgettext_lazy("stage of a measure", "prioritised")
    ADOPTED = "adopted", pgettext_lazy("stage of a measure", "adopted")
    RUNNING = "running", pgettext_lazy("stage of a measure", "running")
    DONE = "done", pgettext_lazy("stage of a measure", "done")
    STOPPED = "stopped", pgettext_lazy("stage of a measure", "stopped")


class Light(models.TextChoices):
    """What somebody set by hand; the computed one knows "no report" beside these."""

    COMPUTED = "", pgettext_lazy("light of a measure", "as computed")
    GREEN = "green", pgettext_lazy("light of a measure", "green")
    AMBER = "amber", pgettext_lazy("light of a measure", "amber")
    RED = "red", pgettext_lazy("light of a measure", "red")


def _score(label) -> models.PositiveSmallIntegerField:
    """One to five; empty where nobody has judged yet."""
    return models.PositiveSmallIntegerField(label, null=True, blank=True)


def _between_one_and_five(name: str) -> Q:
    return Q(**{name: None}) | Q(**{f"{name}__gte": 1, f"{name}__lte": 5})


@tracked(leave_out=["sort_key", "key", "element"])
@in_chain("measure")
class Measure(Called, Visible, Translatable, InChain):
    """What is done, by whom, until when, with what. Needs, goals and offers hang on it by the chain."""

    TEXTS = ("title", "what", "stopped_reason")

    title = models.CharField(_("title"), max_length=300)
    # For the public; what only staff read stands in the notes.
    what = models.TextField(_("what is done"), blank=True)
    internal_notes = models.TextField(_("internal notes"), blank=True)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.PROPOSED.value)
    stopped_reason = models.TextField(_("why it was stopped"), blank=True)
    starts_on = models.DateField(_("begins on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    review_on = models.DateField(_("reviewed on"), null=True, blank=True)
    review_how = models.TextField(_("how it is reviewed"), blank=True)
    space = models.ForeignKey(
        SocialSpace, models.PROTECT, null=True, blank=True, related_name="measures", verbose_name=_("quarter")
    )
    # Exactly one; who takes part or is informed stands in `teams`.
    lead_team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="led_measures", verbose_name=_("lead")
    )
    lead_account_id = models.UUIDField(_("person in the lead"), null=True, blank=True)
    hours_per_week = models.DecimalField(
        _("hours per week"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    audience = models.TextField(_("for whom"), blank=True)
    audience_mix = models.TextField(_("who shall meet whom"), blank=True)
    after_the_end = models.TextField(_("what stays after the end"), blank=True)
    # To make somebody come: doctors, midwives (R3.12).
    incentive = models.BooleanField(_("is an incentive"), default=False)
    incentive_body = models.CharField(_("for which body"), max_length=300, blank=True)
    incentive_result = models.TextField(_("what came of it"), blank=True)
    manual_light = models.CharField(
        _("colour set by hand"), max_length=10, choices=Light, blank=True, default=Light.COMPUTED.value
    )
    manual_comment = models.TextField(_("why this colour"), blank=True)
    manual_at = models.DateTimeField(_("set on"), null=True, blank=True, editable=False)
    score_urgency = _score(_("urgency"))
    score_reach = _score(_("reach"))
    score_cost = _score(_("cost"))
    score_readiness = _score(_("readiness"))
    rank_override = models.PositiveSmallIntegerField(_("rank set by hand"), null=True, blank=True)
    rank_reason = models.TextField(_("why this rank"), blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(Visible.Meta):
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["sort_key"]
        indexes = [
            models.Index(fields=["tenant", "sort_key"], name="measures_in_order"),
            models.Index(fields=["tenant", "key"], name="measures_by_wording"),
            models.Index(fields=["tenant", "stage", "sort_key"], name="measures_by_stage"),
            models.Index(fields=["tenant", "lead_team", "sort_key"], name="measures_of_team"),
            models.Index(fields=["tenant", "space", "sort_key"], name="measures_of_quarter"),
            models.Index(fields=["tenant", "ends_on"], name="measures_by_end"),
            models.Index(
                fields=["tenant", "lead_account_id"],
                name="measures_of_account",
                condition=Q(lead_account_id__isnull=False),
            ),
            models.Index(
                fields=["tenant", "sort_key"], name="measures_public", condition=Q(visibility="public")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="measure_stopped_with_reason", condition=~Q(stage="stopped") | ~Q(stopped_reason="")
            ),
            models.CheckConstraint(
                name="measure_ends_after_it_begins",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="measure_colour_with_comment", condition=Q(manual_light="") | ~Q(manual_comment="")
            ),
            models.CheckConstraint(
                name="measure_rank_with_reason", condition=Q(rank_override=None) | ~Q(rank_reason="")
            ),
            models.CheckConstraint(
                name="measure_scores",
                condition=_between_one_and_five("score_urgency")
                & _between_one_and_five("score_reach")
                & _between_one_and_five("score_cost")
                & _between_one_and_five("score_readiness"),
            ),
            models.CheckConstraint(
                name="measure_hours",
                condition=Q(hours_per_week=None) | Q(hours_per_week__gte=0, hours_per_week__lte=168),
            ),
            one_element("measure"),
        ]


@tracked()
class MeasureText(Translation):
    record = models.ForeignKey(Measure, models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        verbose_name = _("text of a measure")
        verbose_name_plural = _("texts of measures")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "record", "text_name", "language"], name="measure_text_once"
            )
        ]


@tracked()
class MeasureInField(Part):
    PART_OF = "measure"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="in_fields", db_index=False)
    field = models.ForeignKey(FieldOfAction, models.CASCADE, related_name="measures", db_index=False)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta(Part.Meta):
        verbose_name = _("measure in a field of action")
        verbose_name_plural = _("measures in fields of action")
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["tenant", "field", "position"], name="measures_of_field")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "measure", "field"], name="measure_in_field_once")
        ]

    def __str__(self):
        return f"{self.measure_id} @ {self.field_id}"


@tracked()
class MeasureTeam(Part):
    """A team beside the lead: it takes part, or is kept informed (R2.11)."""

    PART_OF = "measure"

    class Takes(models.TextChoices):
        TAKES_PART = "takes_part", pgettext_lazy("team in a measure", "takes part")
        INFORMED = "informed", pgettext_lazy("team in a measure", "is informed")

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="teams", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="in_measures", db_index=False)
    part = models.CharField(_("part"), max_length=20, choices=Takes, default=Takes.TAKES_PART.value)

    class Meta(Part.Meta):
        verbose_name = _("team in a measure")
        verbose_name_plural = _("teams in measures")
        indexes = [models.Index(fields=["tenant", "team"], name="measures_with_team")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "measure", "team"], name="team_in_measure_once")
        ]

    def __str__(self):
        return f"{self.team_id} {self.part}"


@tracked()
class MeasurePartner(Part):
    """Somebody outside the administration who works along: an organisation of the directory, or named only."""

    PART_OF = "measure"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="partners", db_index=False)
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="partner_in",
        verbose_name=_("organisation"),
    )
    name = models.CharField(_("name"), max_length=300, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("partner in a measure")
        verbose_name_plural = _("partners in measures")
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["tenant", "measure"], name="partners_of_measure")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "measure", "organisation"],
                name="partner_in_measure_once",
                condition=Q(organisation__isnull=False),
            ),
            models.CheckConstraint(
                name="partner_is_named", condition=Q(organisation__isnull=False) | ~Q(name="")
            ),
        ]

    def __str__(self):
        return self.name or str(self.organisation)


@tracked()
class StageChange(Municipal):
    """From which stage to which, and why: going back and stopping are never without a reason (R3.04)."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="stage_changes", db_index=False)
    earlier = models.CharField(_("stage before"), max_length=20, choices=Stage)
    later = models.CharField(_("stage after"), max_length=20, choices=Stage)
    reason = models.TextField(_("reason"), blank=True)
    account_id = models.UUIDField(_("person"), null=True, blank=True, editable=False)
    at = models.DateTimeField(_("on"), default=timezone.now)

    class Meta(Municipal.Meta):
        verbose_name = _("change of a measure's stage")
        verbose_name_plural = _("changes of measures' stages")
        ordering = ["-at", "id"]
        indexes = [models.Index(fields=["tenant", "measure", "-at"], name="stages_of_measure")]
        constraints = [
            models.CheckConstraint(name="stage_changes", condition=~Q(earlier=F("later"))),
            models.CheckConstraint(
                name="stage_stopped_with_reason", condition=~Q(later="stopped") | ~Q(reason="")
            ),
        ]

    def __str__(self):
        return f"{self.earlier} → {self.later}"


@tracked()
class Milestone(Part):
    PART_OF = "measure"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="milestones", db_index=False)
    title = models.CharField(_("title"), max_length=300)
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta(Part.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on", "position", "id"]
        indexes = [
            models.Index(fields=["tenant", "measure", "due_on"], name="milestones_of_measure"),
            models.Index(
                fields=["tenant", "due_on"], name="milestones_open", condition=Q(done_on__isnull=True)
            ),
        ]

    def __str__(self):
        return self.title
