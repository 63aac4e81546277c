"""What is typed during a meeting: one form for the whole page, so that no button loses what stands beside it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.languages.dates import format_date
from quartierwerk.people.persons import working_in
from quartierwerk.rights import may
from quartierwerk.tenants import scope
from quartierwerk.web.editing import RecordForm
from quartierwerk.web.fields import GermanDateField, WholeNumberField

from ...measures import choices
from ...models import AgendaItem, Meeting, Team
from .. import rules
from ..pages import Made, Seat
from ..rules import Refusal, Votes
from .actions import ABSENT, DEPUTY, PRESENT, NewTask, NotKept

FIRST, MOST = 1, 8  # rows for tasks


class SaidForm(RecordForm):
    class Meta:
        model = AgendaItem
        fields = ["minutes"]
        widgets = {"minutes": forms.Textarea(attrs={"rows": 3})}


class WholeForm(RecordForm):
    class Meta:
        model = Meeting
        fields = ["minutes_text"]
        labels = {"minutes_text": _("In general: greeting, apologies, what else was said")}
        widgets = {"minutes_text": forms.Textarea(attrs={"rows": 3})}


class SeatForm(forms.Form):
    # Three beside each other, on a phone too: a dozen seats are gone through quickly.
    came = forms.ChoiceField(widget=forms.RadioSelect(attrs={"data_min": "5.6rem"}), required=False)

    # As the page showed it: what nobody touched here is not stored, so that it overwrites no colleague.
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        initial = {"came": seat.sign, "shown": seat.sign}
        super().__init__(*args, prefix=f"seat-{seat.pk}", initial=initial, **kwargs)
        self.seat = seat
        came: Any = self.fields["came"]
        called = seat.called if seat.has_vote else _("%(seat)s (without a vote)") % {"seat": seat.called}
        deputy = _("deputy: %(name)s") % {"name": seat.deputy} if seat.deputy else ""
        came.label = " · ".join(filter(None, (str(called), str(deputy))))
        came.choices = [
            (PRESENT, pgettext_lazy("attendance", "there")),
            (DEPUTY, pgettext_lazy("attendance", "represented")),
            (ABSENT, pgettext_lazy("attendance", "not there")),
        ]

    def ask(self, stored: str) -> None:
        """Somebody else noted it otherwise meanwhile: hers is chosen at first, one's own is said beside it."""
        field: Any = self.fields["came"]
        called, mine = dict(field.choices), self.cleaned_data["came"]
        self.data = {self.add_prefix("came"): stored, self.add_prefix("shown"): stored}
        words = _("Somebody else noted meanwhile: %(theirs)s. You chose: %(mine)s. Please choose what holds.")
        self.add_error("came", words % {"theirs": called[stored], "mine": called[mine]})


