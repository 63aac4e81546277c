from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.languages import tags
from quartierwerk.planning.models import Team
from quartierwerk.web.fields import WholeNumberField

from ..giving.forms import LONGEST
from ..kinds import UNKNOWN
from ..models import Voice

OURS, NOT_OURS = "ours", "not_ours"


class AnswerForm(forms.Form):
    """The answer, in our words and in those of whoever gave the voice."""

    error_title = _("Not saved yet")

    outcome = forms.ChoiceField(
        label=_("The answer"),
        choices=[
            (OURS, pgettext_lazy("answer to a voice", "is ours")),
            (NOT_OURS, pgettext_lazy("answer to a voice", "says who else is responsible")),
        ],
        initial=OURS,
        widget=forms.RadioSelect,
    )
    body = forms.CharField(
        label=_("Who is responsible, and how to reach them"), max_length=300, required=False
    )
    words = forms.CharField(
        label=_("Words"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Short sentences: what was done, what happens next, until when."),
    )
    own_words = forms.CharField(
        max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"})
    )
    own_origin = forms.CharField(label=_("Translated by"), max_length=200, required=False)
    signed_as = forms.CharField(
        label=_("Who answers"), max_length=200, help_text=_("An office or a function, as visitors know it.")
    )

    def __init__(self, data: Any, *, voice: Voice, tenant, lang: str) -> None:
        super().__init__(data, initial={"signed_as": tenant.contact_office or tenant.name})
        if voice.language in (tenant.source_language, UNKNOWN, ""):
            del self.fields["own_words"], self.fields["own_origin"]
        else:
            self.fields["own_words"].label = _("The same in this language: %(language)s") % {
                "language": tags.name(voice.language, lang)
            }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("outcome") == NOT_OURS and not values.get("body", "").strip():
            self.add_error(
                "body", _("Please say who is responsible. Nobody is sent away without an address.")
            )
        if values.get("own_words") and not values.get("own_origin"):
            self.add_error("own_origin", _("Please say who translated it."))
        return values


class TakeUpForm(forms.Form):
    team = forms.ModelChoiceField(
        label=_("Who looks after it"), queryset=None, required=False, empty_label=_("I do")
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        cast(forms.ModelChoiceField, self.fields["team"]).queryset = Team.objects.current()


class TermForm(forms.Form):
    error_title = _("Not saved yet")

    days = WholeNumberField(label=_("Days until a voice is answered"), min_value=1, max_value=90)
    question_days = WholeNumberField(
        label=_("Working days until a question to a person is answered"), min_value=1, max_value=10
    )
