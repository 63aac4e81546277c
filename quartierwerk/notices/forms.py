from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk.tenants.models import Tenant
from quartierwerk.web.editing import RecordForm
from quartierwerk.web.fields import WholeNumberField

from . import rules
from .models import Notice

# By the codes that calendars of holidays use; names as everybody knows them.
LAENDER = [
    ("BW", "Baden-Württemberg"), ("BY", "Bayern"), ("BE", "Berlin"), ("BB", "Brandenburg"), ("HB", "Bremen"),
    ("HH", "Hamburg"), ("HE", "Hessen"), ("MV", "Mecklenburg-Vorpommern"), ("NI", "Niedersachsen"),
    ("NW", "Nordrhein-Westfalen"), ("RP", "Rheinland-Pfalz"), ("SL", "Saarland"), ("SN", "Sachsen"),
    ("ST", "Sachsen-Anhalt"), ("SH", "Schleswig-Holstein"), ("TH", "Thüringen"),
]  # fmt: skip


class ReachForm(RecordForm):
    """Whom visitors call or write to, on every page, and how the municipality keeps its directory."""

    mark_optional = True

    class Meta:
        model = Tenant
        fields = [
            "contact_office", "contact_place", "contact_phone", "contact_email", "contact_hours",
            "land", "confirm_every_months", "changes_are_checked",
        ]  # fmt: skip
        help_texts = {
            "contact_office": gettext_lazy(
                "For example the coordination office. Without it no contact is shown."
            ),
            "contact_hours": gettext_lazy("For example: Monday to Thursday 9–15"),
            "land": gettext_lazy("Its public holidays hold for all dates."),
            "changes_are_checked": gettext_lazy(
                "What an editor of an organisation changes then waits until you have looked at it."
            ),
        }

    land = forms.ChoiceField(label=gettext_lazy("Federal state"), choices=LAENDER)
    confirm_every_months = WholeNumberField(
        label=gettext_lazy("Ask organisations whether all is still true"),
        help_text=gettext_lazy("Every how many months: 1 to 24."),
        min_value=1,
        max_value=24,
    )

    @cached_property
    def reach(self) -> list:
        """Whom visitors reach; the other fields are how the municipality works."""
        return [self[name] for name in self.record_fields() if name.startswith("contact_")]

    @cached_property
    def working(self) -> list:
        return [self[name] for name in self.record_fields() if not name.startswith("contact_")]

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
