"""Forms for visitors: five fields at most, nothing asked that the answer does not need (R1.06)."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from quartierwerk.languages import tags
from quartierwerk.languages.interface import INTERFACE_LANGUAGES
from quartierwerk.web import reach
from quartierwerk.web.fields import WholeNumberField

from .. import kinds, topics
from ..models import Offer, OfferBarrier

MOST_CHILDREN = 12


def answer_languages(request) -> list[tuple[str, str]]:
    """Languages in which somebody may want the answer: the page's own first."""
    codes = dict.fromkeys(
        [request.lang, *(one.code for one in INTERFACE_LANGUAGES), *request.tenant.languages]
    )
    return [(code, tags.autonym(code)) for code in codes]


def _choose(form: forms.Form, name: str, choices: Any, initial: str = "") -> None:
    field = cast(forms.ChoiceField, form.fields[name])
    field.choices, field.initial = choices, initial


class ReachField(forms.CharField):
    default_error_messages = {
        "required": _("Please leave a mail address or a phone number, so that somebody can answer."),
        "unreadable": _(
            "“%(typed)s” is neither a mail address nor a phone number. Please check it: 0511 123456 or name@post.example."
        ),
    }

    def __init__(self, **kwargs):
        super().__init__(max_length=254, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        if text and not (reach.is_mail(text) or reach.is_phone(text)):
            raise forms.ValidationError(
                self.error_messages["unreadable"], code="unreadable", params={"typed": text[:60]}
            )
        return text


class RegistrationForm(forms.Form):
    mark_optional = True
    error_title = _("Not sent yet")

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("The first name is enough."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please write a name, so that one knows whom to ask for.")},
    )
    reach = ReachField(label=_("Mail address or phone number"))
    language = forms.ChoiceField(label=_("Which language shall the answer be in?"))
    children = WholeNumberField(
        label=_("How many children need childcare meanwhile?"),
        max_value=MOST_CHILDREN,
        required=False,
    )

    def __init__(self, *args, offer: Offer, request, **kwargs):
        super().__init__(*args, **kwargs)
        languages = answer_languages(request)
        _choose(self, "language", languages, request.lang)
        if offer.childcare != kinds.Known.YES:
            del self.fields["children"]


class BarrierForm(forms.Form):
    mark_optional = True
    error_title = _("Not sent yet")

    kind = forms.ChoiceField(
        label=_("What stood in the way?"),
        choices=OfferBarrier.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose what stood in the way."),
            "invalid_choice": _("Please choose one of these."),
        },
    )
    text = forms.CharField(
        label=_("In your own words"),
        help_text=_("For example: the lift is broken. Please no names of other people."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WishForm(forms.Form):
    mark_optional = True
    error_title = _("Not sent yet")

    words = forms.CharField(
        label=_("What is missing?"),
        help_text=_("For example: a German course in the evening, with childcare."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    space = forms.ChoiceField(label=_("Quarter"), required=False)
    language = forms.ChoiceField(label=_("In which language?"), required=False)
    reach = ReachField(
        label=_("Mail address or phone number"),
        help_text=_("Only if you want to hear what becomes of it."),
        required=False,
    )

    def __init__(self, *args, request, quarters, is_about=False, **kwargs):
        """is_about: of something that is there, so that nothing is looked for."""
        super().__init__(*args, **kwargs)
        _choose(self, "topic", [("", _("any topic")), *topics.choices()])
        _choose(self, "space", [("", _("anywhere")), *((str(one.pk), one.name) for one in quarters)])
        _choose(self, "language", answer_languages(request), request.lang)
        self.is_about = is_about
        if is_about:
            words = self.fields["words"]
            words.label, words.help_text, words.required = _("What do you want to say about it?"), "", True
            del self.fields["topic"], self.fields["space"]

    def clean(self):
        values = super().clean() or {}
        if not self.is_about and not values.get("words", "").strip() and not values.get("topic"):
            self.add_error("words", _("Please say in a few words what is missing, or choose a topic."))
        return values


class CodeForm(forms.Form):
    error_title = _("Not found")

    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        error_messages={"required": _("Please write the code from your confirmation.")},
    )
