"""What is asked of somebody who speaks: words, in any language. Everything else is her choice."""

import re
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from quartierwerk.directory import topics
from quartierwerk.directory.requests.forms import ReachField, answer_languages
from quartierwerk.languages import tags

from ..kinds import VoiceKind

LONGEST = 4000
MOST_LINKS = 2
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
# Beside those of the pages and of the municipality, what is spoken in towns here.
ALSO_SPOKEN = (
    "prs", "kmr", "ckb", "ku", "ps", "so", "ti", "am", "sq", "bs", "hr", "sr", "bg", "ro", "pl", "rom", "es", "pt", "it", "el",
    "vi", "zh", "hi", "ur", "ta", "bn", "ka", "hy", "az",
)  # fmt: skip


class TrappedForm(forms.Form):
    """With a field that people do not see: what fills it in is a program."""

    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean(self):
        values = super().clean() or {}
        if values.get("website"):
            # Said to people, too: some browsers fill in what they find.
            self.add_error(
                None, _("A field that nobody sees was filled in. It is empty now; please send it once more.")
            )
            self.data = self.data.copy()
            self.data[self.add_prefix("website")] = ""
        return values


class WordsForm(forms.Form):
    """The words, and what is known about them."""

    words = forms.CharField(
        label=_("Your words"),
        help_text=_("For example: what you look for, where, at what time. Please no names of other people."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={
            "required": _("Please say it in a few words, in any language, or add a photo."),
            "max_length": ngettext_lazy(
                "That is too long: at most %(limit_value)d character.",
                "That is too long: at most %(limit_value)d characters.",
                "limit_value",
            ),
        },
    )
    language = forms.ChoiceField(label=_("In which language?"), required=False)
    space = forms.TypedChoiceField(label=_("Where?"), required=False, empty_value=None)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    reach = ReachField(
        label=_("Mail address or phone number for the answer"),
        help_text=_("Without it you get a code. With the code you read the answer here."),
        required=False,
    )

    def __init__(
        self, *args: Any, request, quarters, is_bound_to_quarters: bool = False, **kwargs: Any
    ) -> None:
        """is_bound_to_quarters: who types writes in her quarters only, so none may be left open."""
        super().__init__(*args, **kwargs)
        self.request = request
        anywhere = [] if is_bound_to_quarters else [("", _("the whole municipality"))]
        choose(self, "space", [*anywhere, *((str(one.pk), one.name) for one in quarters)])
        self.fields["space"].required = is_bound_to_quarters
        choose(self, "topic", [("", _("no topic")), *topics.choices()])

    def clean_words(self) -> str:
        words = self.cleaned_data["words"].strip()
        if len(LINK.findall(words)) > MOST_LINKS:
            raise forms.ValidationError(_("Please write no more than two web addresses."))
        return words


def choose(form: forms.Form, name: str, choices: list, initial: Any = None) -> None:
    field = cast(forms.ChoiceField, form.fields[name])
    field.choices = choices
    if initial is not None:
        field.initial = initial


class VoiceForm(TrappedForm, WordsForm):
    mark_optional = True
    error_title = _("Not sent yet")

    kind = forms.ChoiceField(
        label=pgettext_lazy("voice", "This is …"),
        choices=[one for one in VoiceKind.choices if one[0] != VoiceKind.QUESTION],
        initial=VoiceKind.WANT,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose one."),
            "invalid_choice": _("Please choose one of these."),
        },
    )
    photo = forms.FileField(
        label=_("A photo with it"),
        help_text=_("JPEG, PNG or WebP, 20 MB at most. Place, camera and other hidden data are removed."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    field_order = ["kind", "words", "language", "photo", "space", "topic", "reach"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "language", languages(self.request), self.request.lang)
        # A photo says it, too.
        self.fields["words"].required = not self.files.get("photo")


class QuestionForm(TrappedForm, WordsForm):
    """Somebody wants to speak with a person: a way to be reached is what it is about."""

    mark_optional = True
    error_title = _("Not sent yet")

    field_order = ["words", "topic", "language", "reach"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["space"]
        words = self.fields["words"]
        words.label = _("What is it about?")
        words.help_text = _("A few words are enough. You need not explain anything here.")
        words.error_messages["required"] = _("Please say in a few words what it is about, or choose a topic.")
        words.required = not self.data.get("topic")
        self.fields["language"].label = _("Which language do you want to speak?")
        reach = self.fields["reach"]
        reach.label, reach.help_text, reach.required = _("Mail address or phone number"), "", True
        choose(self, "language", languages(self.request), self.request.lang)


def languages(request) -> list[tuple[str, str]]:
    """Those of the page and of the municipality first, each by its own name; then others, by their names."""
    known = answer_languages(request)
    held = {code for code, _name in known}
    others = [(code, tags.autonym(code)) for code in ALSO_SPOKEN if code not in held]
    return [*known, *sorted(others, key=lambda one: one[1].casefold())]
