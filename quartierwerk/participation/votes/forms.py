from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quartierwerk.languages.numbers import format_amount
from quartierwerk.languages.showing import Shown
from quartierwerk.web.editing import RecordForm
from quartierwerk.web.fields import AmountField, WholeNumberField

from ..models import Phase, Process, Proposal, RollEntry, Vote
from . import codes, rules
from .drawing import MOST_SLIPS


class BallotForm(forms.Form):
    """The code and what it chooses. Online and typed from paper the same."""

    error_title = gettext_lazy("Not in the box yet")

    code = forms.CharField(
        label=gettext_lazy("Your code"),
        help_text=gettext_lazy("16 signs. Small letters and missing dashes do no harm."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Please write the code from your slip.")},
    )

    def __init__(
        self, *args: Any, vote: Vote, choosable: list[tuple[Proposal, Shown]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.vote, self.choosable = vote, choosable
        for proposal, title in choosable:
            name = f"p_{proposal.pk}"
            if vote.method == Vote.Method.BUDGET:
                words = f"{title.text} ({format_amount(proposal.cost_cents or 0)})"
                self.fields[name] = forms.BooleanField(label=words, required=False)
            else:
                self.fields[name] = WholeNumberField(label=title.text, required=False, max_value=vote.points)

    def boxes(self):
        return [self[f"p_{proposal.pk}"] for proposal, _title in self.choosable]

    def clean_code(self) -> str:
        code = codes.read(self.cleaned_data["code"])
        if len(code) != codes.LENGTH:
            raise forms.ValidationError(
                _("A code has %(n)s signs, this one has %(typed)s. Please compare it with your slip."),
                params={"n": codes.LENGTH, "typed": len(code) if len(code) <= codes.LENGTH else _("more")},
            )
        return code

    def choices(self) -> dict[str, int]:
        given = {str(one.pk): self.cleaned_data.get(f"p_{one.pk}") for one, _title in self.choosable}
        return {pk: int(n) for pk, n in given.items() if n}

    def refuse(self, fault: rules.Fault, terms: rules.Terms) -> None:
        """Say above the form what is wrong with the ballot as a whole."""
        over = rules.used(self.choices(), terms) - rules.limit(terms)
        if fault == rules.Fault.OVER and terms.method == rules.BUDGET:
            words = _("This costs %(over)s more than the sum. Please leave something out.") % {
                "over": format_amount(over)
            }
        elif fault == rules.Fault.OVER:
            words = ngettext(
                "That is %(n)d point more than you have. Please take some back.",
                "That is %(n)d points more than you have. Please take some back.",
                over,
            ) % {"n": over}
        elif fault == rules.Fault.NOTHING:
            words = _("Nothing is chosen yet. Please choose at least one proposal.")
        else:
            words = _("The proposals have changed meanwhile. Please look at your choice again.")
        self.add_error(None, words)


class VoteForm(RecordForm):
    sum_cents = AmountField(
        label=gettext_lazy("Sum for everything together"), required=False, min_value=1, max_value=10**12
    )
    points = WholeNumberField(
        label=gettext_lazy("Points of each person"), required=False, min_value=1, max_value=100
    )

    class Meta:
        model = Vote
        fields = ["phase", "method", "sum_cents", "points"]
        widgets = {"method": forms.RadioSelect}
        help_texts = {"phase": gettext_lazy("The box is open as long as this phase.")}

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (Phase.Kind.PRIORITISE, Phase.Kind.DECIDE)
        self.fields["phase"].queryset = process.phases.filter(kind__in=kinds)
        self.fields["phase"].empty_label = None

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        needed, other = (
            ("sum_cents", "points") if values.get("method") == Vote.Method.BUDGET else ("points", "sum_cents")
        )
        values[other] = None
        if values.get(needed) is None and needed not in self.errors:
            self.add_error(needed, _("Please give a number: with it everybody can choose."))
        return values


class RollForm(forms.Form):
    """People who may vote, one a line: name; mail address."""

    way = forms.ChoiceField(
        label=gettext_lazy("They get their code"), choices=RollEntry.Way.choices, widget=forms.RadioSelect
    )
    people = forms.CharField(
        label=gettext_lazy("Who may vote, one in each line"),
        help_text=gettext_lazy("Name; mail address. The mail address is needed for a mailed link only."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        people, check = [], forms.EmailField()
        for line in (values.get("people") or "").splitlines():
            if not line.strip():
                continue
            name, _sep, mail = (part.strip() for part in line.partition(";"))
            try:
                mail = check.clean(mail) if mail or values.get("way") == RollEntry.Way.MAIL else ""
            except forms.ValidationError:
                words = _("In the line “%(line)s” the mail address is missing or wrong.")
                self.add_error("people", words % {"line": line.strip()[:60]})
                continue
            people.append((name[:200], mail))
        self.people = people
        return values


class SlipsForm(forms.Form):
    n = WholeNumberField(label=gettext_lazy("How many slips"), min_value=1, max_value=MOST_SLIPS)
