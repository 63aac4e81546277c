from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quartierwerk import rights
from quartierwerk.planning.models import Need
from quartierwerk.rights import Person

from ..models import Voice


class NeedOfVoiceForm(forms.Form):
    """A need that is known, or a new one by its title."""

    error_title = _("Not saved yet")

    need = forms.ModelChoiceField(
        label=_("Known already"), queryset=None, required=False, empty_label=_("no, it is a new one")
    )
    title = forms.CharField(
        label=_("What is missing, in a few words"),
        max_length=300,
        required=False,
        help_text=_("A title for the concept. No names, no sentence of the person."),
    )
    urgency = forms.TypedChoiceField(
        label=_("Urgency"), choices=Need.Urgency.choices, coerce=int, initial=Need.Urgency.MEDIUM
    )

    def __init__(self, data: Any, *, voice: Voice, by: Person) -> None:
        super().__init__(data)
        open_ones = Need.objects.exclude(state=Need.State.REJECTED)
        near = Q(space=voice.space) | Q(space=None) if voice.space_id else Q()
        choices = cast(forms.ModelChoiceField, self.fields["need"])
        choices.queryset = rights.visible(by, "planning.read_needs", open_ones.filter(near)).order_by(
            "sort_key"
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not values.get("need") and not values.get("title", "").strip():
            self.add_error("title", _("Please choose a need that is known, or name the new one."))
        return values
