from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.web.asked import as_uuid
from quartierwerk.web.editing import RecordForm
from quartierwerk.web.fields import GermanDateField, WholeNumberField
from quartierwerk.web.rows import RowForm

from ...measures.forms import PlanForm
from ...models import Concept, FieldOfAction, Group, GroupMember, MandateQuestion, Team
from . import rules

FIELD_OF = {rules.Fault.NO_CHAPTER: "chapter"}


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class GroupForm(PlanForm):
    GROUPS = (
        (_("The group"), ("name", "kind", "quorum_percent", "ended_on")),
        (_("What for"), ("mandate", "result")),
    )

    quorum_percent = WholeNumberField(
        label=_("Quorum in percent"),
        min_value=1,
        max_value=100,
        help_text=_("How many of those with a vote must be there. With fewer the group only recommends."),
    )
    ended_on = GermanDateField(
        label=_("Ended on"), required=False, help_text=_("Empty while the group works.")
    )

    class Meta:
        model = Group
        fields = ["name", "kind", "quorum_percent", "ended_on", "mandate", "result"]
        widgets = {"kind": forms.RadioSelect, "mandate": _lines(4), "result": _lines(4)}
        help_texts = {
            "mandate": _("What the group was asked to do, by whom, until when."),
            "result": _("What it handed in: a draft, a guiding principle, a proposal."),
        }


class GroupMemberForm(RowForm):
    """A seat. One that took part in meetings keeps its person and ends, since the minutes still name it."""

    team = forms.TypedChoiceField(label=_("Team"), coerce=as_uuid, empty_value=None, required=False)
    account_id = forms.TypedChoiceField(label=_("Account"), coerce=as_uuid, empty_value=None, required=False)
    deputy_account_id = forms.TypedChoiceField(
        label=_("Account of the deputy"), coerce=as_uuid, empty_value=None, required=False
    )
    since = GermanDateField(
        label=_("Since"), required=False, help_text=_("The first day. Empty: since the group began.")
    )
    until = GermanDateField(label=_("Until"), required=False, help_text=_("The last day."))

    class Meta:
        model = GroupMember
        fields = [
            "function",
            "team",
            "name",
            "account_id",
            "deputy_name",
            "deputy_account_id",
            "is_voting",
            "since",
            "until",
        ]
        labels = {"function": _("Function or body"), "deputy_name": _("Deputy")}
        help_texts = {"function": _("It stays when people change. For example: associations of newcomers.")}

    def __init__(self, *args: Any, teams: Any = (), accounts: Any = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.teams = dict(teams)
        listed = list(teams)
        if self.instance.team_id and self.instance.team_id not in self.teams:
            listed.append((self.instance.team_id, str(self.instance.team)))
        self.fields["team"].choices = [("", pgettext_lazy("team", "none")), *listed]  # type: ignore[attr-defined]
        if self.instance._state.adding:
            # Or who is new would count in the minutes of meetings before that are still open.
            self.initial["since"] = timezone.localdate()
        else:
            self.initial["team"] = self.instance.team_id
        self.accounts = dict(accounts)
        for name in ("account_id", "deputy_account_id"):
            known, kept = list(accounts), getattr(self.instance, name)
            if kept and kept not in self.accounts:
                known.append((kept, _("an account that is closed")))
            self.fields[name].choices = [("", _("none")), *known]  # type: ignore[attr-defined]

    def has_changed(self) -> bool:
        """What is preset says nothing alone."""
        return bool(set(self.changed_data) - {"is_voting", "since"} if self.is_new else self.changed_data)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.errors or (self.is_new and not self.has_changed()):
            return values
        if values.get("since") and values.get("until") and values["until"] < values["since"]:
            self.add_error("until", _("This day lies before the first one."))
        if not values.get("name", "").strip() and values.get("account_id"):
            values["name"] = self.accounts.get(values["account_id"], "")
        if not values.get("deputy_name", "").strip() and values.get("deputy_account_id"):
            values["deputy_name"] = self.accounts.get(values["deputy_account_id"], "")
        if not values.get("function", "").strip() and not values.get("name", "").strip():
            if team := values.get("team"):
                values["function"] = str(team)
            else:
                self.add_error("function", _("Please give a function, a team or a name."))
        if self._is_another_person(values) and self._is_named():
            self.add_error(
                "name",
                _(
                    "Minutes or an invitation name who sits here, so the seat cannot go to somebody else. "
                    "Give it a last day and enter the new person as a new seat."
                ),
            )
        return values

    def _is_named(self) -> bool:
        """Whoever was invited also hears when the meeting does not take place."""
        return self.instance.attendances.exists() or self.instance.invitations.exists()

    def _is_another_person(self, values: dict[str, Any]) -> bool:
        """Another name of the same account is no other person, nor is an account given to who sits here by name."""
        if self.is_new:
            return False
        name, account = self.initial["name"], self.initial["account_id"]
        is_renamed = values.get("name", "").strip() != name
        if account:
            return values.get("account_id") != account
        return is_renamed or (not name and bool(values.get("account_id")))

    def clean_team(self):
        pk = self.cleaned_data["team"]
        return Team.objects.filter(pk=pk).first() if pk else None

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        if self.is_removed and self._is_named():
            self.add_error(
                "remove",
                _("Minutes or an invitation name this seat, so it cannot go. Give it a last day instead."),
            )
            return False
        return True


class QuestionForm(RecordForm):
    class Meta:
        model = MandateQuestion
        fields = ["words", "state", "answer", "field", "chapter"]
        widgets = {"words": _lines(2), "state": forms.RadioSelect, "answer": _lines(3)}
        labels = {"chapter": _("Or another chapter of the concept"), "field": _("Chapter: field of action")}
        help_texts = {"chapter": _("For example: guiding principle, responsibilities.")}

    def __init__(self, *args: Any, concept: Concept, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: Any = self.fields["field"]
        kept = FieldOfAction.objects.filter(pk=self.instance.field_id)
        fields.queryset = FieldOfAction.objects.filter(concept=concept, ended_on=None) | kept
        fields.empty_label = _("none of them")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        has_chapter = bool(values.get("field") or values.get("chapter", "").strip())
        for fault in rules.faults(
            values.get("state", ""), answer=values.get("answer", ""), has_chapter=has_chapter
        ):
            self.add_error(FIELD_OF.get(fault, "answer"), rules.words(fault))
        return values
