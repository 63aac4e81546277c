from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk.tenants.models import Tenant
from quartierwerk.web.editing import RecordForm

from . import rules
from .models import Notice


class ReachForm(RecordForm):
    """Whom visitors call or write to; it stands on every page."""

    mark_optional = True

    class Meta:
        model = Tenant
        fields = ["contact_office", "contact_place", "contact_phone", "contact_email", "contact_hours"]
        help_texts = {
            "contact_office": gettext_lazy(
                "For example the coordination office. Without it no contact is shown."
            ),
            "contact_hours": gettext_lazy("For example: Monday to Thursday 9–15"),
        }

    def clean(self):
        values = super().clean() or {}
        if values.get("contact_office") and not (values.get("contact_phone") or values.get("contact_email")):
            self.add_error(
                "contact_phone", _("Please give a phone number or a mail address, so that people can ask.")
            )
        return values


class NoticeForm(RecordForm):
    class Meta:
        model = Notice
        fields = ["text"]
        labels = {"text": gettext_lazy("Text")}
        help_texts = {
            "text": gettext_lazy(
                "Please replace what stands in square brackets. An empty line begins a new paragraph."
            )
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 18})}

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if gaps := rules.left_to_fill(text):
            raise forms.ValidationError(
                _("This is still to be filled in: %(gaps)s"), params={"gaps": " ".join(gaps[:5])}
            )
        return text
