from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.web.fields import GermanDateField

from ..kinds import UNKNOWN, VoiceKind
from ..models import Voice
from .forms import VoiceForm, choose, languages


class OnBehalfForm(VoiceForm):
    """What somebody told us or left on paper, typed in by the staff."""

    website = None  # type: ignore[assignment]
    kind = forms.ChoiceField(
        label=pgettext_lazy("voice", "This is …"), choices=VoiceKind.choices, initial=VoiceKind.WANT
    )
    origin = forms.ChoiceField(
        label=_("How it came"),
        choices=[one for one in Voice.Origin.choices if one[0] != Voice.Origin.ONLINE],
        widget=forms.RadioSelect,
    )
    received_on = GermanDateField(label=_("Received on"), required=False)

    field_order = ["origin", "kind", "words", "language", "photo", "space", "topic", "received_on", "reach"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("Their words, in the language in which they were said")
        self.fields["words"].help_text = _("As they stand there. Names are masked when it is checked.")
        self.fields["reach"].label = _("Mail address or phone number of the person")
        self.fields["reach"].help_text = _(
            "Only if the person wants it. Without it the slip with the code is enough."
        )
        choose(self, "language", [*languages(self.request), (UNKNOWN, _("unknown"))], "")

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day lies in the future."))
        return day
