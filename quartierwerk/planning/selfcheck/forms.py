from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk.directory.editing.fields import SpokenLanguages
from quartierwerk.web.editing import RecordForm
from quartierwerk.web.fields import WholeNumberField

from ..models import SelfCheck
from . import rules

NUMBERS = (
    "people", "trained", "forms", "plain_forms", "translated_forms", "complaints", "answered"
)  # fmt: skip


class SelfCheckForm(RecordForm):
    GROUPS = (
        (gettext_lazy("Languages"), ("languages", "languages_unknown")),
        (gettext_lazy("Training"), ("people", "trained")),
        (gettext_lazy("Forms and letters"), ("forms", "plain_forms", "translated_forms")),
        (gettext_lazy("Complaints of this year"), ("complaints", "answered")),
        (gettext_lazy("Note"), ("note",)),
    )

    languages = SpokenLanguages(
        label=gettext_lazy("In which languages besides German can people be served, without an interpreter?"),
        help_text=gettext_lazy("Choose none if it is German only."),
    )
    languages_unknown = forms.BooleanField(label=gettext_lazy("We do not know"), required=False)

    class Meta:
        model = SelfCheck
        fields = ["languages", *NUMBERS, "note"]
        field_classes = dict.fromkeys(NUMBERS, WholeNumberField)
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "note": gettext_lazy("No names: everybody who reads the plan can read it."),
            "trained": gettext_lazy("In the last three years."),
        }

    def __init__(self, *args: Any, reader: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages: Any = self.fields["languages"]
        languages.offer(reader, self.instance.languages or ())
        languages.choices = [(tag, name) for tag, name in languages.choices if tag != "de"]
        if not self.instance._state.adding:
            self.initial["languages_unknown"] = self.instance.languages is None

    @property
    def groups(self) -> list[tuple[Any, list]]:
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("languages_unknown"):
            if values.get("languages"):
                self.add_error(
                    "languages_unknown", _("You have chosen languages. Please leave one of the two.")
                )
            values["languages"] = None
        for part, lacks_whole in rules.faults({name: values.get(name) for name in NUMBERS}):
            if part not in self.errors and rules.PARTS[part] not in self.errors:
                self.add_error(
                    part,
                    _("Please say also of how many.")
                    if lacks_whole
                    else _("That is more than there are in all. Please check both numbers."),
                )
        return values
