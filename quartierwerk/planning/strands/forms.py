from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk.web.fields import WholeNumberField

from ..measures.forms import SHOWN, PlanForm
from ..models import Concept

# Names of pages that stand where a concept's short name stands in an address.
TAKEN = frozenset({"report", "measures", "fields", "quarters", "kick-off"})


class ConceptForm(PlanForm):
    PLAIN = ("summary",)

    visibility = forms.ChoiceField(label=gettext_lazy("Shown"), choices=SHOWN, widget=forms.RadioSelect)

    class Meta:
        model = Concept
        fields = ["title", "kind", "slug", "summary", "confirm_every_months", "position", "visibility"]
        field_classes = {"confirm_every_months": WholeNumberField, "position": WholeNumberField}
        widgets = {"kind": forms.RadioSelect, "summary": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "title": gettext_lazy("As everybody calls it. For example: strategy for an ageing town."),
            "slug": gettext_lazy(
                "Small letters, digits, hyphens. It stands in addresses that others pass on, so it stays as it is."
            ),
            "position": gettext_lazy("The one with the smallest number is shown first."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            del self.fields["slug"]
        self.fields["confirm_every_months"].min_value = 1  # type: ignore[attr-defined]

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug in TAKEN:
            raise forms.ValidationError(
                _("This word has a meaning of its own in addresses. Please take another.")
            )
        if Concept.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("Another concept has this short name already."))
        return slug
