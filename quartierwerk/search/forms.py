from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quartierwerk.web.editing import RecordForm

from .models import SynonymRing, lines
from .ring import built_in

MOST_WORDS = 60


class SynonymRingForm(RecordForm):
    concept = forms.ChoiceField(
        label=_("Belongs to"),
        required=False,
        help_text=_("Choose what the words mean, and they find the same as all words we know for it."),
    )

    class Meta:
        model = SynonymRing
        fields = ["label", "concept", "words", "left_out"]
        widgets = {"words": forms.Textarea(attrs={"rows": 6}), "left_out": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "label": _("Shown to visitors as the reason why something was found."),
            "words": _("One word or phrase a line, in any language. Do not write names of persons here."),
            "left_out": _("Words of the general list that mean something else here. One a line."),
        }

    def __init__(self, *args: Any, lang: str = "de", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = ((code, concept.label(lang)) for code, concept in built_in().concepts.items())
        field: Any = self.fields["concept"]
        field.choices = [
            ("", _("nothing we know: only these words among each other")),
            *sorted(labels, key=_by_label),
        ]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        words, left_out = lines(typed.get("words", "")), lines(typed.get("left_out", ""))
        if len(words) > MOST_WORDS:
            self.add_error("words", _("These are too many words. Please make several lists."))
        if not typed.get("concept"):
            if len(words) < 2 and "words" not in self.errors:
                self.add_error(
                    "words", _("Write at least two words that mean the same, or choose what they belong to.")
                )
            if left_out:
                self.add_error("left_out", _("Choose what the words do not belong to."))
        elif not words and not left_out:
            self.add_error("words", _("Write at least one word."))
        return typed


def _by_label(choice: tuple[str, str]) -> str:
    return choice[1].casefold()
