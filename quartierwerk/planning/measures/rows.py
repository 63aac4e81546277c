"""Rows below a record: steps, money, teams and partners of a measure, values of a goal, members of a team."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.people.handover import StillHolds, refusal
from quartierwerk.web.asked import as_uuid
from quartierwerk.web.fields import AmountField, DecimalNumberField, GermanDateField, WholeNumberField
from quartierwerk.web.rows import RowForm

from ..handover import ending
from ..models import (
    CostLine,
    GoalValue,
    MeasurePartner,
    MeasureTeam,
    Milestone,
    ObstacleStep,
    TeamMember,
)


class MilestoneForm(RowForm):
    due_on = GermanDateField(label=_("By"))
    done_on = GermanDateField(label=_("Done on"), required=False)

    class Meta:
        model = Milestone
        fields = ["title", "due_on", "done_on"]
        labels = {"title": _("Step")}

    def clean_done_on(self):
        day = self.cleaned_data["done_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(
                _("This day is still to come. Leave it empty until the step is done.")
            )
        return day


class YearField(WholeNumberField):
    """A year has no dot between its digits."""

    def write(self, value: int) -> str:
        return str(value)


class CostLineForm(RowForm):
    year = YearField(label=_("Year"), min_value=1990, max_value=2200)
    planned_cents = AmountField(
        label=_("Planned"), required=False, help_text=_("Empty: to be clarified. 0 if it costs nothing.")
    )
    spent_cents = AmountField(label=_("Spent"), required=False)
    secured_until = GermanDateField(label=_("Promised until"), required=False)

    class Meta:
        model = CostLine
        fields = [
            "label",
            "year",
            "kind",
            "source",
            "planned_cents",
            "spent_cents",
            "is_secured",
            "secured_until",
        ]

    def has_changed(self) -> bool:
        """What is preset says nothing alone."""
        return bool(set(self.changed_data) - {"kind"} if self.is_new else self.changed_data)

    def clean_spent_cents(self) -> int:
        return self.cleaned_data["spent_cents"] or 0

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        until, year = values.get("secured_until"), values.get("year")
        if until and not values.get("is_secured"):
            self.add_error("secured_until", _("Please tick “is promised”, or leave the day empty."))
        if until and year and until.year < year:
            self.add_error("secured_until", _("This day lies before the year of the costs."))
        return values


class MeasureTeamForm(RowForm):
    class Meta:
        model = MeasureTeam
        fields = ["team", "part"]

    def __init__(self, *args, teams=(), **kwargs):
        super().__init__(*args, **kwargs)
        team: Any = self.fields["team"]
        listed = list(teams)
        if self.instance.team_id and self.instance.team_id not in dict(listed):
            listed.append((self.instance.team_id, str(self.instance.team)))
        team.choices = [("", pgettext_lazy("team", "none")), *listed]
        self.names = dict(listed)
        self.fields["part"].initial = MeasureTeam.Takes.TAKES_PART

    @property
    def legend(self) -> str:
        return str(self.names.get(self.instance.team_id, ""))

    def has_changed(self) -> bool:
        return "team" in self.changed_data if self.is_new else bool(self.changed_data)


class PartnerForm(RowForm):
    class Meta:
        model = MeasurePartner
        fields = ["organisation", "name"]
        help_texts = {"name": _("Only if it does not stand in the directory.")}

    def __init__(self, *args, organisations=(), **kwargs):
        super().__init__(*args, **kwargs)
        organisation: Any = self.fields["organisation"]
        organisation.choices = [("", _("none")), *organisations]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors and not values.get("organisation") and not values.get("name", "").strip():
            self.add_error("name", _("Please choose an organisation or give a name."))
        return values


class GoalValueForm(RowForm):
    on = GermanDateField(label=_("Measured on"))
    value = DecimalNumberField(label=_("Value"), places=3)

    class Meta:
        model = GoalValue
        fields = ["on", "value", "note"]

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class ObstacleStepForm(RowForm):
    on = GermanDateField(label=_("On"))

    class Meta:
        model = ObstacleStep
        fields = ["on", "what"]
        widgets = {"what": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_new:
            self.initial.pop("on", None)  # an empty row says nothing


class TeamMemberForm(RowForm):
    until = GermanDateField(label=_("Until"), required=False)
    account_id = forms.TypedChoiceField(label=_("Account"), coerce=as_uuid, empty_value=None, required=False)

    class Meta:
        model = TeamMember
        fields = ["function", "name", "account_id", "is_lead", "is_deputy", "is_external", "until"]
        help_texts = {"function": _("It stays when people change. For example: team lead.")}

    def __init__(self, *args, accounts=(), **kwargs):
        super().__init__(*args, **kwargs)
        account: Any = self.fields["account_id"]
        kept = self.instance.account_id
        listed = list(accounts)
        if kept and kept not in dict(listed):
            listed.append((kept, _("an account that is closed")))
        account.choices = [("", _("none")), *listed]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors and not (values.get("function", "").strip() or values.get("name", "").strip()):
            self.add_error("function", _("Please give a function or a name."))
        until = values.get("until")
        if until and until <= timezone.localdate() and "until" in self.changed_data and self._holds():
            self.add_error("until", self._holds())
        return values

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        if self.is_removed and (fault := self._holds()):
            self.add_error("remove", fault)
            return False
        return True

    def _holds(self) -> str:
        """What the person as stored would have to hand over first, in words; "" if nothing."""
        stored = TeamMember.objects.filter(pk=self.instance.pk).first()
        try:
            if stored is not None:
                ending.refuse_ending_place(stored)
        except StillHolds as still:
            return refusal(still)
        return ""
