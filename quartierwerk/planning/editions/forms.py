from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk.web.editing import RecordForm
from quartierwerk.web.fields import GermanDateField, WholeNumberField

from ..models import Concept, CouncilDecision
from .rules import Refusal, words


class OpenForm(forms.Form):
    concept = forms.ModelChoiceField(Concept.objects.none(), label=gettext_lazy("Concept"), empty_label=None)
    title = forms.CharField(
        label=gettext_lazy("Title of the edition"),
        max_length=300,
        help_text=gettext_lazy("For instance: Integration in Laatzen 2027"),
    )

    def __init__(self, *args: Any, concepts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concept"].queryset = concepts  # type: ignore[attr-defined]
        if len(concepts) == 1:
            self.fields["concept"].initial = concepts[0].pk


class DecisionForm(RecordForm):
    """The council's words and votes. Whether they suffice for adoption, the rules say."""

    decided_on = GermanDateField(label=gettext_lazy("Day of the decision"))
    votes_yes = WholeNumberField(label=gettext_lazy("Votes in favour"), required=False)
    votes_no = WholeNumberField(label=gettext_lazy("Votes against"), required=False)
    votes_abstained = WholeNumberField(label=gettext_lazy("Abstentions"), required=False)

    class Meta:
        model = CouncilDecision
        fields = [
            "body",
            "session",
            "paper_number",
            "decided_on",
            "votes_yes",
            "votes_no",
            "votes_abstained",
            "is_unanimous",
            "wording",
        ]
        labels = {"is_unanimous": gettext_lazy("The decision was unanimous")}

    # Where the page says what keeps this decision from adopting an edition.
    FIELD_OF: ClassVar[dict[Refusal, str]] = {
        Refusal.NO_BODY: "body",
        Refusal.NO_PAPER_NUMBER: "paper_number",
        Refusal.NO_WORDING: "wording",
        Refusal.NO_VOTE: "votes_yes",
        Refusal.NOT_CARRIED: "votes_no",
        Refusal.DECIDED_LATER: "decided_on",
        Refusal.DECIDED_BEFORE: "decided_on",
        Refusal.DECIDED_WHILE_CONSULTED: "decided_on",
    }

    def take(self, refusals: Iterable[Refusal]) -> list[Refusal]:
        """Each at its field; those of no field are left."""
        rest = []
        for refusal in refusals:
            if name := self.FIELD_OF.get(refusal):
                self.add_error(name, words(refusal))
            else:
                rest.append(refusal)
        return rest

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        found = CouncilDecision.objects.filter(
            body=cleaned.get("body", ""), paper_number=cleaned.get("paper_number", "")
        )
        if found.exclude(pk=self.instance.pk).exists():
            self.add_error("paper_number", _("A decision with this number is entered already."))
        return cleaned


class DeferForm(forms.Form):
    measure = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("Put off, because"), max_length=1000, required=False)


class RedactForm(forms.Form):
    passage = forms.CharField(
        label=gettext_lazy("Words to be taken out"),
        max_length=300,
        help_text=gettext_lazy(
            "Exactly as they stand there. They are taken out everywhere and stored nowhere."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason, without these words"),
        max_length=1000,
        help_text=gettext_lazy("For instance: consent withdrawn on 3 May."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        passage = " ".join(cleaned.get("passage", "").split()).casefold()
        if passage and passage in " ".join(cleaned.get("reason", "").split()).casefold():
            self.add_error(
                "reason", _("The reason stays readable for ever: please leave these words out of it.")
            )
        return cleaned
