from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quartierwerk.people.forms import end_of_day
from quartierwerk.privacy.models import Hold
from quartierwerk.privacy.registry import Retention
from quartierwerk.privacy.retention import Span
from quartierwerk.web.fields import GermanDateField, WholeNumberField

from . import finding


def sent_form(request):
    """What was sent, also where it is empty: a form with one unticked box sends nothing."""
    return request.POST if request.method == "POST" else None


class RequestForm(forms.Form):
    mail = forms.EmailField(
        label=_("Your mail address"),
        max_length=320,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send a link to this address. Only whoever reads its mails can open it."),
    )


class SureForm(forms.Form):
    # The browser's own "please tick" speaks the browser's language, not the page's.
    use_required_attribute = False
    sure = forms.BooleanField(
        label=_("Yes, erase my data. I know that this cannot be undone."),
        error_messages={"required": _("Please tick the box if you really want this.")},
    )


class FindForm(forms.Form):
    """Sent, never in an address: what is typed here may be a name."""

    of = forms.ChoiceField(label=_("Kind"))
    words = forms.CharField(label=_("Name or mail address"), min_length=finding.SHORTEST, max_length=100)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["of"].choices = finding.kinds()  # type: ignore[attr-defined]


class HoldForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Why"),
        choices=[(one.value, one.label) for one in (Hold.Kind.RESTRICTION, Hold.Kind.DISPUTE)],
    )
    record = forms.CharField(
        label=_("Number of the record or person"),
        max_length=36,
        help_text=_("Found above, or as the journal shows it, for example 7b0c6f1e-…"),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("File number or short reason. Please write no names.")
    )
    last_day = GermanDateField(
        label=_("Until"), help_text=_("A hold always has an end. It can be set again.")
    )

    def clean_record(self):
        typed = self.cleaned_data["record"].strip().lower()
        try:
            return forms.UUIDField().to_python(typed)
        except forms.ValidationError:
            raise forms.ValidationError(
                _("This is no number of a record. Copy it from the journal or from the record's address.")
            ) from None

    def clean_last_day(self):
        last = self.cleaned_data["last_day"]
        if end_of_day(last) <= timezone.now():
            raise forms.ValidationError(_("The last day lies in the past."))
        return last


class PeriodForm(forms.Form):
    retention = forms.ChoiceField(label=_("Deletion class"))
    number = WholeNumberField(label=_("Keep for"), max_value=400)
    unit = forms.ChoiceField(
        label=_("Unit"), choices=[("months", _("months")), ("days", _("days")), ("hours", _("hours"))]
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args, classes: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["retention"].choices = classes  # type: ignore[attr-defined]

    def span(self) -> Span:
        return Span(**{self.cleaned_data["unit"]: self.cleaned_data["number"]})

    def chosen(self) -> Retention:
        return Retention(self.cleaned_data["retention"])