class TaskForm(forms.Form):
    words = forms.CharField(
        label=_("What is to be done"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    team = forms.TypedChoiceField(label=_("Team"), coerce=UUID, empty_value=None, required=False)
    account = forms.TypedChoiceField(label=_("Person"), coerce=UUID, empty_value=None, required=False)
    due_on = GermanDateField(label=_("Until"), required=False)

    PLACES = {
        Refusal.NO_WORDS: "words",
        Refusal.NO_OWNER: "team",
        Refusal.DUE_IN_THE_PAST: "due_on",
        Refusal.DUE_BEFORE_GIVEN: "due_on",
    }

    def __init__(self, *args: Any, teams: Any, accounts: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        team: Any = self.fields["team"]
        account: Any = self.fields["account"]
        team.choices = [("", pgettext_lazy("team", "none")), *teams]
        account.choices = [("", pgettext_lazy("person", "nobody")), *accounts]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.has_changed():
            if not values.get("words", "").strip():
                self.add_error("words", rules.words(Refusal.NO_WORDS))
            if not (values.get("team") or values.get("account")):
                self.add_error("team", rules.words(Refusal.NO_OWNER))
            if not values.get("due_on") and "due_on" not in self.errors:
                self.add_error("due_on", _("Please say until when."))
        return values

    def say(self, refusals: Iterable[Refusal]) -> None:
        """Each fault at its field."""
        for refusal in refusals:
            self.add_error(self.PLACES.get(refusal), rules.words(refusal))

    def task(self, teams: dict[UUID, Team]) -> NewTask:
        values = self.cleaned_data
        return NewTask(values["words"], values["due_on"], teams.get(values["team"]), values["account"])


class DecisionForm(forms.Form):
    """A decision in the making, with its tasks."""

    words = forms.CharField(
        label=_("Wording"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    yes = WholeNumberField(label=_("In favour"), required=False, max_value=500)
    no = WholeNumberField(label=_("Against"), required=False, max_value=500)
    abstained = WholeNumberField(label=_("Abstentions"), required=False, max_value=500)
    biased = WholeNumberField(label=_("Took no part for bias"), required=False, max_value=500)
    in_the_past = forms.BooleanField(label=_("Yes, the day that is over is meant"), required=False)

    PLACES = {
        Refusal.NO_WORDS: "words",
        Refusal.TOO_MANY_VOTES: "yes",
        Refusal.NOT_CARRIED: "yes",
        Refusal.ITEM_GONE: "words",
    }

    def __init__(self, data: Any, *, item: AgendaItem, owners: "Owners", is_sent: bool) -> None:
        """is_sent: this decision's own button was pressed, else what was typed is only kept."""
        prefix = f"decide-{item.pk}"
        super().__init__(data, prefix=prefix, use_required_attribute=False)
        self.item, self.is_sent, self.asks_about_past = item, is_sent, False
        typed = (data or {}).get(f"{prefix}-tasks", "")
        count = min(int(typed), MOST) if typed.isdecimal() and len(typed) < 3 else FIRST
        if data is not None and data.get("more") == str(item.pk):
            count = min(count + 1, MOST)
        self.tasks = [
            TaskForm(data, prefix=f"{prefix}-task-{number}", teams=owners.teams, accounts=owners.accounts)
            for number in range(count)
        ]
        if not is_sent:
            for form in (self, *self.tasks):
                form._errors = forms.utils.ErrorDict()  # nothing was to be decided yet

    @property
    def is_empty(self) -> bool:
        return not self.is_bound or not any(form.has_changed() for form in (self, *self.tasks))

    @cached_property
    def filled(self) -> list[TaskForm]:
        return [form for form in self.tasks if form.has_changed()]

    def can_be_decided(self) -> bool:
        valid = [form.is_valid() for form in (self, *self.filled)]
        if not self.filled:
            self.tasks[0].full_clean()
            self.tasks[0].add_error("team", rules.words(Refusal.NO_OWNER))
            valid.append(False)
        return all(valid)

    @property
    def votes(self) -> Votes:
        return Votes(*(self.cleaned_data[name] or 0 for name in ("yes", "no", "abstained", "biased")))

    def say(self, refused: NotKept) -> None:
        """Each fault at its field."""
        for number, refusal in refused.faults:
            form: DecisionForm | TaskForm = self if number is None else self.filled[number]
            form.add_error(form.PLACES.get(refusal), rules.words(refusal))
            self.asks_about_past = self.asks_about_past or refusal in rules.ASKING

    @property
    def shown(self) -> list:
        return [self[name] for name in ("words",)]

    @property
    def counted(self) -> list:
        return [self[name] for name in ("yes", "no", "abstained", "biased")]

    @property
    def forms(self) -> list[forms.Form]:
        return [self, *self.tasks]


def as_typed(made: Made, item: AgendaItem) -> dict[str, str]:
    """A decision as somebody would have typed it."""
    prefix, one = f"decide-{item.pk}", made.decision
    votes = {
        "yes": one.votes_yes,
        "no": one.votes_no,
        "abstained": one.votes_abstained,
        "biased": one.biased,
    }
    typed = {f"{prefix}-words": one.words, f"{prefix}-tasks": str(max(FIRST, len(made.tasks)))}
    typed |= {f"{prefix}-{name}": str(count or "") for name, count in votes.items()}
    for number, task in enumerate(made.tasks):
        values = {
            "words": task.words,
            "team": str(task.owner_team_id or ""),
            "account": str(task.owner_account_id or ""),
            "due_on": format_date(task.due_on),
        }
        typed |= {f"{prefix}-task-{number}-{name}": value for name, value in values.items()}
    return typed


class Owners:
    """Who may get a task, read once for the page: teams, and people whose roles here let them open and end it."""

    def __init__(self) -> None:
        self.teams = choices.teams()
        self.accounts = [
            (one.account_id, one.name or _("without a name"))
            for one in working_in(scope.writing())
            if may(one, "planning.finish_task")
        ]


class CloseForm(forms.Form):
    """seen: what the page showed; what somebody changed meanwhile is read before it is closed."""

    sure = forms.BooleanField(label=_("The minutes are right. Nobody can change them afterwards."))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class AdditionForm(forms.Form):
    words = forms.CharField(
        label=_("Addition"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands below the minutes with today's day and your name, for good."),
    )
