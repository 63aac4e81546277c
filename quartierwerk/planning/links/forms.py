from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk import rights
from quartierwerk.rights import Person

from ..measures.forms import SHOWN, PlanForm
from ..models import Concept, Measure, PlanLink


class PlanLinkForm(PlanForm):
    visibility = forms.ChoiceField(label=gettext_lazy("Shown"), choices=SHOWN, widget=forms.RadioSelect)

    class Meta:
        model = PlanLink
        fields = ["title", "kind", "url", "concept", "measure", "space", "visibility"]
        widgets = {"kind": forms.RadioSelect}
        help_texts = {
            "title": gettext_lazy("As the plan calls itself. For example: urban development plan 2035."),
            "space": gettext_lazy("If it holds for one quarter, such as an area of a funding programme."),
        }

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measures = rights.visible(by, "planning.read_measures", Measure.objects.order_by("sort_key"))
        concepts = rights.visible(by, "planning.read", Concept.objects.all())
        for name, rows, label in (
            ("measure", measures, gettext_lazy("none")),
            ("concept", concepts, gettext_lazy("none")),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
            self.fields[name].empty_label = label  # type: ignore[attr-defined]
        self.fields["space"].empty_label = gettext_lazy("none")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors and not any(values.get(name) for name in ("concept", "measure", "space")):
            self.add_error(
                "concept", _("Please say what it belongs to: the concept, a measure or a quarter.")
            )
        return values
