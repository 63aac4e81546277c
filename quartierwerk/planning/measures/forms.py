"""What staff enter about needs, measures, goals, obstacles, posts and teams."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.people.handover import StillHolds, refusal
from quartierwerk.places.models import SocialSpace
from quartierwerk.tenants.models import Visibility
from quartierwerk.web.asked import as_uuid
from quartierwerk.web.editing import RecordForm
from quartierwerk.web.fields import DecimalNumberField, GermanDateField, WholeNumberField

from ..handover import ending
from ..models import FieldOfAction, Goal, Measure, Need, Obstacle, StaffPost, Team, TeamMember
from . import choices
from .rules import goals, priority

SHOWN = [
    (Visibility.TENANT, pgettext_lazy("visibility", "only in the back office")),
    (Visibility.PUBLIC, pgettext_lazy("visibility", "on the public pages")),
]


def shown_in_words(record) -> str:
    """As the form says it."""
    return str(dict(SHOWN).get(record.visibility, record.get_visibility_display()))


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PlanForm(RecordForm):
    """GROUPS  heading → names of fields, in the order of the page
    PLAIN   texts that everybody reads: how easy they are is shown beside them, and never refused
    """

    GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = ()
    PLAIN: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "space" in self.fields:
            space: Any = self.fields["space"]
            today = SocialSpace.objects.on(timezone.localdate()).filter(kind=SocialSpace.Kind.QUARTER)
            # A record keeps the quarter it has, also one that does not hold any more.
            space.queryset = today | SocialSpace.objects.filter(pk=self.instance.space_id)
            space.empty_label = _("whole municipality")
        for name in ("team", "lead_team"):
            if name in self.fields:
                teams: Any = self.fields[name]
                kept = getattr(self.instance, f"{name}_id")
                teams.queryset = Team.objects.filter(Q(ended_on=None) | Q(pk=kept))
                teams.empty_label = pgettext_lazy("team", "nobody yet")
        if "visibility" in self.fields:
            shown: Any = self.fields["visibility"]
            if self.instance.visibility not in dict(SHOWN):
                shown.choices = [*SHOWN, (self.instance.visibility, self.instance.get_visibility_display())]

    @cached_property
    def groups(self) -> list[tuple[Any, list]]:
        return [
            (title, [self[name] for name in names if name in self.fields]) for title, names in self.GROUPS
        ]


class InFieldsForm(PlanForm):
    """A record that stands in several fields of action. Which ones are rows of their own: what somebody else added
    meanwhile stays, since only what was ticked or unticked here counts."""

    in_fields = forms.TypedMultipleChoiceField(
        label=_("Fields of action"), coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple
    )
    fields_before = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = [] if self.instance._state.adding else [one.field_id for one in self.instance.in_fields.all()]
        in_fields: Any = self.fields["in_fields"]
        rows = FieldOfAction.objects.filter(Q(ended_on=None) | Q(pk__in=held))
        in_fields.choices = choices.fields(rows)
        self.initial.setdefault("in_fields", held)
        self.initial["fields_before"] = " ".join(map(str, held))

    def save_hanging(self, record) -> None:
        """In the caller's transaction, once the record is saved."""
        before = set(self.cleaned_data["fields_before"].split())
        chosen = self.cleaned_data["in_fields"]
        taken_away = [pk for pk in before if pk not in set(map(str, chosen))]
        record.in_fields.filter(field__in=FieldOfAction.objects.filter(pk__in=ids_of(taken_away))).delete()
        held = set(record.in_fields.values_list("field_id", flat=True))
        for field in chosen:
            if str(field) not in before and field not in held:
                record.in_fields.create(field_id=field)


def ids_of(texts: list[str]) -> list[UUID]:
    """What somebody sent as ids; what is none is left out."""
    return [found for text in texts if (found := as_uuid(text))]


class NeedForm(InFieldsForm):
    PLAIN = ("description",)
    GROUPS = (
        (_("What is missing"), ("title", "description", "in_fields", "space")),
        (_("How one knows"), ("evidence", "urgency", "noticed_on")),
        (_("On the page"), ("visibility",)),
    )

    noticed_on = GermanDateField(label=_("Noticed on"), required=False)
    visibility = forms.ChoiceField(label=_("Shown"), choices=SHOWN, widget=forms.RadioSelect)

    class Meta:
        model = Need
        fields = ["title", "description", "space", "evidence", "urgency", "noticed_on", "visibility"]
        widgets = {"description": _lines(4), "evidence": _lines(3)}
        help_texts = {
            "title": _("In a few words. For example: childcare during the courses."),
            "evidence": _("Numbers, voices, observations: on what does it rest?"),
        }

    def clean_noticed_on(self):
        noticed_on = self.cleaned_data["noticed_on"]
        if noticed_on and noticed_on > timezone.localdate():
            raise forms.ValidationError(
                _("This day is still to come. Please enter the day on which it was noticed.")
            )
        return noticed_on


