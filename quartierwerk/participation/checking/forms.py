from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quartierwerk.directory import topics
from quartierwerk.languages import tags

from .. import masking
from ..giving.forms import LONGEST
from ..kinds import ENDED
from ..models import Voice
from .actions import fingerprint

PUBLISH, KEEP, HOLD = "publish", "keep", "hold"
KINDS = {
    "phone": _("phone number"),
    "mail": _("mail address"),
    "iban": _("account number"),
    "street": _("street and number"),
    "name": _("name"),
}


def still_there(found: Iterable[masking.Mark]) -> str:
    """What the marker still finds, said to the person who checks."""
    kinds = ", ".join(str(KINDS[one]) for one in dict.fromkeys(mark.kind for mark in found))
    words = _("There still seems to be: %(kinds)s. Mask it, or tick that you have looked at it.")
    return str(words) % {"kinds": kinds}


class CheckForm(forms.Form):
    """The words for everybody, confirmed by whoever reads them: what the marker still finds has to be looked at."""

    error_title = _("Not saved yet")

    read = forms.CharField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(
        label=_("Words as everybody may read them"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_(
            "Names and numbers of people are replaced. Change nothing else: they are somebody's words."
        ),
    )
    looked_at = forms.BooleanField(
        label=_("I have looked at what is still marked: it may be read by everybody."), required=False
    )
    topics = forms.MultipleChoiceField(label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple)
    decision = forms.ChoiceField(
        label=_("What happens with it"),
        choices=[
            (PUBLISH, pgettext_lazy("voice", "Everybody may read it")),
            (KEEP, pgettext_lazy("voice", "Only whoever gave it reads it and the answer")),
            (HOLD, pgettext_lazy("voice", "Hold it back: it insults somebody. It goes on counting.")),
        ],
        widget=forms.RadioSelect,
    )
    held_reason = forms.CharField(label=_("Why it is held back"), max_length=300, required=False)
    other_language = forms.ChoiceField(label=_("In one more language"), required=False)
    other_words = forms.CharField(
        label=_("The same in this language"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    other_origin = forms.CharField(
        label=_("Translated by or with"),
        max_length=200,
        required=False,
        help_text=_(
            "A function or a programme, for example: interpreter of the town. It stands beside the text."
        ),
    )
    is_machine = forms.BooleanField(label=_("A programme translated it"), required=False)

    def __init__(self, data: Any, *, voice: Voice, words: str, tenant) -> None:
        self.voice = voice
        self.still_marked: list[masking.Mark] = []
        proposal = voice.public_words or masking.masked(words, masking.marks(words, voice.language))
        super().__init__(
            data,
            initial={
                "read": fingerprint(voice),
                "words": proposal,
                "topics": voice.topics,
                "decision": PUBLISH,
                "other_language": tenant.source_language,
            },
        )
        choices = cast(forms.MultipleChoiceField, self.fields["topics"])
        choices.choices = topics.choices()
        codes = dict.fromkeys([tenant.source_language, *tenant.languages, *tags.INTERFACE])
        other = cast(forms.ChoiceField, self.fields["other_language"])
        other.choices = [(code, tags.autonym(code)) for code in codes if code != voice.language]
        if voice.is_question:
            decision = cast(forms.ChoiceField, self.fields["decision"])
            decision.choices, decision.initial = decision.choices[1:], KEEP
            self.initial["decision"] = KEEP
        if voice.state in ENDED:
            # What is answered is not sent back to the beginning: kept for the giver it is read by nobody else.
            decision = cast(forms.ChoiceField, self.fields["decision"])
            decision.choices = [one for one in decision.choices if one[0] != HOLD]

    def now_read(self, voice: Voice) -> None:
        """Whoever saves this form next has seen the voice as it stands now."""
        self.data = self.data.copy()
        self.data["read"] = fingerprint(voice)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        decision, words = values.get("decision"), values.get("words", "").strip()
        if decision == PUBLISH:
            self._look(values, words)
        if decision == HOLD and not values.get("held_reason"):
            self.add_error("held_reason", _("Please say why, in a few words. Visitors do not read it."))
        if values.get("other_words") and not values.get("other_origin"):
            self.add_error("other_origin", _("Please say who or what translated it."))
        return values

    def _look(self, values: dict[str, Any], words: str) -> None:
        if not words:
            self.add_error("words", _("Without words nothing can be shown to everybody."))
            return
        marked = [words, values.get("other_words", "")]
        self.still_marked = [one for text in marked for one in masking.marks(text, self.voice.language)]
        if self.still_marked and not values.get("looked_at"):
            self.add_error("words", still_there(self.still_marked))
