"""Saying how far measures are: from the mailed page, and by staff on the measure's own page."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk import journal, rights
from quartierwerk.languages.days import short_day
from quartierwerk.rights import Person

from ...models import Measure, Milestone, StateReport, Team, UpdateLink
from ..rules import reporting

LONGEST = 2000
SAID = [
    ("on_track", gettext_lazy("on track")),
    ("at_risk", gettext_lazy("at risk")),
    ("late", gettext_lazy("behind plan")),
    ("done", gettext_lazy("done")),
]


class ReportForm(forms.Form):
    """One measure. Nothing is preset: an untouched measure stays without a report."""

    light = forms.ChoiceField(
        label=gettext_lazy("How far is it?"), choices=SAID, widget=forms.RadioSelect, required=False
    )
    steps = forms.MultipleChoiceField(
        label=gettext_lazy("These steps are done"), widget=forms.CheckboxSelectMultiple, required=False
    )
    words = forms.CharField(
        label=gettext_lazy("In a sentence (optional)"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST,
        required=False,
    )
    sure = forms.BooleanField(label=gettext_lazy("It is done in spite of that"), required=False)

    def __init__(self, data, *, measure: Measure, required: bool = False):
        super().__init__(data, prefix=str(measure.pk))
        self.measure = measure
        self.open_steps = [one for one in measure.milestones.all() if one.done_on is None]
        self.fields["light"].required = required
        steps = self.fields["steps"]
        assert isinstance(steps, forms.MultipleChoiceField)  # noqa: S101
        steps.choices = [(str(one.pk), f"{one.title} ({short_day(one.due_on)})") for one in self.open_steps]
        if not self.open_steps:
            del self.fields["steps"]
        if not (data and data.get(self.add_prefix("light")) == "done" and self.open_steps):
            del self.fields["sure"]

    @property
    def says_something(self) -> bool:
        return bool(
            self.cleaned_data.get("light")
            or self.cleaned_data.get("words", "").strip()
            or self.cleaned_data.get("steps")
        )

    @property
    def done_steps(self) -> list[Milestone]:
        ticked = set(self.cleaned_data.get("steps", ()))
        return [one for one in self.open_steps if str(one.pk) in ticked]

    def clean(self):
        values = super().clean() or self.cleaned_data
        ticked = set(values.get("steps", ()))
        left = [one.title for one in self.open_steps if str(one.pk) not in ticked]
        if reporting.asks_back(values.get("light", ""), len(left), bool(values.get("sure"))):
            words = _(
                "Still open: %(steps)s. Please tick what is done, or say that it is done in spite of that."
            )
            self.add_error("sure", words % {"steps": ", ".join(left)})
        return values


def forms_for(measures: Sequence[Measure], data, *, required: bool = False) -> list[ReportForm]:
    return [ReportForm(data, measure=one, required=required) for one in measures]


def says_something(forms: Sequence[ReportForm]) -> bool:
    """Whether there is anything to note; if not, the first measure says what to do."""
    if forms and not any(form.says_something for form in forms):
        forms[0].add_error("light", _("Please choose one."))
        return False
    return True


@transaction.atomic
def report(form: ReportForm, month: date, team: Team, *, by: Person) -> StateReport:
    """Raises Refused. Steps ticked are done today; the measure's stage stays: its end is for the coordination office."""
    measure = Measure.objects.select_for_update(of=("self",)).get(pk=form.measure.pk)
    rights.require(by, "planning.report", measure)
    for step in form.done_steps:
        step.done_on = timezone.localdate()
        step.save(update_fields=["done_on"])
    made = StateReport.objects.create(
        measure=measure,
        month=month,
        team=team,
        light_said=form.cleaned_data.get("light", ""),
        words=form.cleaned_data.get("words", "").strip(),
        account_id=by.account_id,
    )
    journal.record("measure reported", measure, by=by)
    return made


@transaction.atomic
def answer(link: UpdateLink, forms: Sequence[ReportForm], *, by: Person) -> int:
    """What a team said on its page; how many measures are still without a word for this month."""
    for form in forms:
        if form.says_something:
            report(form, link.month, link.team, by=by)
    asked = [form.measure.pk for form in forms]
    told = StateReport.objects.filter(measure__in=asked, month=link.month).exclude(light_said="")
    left = len(set(asked) - set(told.values_list("measure_id", flat=True)))
    if not left:
        link.answered_at = timezone.now()
        link.save(update_fields=["answered_at"])
    return left
