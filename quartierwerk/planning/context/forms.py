from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk.web.fields import GermanDateField

from ..measures.forms import InFieldsForm
from ..measures.kinds import Sort
from ..models import ContextChange


class ContextChangeForm(InFieldsForm):
    GROUPS = (
        (gettext_lazy("What changes"), ("title", "level", "description", "in_force_from", "noticed_on")),
        (gettext_lazy("Where it can be read"), ("source", "url")),
        (gettext_lazy("What it touches"), ("in_fields",)),
        (gettext_lazy("If nothing follows from it"), ("nothing_to_do",)),
    )

    in_force_from = GermanDateField(
        label=gettext_lazy("In force from"),
        required=False,
        help_text=gettext_lazy("Leave it empty as long as the day is not known."),
    )
    noticed_on = GermanDateField(label=gettext_lazy("Noticed on"))

    class Meta:
        model = ContextChange
        fields = [
            "title", "level", "description", "in_force_from", "noticed_on", "source", "url", "nothing_to_do"
        ]  # fmt: skip
        widgets = {
            "level": forms.RadioSelect,
            "description": forms.Textarea(attrs={"rows": 4}),
            "nothing_to_do": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "title": gettext_lazy("For example: courses for everybody, whatever the residence status."),
            "source": gettext_lazy("Law gazette, decision, letter: so that others find it again."),
            "nothing_to_do": gettext_lazy(
                "Say why, then it counts as looked at. Else give a task on its page."
            ),
        }

    def clean_in_fields(self):
        chosen = self.cleaned_data["in_fields"]
        if not chosen:
            raise forms.ValidationError(
                _("Please choose at least one field: it says in which concept somebody has to look at it.")
            )
        return chosen


SORT = Sort(
    "context_change",
    "context_changes",
    ContextChange,
    ContextChangeForm,
    "planning.read",
    gettext_lazy("Add a change"),
    gettext_lazy("Change of law or policy"),
    gettext_lazy("Changes of law and policy"),
)
