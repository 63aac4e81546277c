from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from quartierwerk.web.fields import GermanDateField


class ConsultForm(forms.Form):
    until = GermanDateField(
        label=gettext_lazy("Comments until"),
        help_text=gettext_lazy("The last day on which departments and partners can comment."),
    )


class CommentForm(forms.Form):
    passage = forms.ChoiceField(label=gettext_lazy("About"), required=False)
    words = forms.CharField(
        label=gettext_lazy("Comment"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000
    )
    name = forms.CharField(
        label=gettext_lazy("For whom"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("For instance the team or the association. No names of residents."),
    )

    def __init__(self, *args: Any, whole: str, passages: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passage"].choices = [("", whole), *passages]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    words = forms.CharField(label=gettext_lazy("What was made of it"), max_length=5000)