class MeasureForm(InFieldsForm):
    PLAIN = ("what",)
    GROUPS = (
        (_("What?"), ("title", "what", "in_fields", "space", "audience")),
        (_("When?"), ("starts_on", "ends_on")),
        (_("Who leads?"), ("lead_team", "lead_account_id")),
        (_("With which staff?"), ("hours_per_week",)),
        (_("How is it reviewed?"), ("review_on", "review_how")),
        (
            _("What makes it come first"),
            ("score_urgency", "score_reach", "score_cost", "score_readiness", "rank_override", "rank_reason"),
        ),
        (_("Living together"), ("audience_mix", "after_the_end")),
        (_("To make somebody come"), ("incentive", "incentive_body", "incentive_result")),
        (_("Who sees it"), ("visibility", "internal_notes")),
    )

    starts_on = GermanDateField(label=_("Begins on"), required=False, help_text=_("For example 1.9.26"))
    ends_on = GermanDateField(label=_("Ends on"), required=False, help_text=_("For example 31.8.27"))
    review_on = GermanDateField(
        label=_("First review"), required=False, help_text=_("The day on which its state is discussed.")
    )
    hours_per_week = DecimalNumberField(
        label=_("Hours per week"), required=False, min_value=0, max_value=168,
        help_text=_("Of everybody together. 19,5 is half a post; 0 if nobody is paid for it."),
    )  # fmt: skip
    lead_account_id = forms.TypedChoiceField(
        label=_("Contact person"), coerce=UUID, empty_value=None, required=False
    )
    rank_override = WholeNumberField(
        label=_("Place by hand"), required=False, min_value=1, max_value=999,
        help_text=_("Only if it shall stand elsewhere than the judgements say."),
    )  # fmt: skip
    visibility = forms.ChoiceField(
        label=_("Shown"), choices=SHOWN, widget=forms.RadioSelect,
        help_text=_(
            "Everybody then reads title, text, for whom, days, lead, partners of the directory, steps, money by year and where it "
            "comes from, and how it is reviewed. Notes, posts, reports, persons and reasons by hand stay here."
        ),
    )  # fmt: skip

    class Meta:
        model = Measure
        fields = [
            "title", "what", "space", "audience", "starts_on", "ends_on", "lead_team", "lead_account_id", "hours_per_week",
            "review_on", "review_how", "score_urgency", "score_reach", "score_cost", "score_readiness", "rank_override",
            "rank_reason", "audience_mix", "after_the_end", "incentive", "incentive_body", "incentive_result", "visibility",
            "internal_notes",
        ]  # fmt: skip
        widgets = {
            "what": _lines(4), "audience": _lines(2), "review_how": _lines(2), "rank_reason": _lines(2),
            "audience_mix": _lines(2), "after_the_end": _lines(2), "incentive_result": _lines(2),
            "internal_notes": _lines(3),
        }  # fmt: skip
        labels = {
            "what": _("In short sentences, for everybody"),
            "lead_team": _("Lead (exactly one team)"),
            "score_cost": _("Cost (5: it costs little)"),
        }
        help_texts = {
            "what": _("Stands on the public page."),
            "internal_notes": _("Never shown outside the back office."),
            "review_how": _("For example: yearly, by waiting time, places taken and a short survey."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        person: Any = self.fields["lead_account_id"]
        person.choices = _people(self.instance.lead_account_id)
        for name in priority.WEIGHTS:
            weight = _("Counts %(weight)d percent.") % {"weight": priority.WEIGHTS[name]}
            label = self.fields[f"score_{name}"].label
            self.fields[f"score_{name}"] = forms.TypedChoiceField(
                label=label, coerce=int, empty_value=None, required=False, help_text=weight,
                choices=[("", _("not judged yet")), *((n, str(n)) for n in range(priority.LEAST, priority.MOST + 1))],
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        begins, ends, review = values.get("starts_on"), values.get("ends_on"), values.get("review_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("It ends before it begins. Please check both days."))
        if begins and review and review < begins:
            self.add_error("review_on", _("The review lies before the beginning. Please check both days."))
        if values.get("rank_override") and not values.get("rank_reason", "").strip():
            self.add_error("rank_reason", _("Please say why it shall stand there."))
        return values


def _people(kept: UUID | None) -> list[tuple[Any, Any]]:
    """Members of the teams who have an account; who holds the lead stays, also after leaving the team."""
    today = timezone.localdate()
    members = TeamMember.objects.exclude(account_id=None).select_related("team")
    here = members.filter(Q(until=None) | Q(until__gte=today) | Q(account_id=kept))
    known = {one.account_id: f"{one.name or one.function}, {one.team}" for one in here}
    if kept and kept not in known:
        known[kept] = str(_("Somebody who is in no team any more"))
    return [("", _("nobody yet")), *sorted(known.items(), key=lambda pair: pair[1].casefold())]


class GoalForm(InFieldsForm):
    GROUPS = (
        (_("What shall be different"), ("title", "in_fields")),
        (_("How one will know"), ("evidence_kind", "indicator_name", "unit", "direction", "baseline", "baseline_on",
                                  "target", "target_on", "qualitative", "agreed_on")),
        (_("On the page"), ("visibility",)),
    )  # fmt: skip

    baseline = DecimalNumberField(label=_("Value at the beginning"), required=False, places=3)
    target = DecimalNumberField(label=_("Target value"), required=False, places=3)
    baseline_on = GermanDateField(label=_("Measured on"), required=False)
    target_on = GermanDateField(label=_("To be reached by"), required=False)
    agreed_on = GermanDateField(label=_("Agreed on"), required=False)
    visibility = forms.ChoiceField(label=_("Shown"), choices=SHOWN, widget=forms.RadioSelect)

    class Meta:
        model = Goal
        fields = [
            "title", "evidence_kind", "indicator_name", "unit", "direction", "baseline", "baseline_on", "target", "target_on",
            "qualitative", "agreed_on", "visibility",
        ]  # fmt: skip
        widgets = {
            "qualitative": _lines(3),
            "evidence_kind": forms.RadioSelect,
            "direction": forms.RadioSelect,
        }
        help_texts = {
            "title": _("A state, not an activity. For example: parents know how school works here."),
            "indicator_name": _("For example: waiting time for a course."),
            "qualitative": _("What will be asked, of whom, and when it counts as reached."),
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        kind = values.get("evidence_kind")
        if kind == Goal.Evidence.INDICATOR and not values.get("indicator_name", "").strip():
            self.add_error("indicator_name", _("Please name the indicator."))
        if kind == Goal.Evidence.QUALITATIVE and not values.get("qualitative", "").strip():
            self.add_error("qualitative", _("Please write down what was agreed."))
        indicator = goals.Indicator(
            values.get("baseline"), values.get("target"), values.get("direction") or "up",
            values.get("baseline_on"), values.get("target_on"),
        )  # fmt: skip
        for name in goals.problems(indicator):
            if name == "target":
                self.add_error(name, _("The target does not lie in the direction chosen. Please check both."))
            else:
                self.add_error(
                    name, _("It lies before the first value was measured. Please check both days.")
                )
        return values


class ObstacleForm(PlanForm):
    GROUPS = (
        (_("What stands in the way"), ("title", "description", "state")),
        (_("Who could remove it"), ("outside_owner",)),
        (_("What it keeps from working"), ("measure", "need")),
    )

    class Meta:
        model = Obstacle
        fields = ["title", "description", "state", "outside_owner", "measure", "need"]
        widgets = {"description": _lines(4), "state": forms.RadioSelect}
        help_texts = {
            "title": _("For example: recognition of a degree takes two years."),
            "outside_owner": _("An office or body outside the municipality's own power."),
        }


class StaffPostForm(PlanForm):
    GROUPS = (
        (_("The post"), ("title", "share_percent", "filled", "team", "measure", "space")),
        (_("The money"), ("source", "starts_on", "ends_on")),
        (_("Where"), ("is_neighbourhood_office", "office")),
    )

    share_percent = WholeNumberField(
        label=_("Share of a full post in percent"),
        min_value=1,
        max_value=100,
        help_text=_("50 is half a post."),
    )
    starts_on = GermanDateField(label=_("From"), required=False)
    ends_on = GermanDateField(
        label=_("Until"), required=False, help_text=_("Empty if the post is permanent.")
    )

    class Meta:
        model = StaffPost
        fields = [
            "title", "share_percent", "filled", "team", "measure", "space", "source", "starts_on", "ends_on",
            "is_neighbourhood_office", "office",
        ]  # fmt: skip
        help_texts = {"office": _("Where people find whoever has the post.")}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        begins, ends = values.get("starts_on"), values.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("It ends before it begins. Please check both days."))
        if "ends_on" in self.changed_data and "ends_on" in values:
            # Another end: everybody is told of it anew.
            self.instance.alerts_sent = []
        return values


class TeamForm(PlanForm):
    GROUPS = ((_("The team"), ("number", "name", "is_department", "email", "ended_on")),)

    ended_on = GermanDateField(label=_("Ended on"), required=False)

    class Meta:
        model = Team
        fields = ["number", "name", "is_department", "email", "ended_on"]
        help_texts = {
            "number": _("As in the organisation chart. For example 53."),
            "is_department": _(
                "A department of the administration. Offices across departments and teams of others are none."
            ),
            "email": _("Of the office, not of a person. The monthly question goes there."),
        }

    def clean_number(self) -> str:
        number = self.cleaned_data["number"].strip()
        taken = Team.objects.filter(number=number, ended_on=None).exclude(pk=self.instance.pk)
        if number and taken.exists():
            raise forms.ValidationError(_("Another team has this number."))
        return number

    def clean_ended_on(self):
        """The stored team is asked: its name may be changed by the same form."""
        day = self.cleaned_data["ended_on"]
        if day and not self.instance._state.adding and "ended_on" in self.changed_data:
            try:
                ending.refuse_ending_team(self.instance)
            except StillHolds as still:
                raise forms.ValidationError(refusal(still)) from still
        return day
