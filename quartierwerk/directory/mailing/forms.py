from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from quartierwerk import rights
from quartierwerk.places.models import SocialSpace
from quartierwerk.rights import Person

from .. import topics
from ..editing.listing import EVERYTHING, quarters
from ..models import Confirmation, Organisation, OrganisationRole


class OrganisationFilter(forms.Form):
    """Which organisations; comes out of the address."""

    topic = forms.ChoiceField(label=_("Topic"), required=False)
    role = forms.ChoiceField(label=_("What it is"), required=False)
    quarter = forms.ModelChoiceField(
        SocialSpace.objects.none(), label=_("Quarter"), required=False, empty_label=_("all")
    )
    confirmation = forms.ChoiceField(label=_("State of confirmation"), required=False)

    def __init__(self, data: Any):
        super().__init__(data)
        fields: Any = self.fields
        fields["topic"].choices = [EVERYTHING, *topics.choices()]
        fields["role"].choices = [EVERYTHING, *OrganisationRole.choices]
        fields["confirmation"].choices = [EVERYTHING, *Confirmation.choices]
        fields["quarter"].queryset = quarters()
        self.is_valid()
        self.asked = {name: value for name, value in self.cleaned_data.items() if value}

    def rows(self, person: Person) -> QuerySet[Organisation]:
        rows = rights.visible(person, "directory.mail", Organisation.objects.filter(is_placeholder=False))
        if topic := self.asked.get("topic"):
            rows = rows.filter(topics__contains=[topic])
        if role := self.asked.get("role"):
            rows = rows.filter(roles__contains=[role])
        if quarter := self.asked.get("quarter"):
            rows = rows.filter(space=quarter)
        if confirmation := self.asked.get("confirmation"):
            rows = rows.filter(confirmation=confirmation)
        return rows.order_by("sort_key", "pk")

    def in_words(self) -> str:
        """As people read it; empty where all were meant."""
        found = []
        for name, value in self.asked.items():
            named = dict(getattr(self.fields[name], "choices", ())) if name != "quarter" else {}
            found.append(f"{self.fields[name].label}: {named.get(value, value)}")
        return ", ".join(map(str, found))[:500]


class WordsForm(forms.Form):
    subject = forms.CharField(
        label=_("Subject"),
        max_length=200,
        help_text=_("Without names of persons: it shows on locked screens."),
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("The greeting stands above it, your office's name and phone number below."),
    )
