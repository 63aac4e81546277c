from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quartierwerk import rights
from quartierwerk.languages import tags
from quartierwerk.places.models import Address, SocialSpace
from quartierwerk.rights import Person
from quartierwerk.web.editing import RecordForm
from quartierwerk.web.fields import GermanDateField

from .models import Contact, Offer, Organisation

# Offered first; a record keeps any other it came with.
SPOKEN = (
    "de", "de-simple", "en", "ar", "uk", "ru", "tr", "fa", "prs", "kmr", "ti", "fr", "ro", "pl", "bg", "sq", "es", "gsg",
)  # fmt: skip


class SpokenLanguages(forms.MultipleChoiceField):
    """Languages people speak here; none chosen means "unknown", which no filter ever matches."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def offer(self, reader: str, also=()) -> None:
        known = list(dict.fromkeys([*SPOKEN, *also]))
        self.choices = sorted(
            ((tag, tags.name(tag, reader)) for tag in known), key=lambda pair: pair[1].casefold()
        )


class OrganisationForm(RecordForm):
    class Meta:
        model = Organisation
        fields = ["name", "about", "website", "phone", "email", "space", "language"]
        widgets = {"about": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"about": _("Two or three short sentences. They stand on the public page.")}

    def __init__(self, *args, by: Person, reader: str = "de", **kwargs):
        super().__init__(*args, **kwargs)
        _own_rows(self, by, "organisations.write", reader)


class OfferForm(RecordForm):
    languages_spoken = SpokenLanguages(
        label=_("Languages spoken"),
        help_text=_("Choose none if you do not know: unknown is better than wrong."),
    )
    valid_until = GermanDateField(label=_("Valid until"), required=False)

    class Meta:
        model = Offer
        fields = [
            "organisation", "title", "description", "hours", "cost", "languages_spoken", "space", "website",
            "valid_until", "language",
        ]  # fmt: skip
        widgets = {
            "description": forms.Textarea(attrs={"rows": 6}),
            "hours": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "title": _("What it is, in a few words. For example: German in the morning."),
            "description": _("Short sentences. First what one gets here, then for whom."),
            "hours": _("As you would tell it: every Tuesday, 4 to 6 pm, not in the school holidays."),
        }

    def __init__(self, *args, by: Person, reader: str = "de", **kwargs):
        super().__init__(*args, **kwargs)
        _own_rows(self, by, "directory.write", reader)
        organisations = rights.visible(by, "organisations.read", Organisation.objects.all())
        self.fields["organisation"].queryset = organisations.order_by("sort_key")
        self.fields["languages_spoken"].offer(reader, also=self.instance.languages_spoken)


class AddressForm(RecordForm):
    prefix = "address"

    class Meta:
        model = Address
        fields = ["name", "street", "detail", "postcode", "town"]

    def clean_postcode(self):
        postcode = self.cleaned_data["postcode"].strip()
        if postcode.isdigit() and len(postcode) != 5:
            raise forms.ValidationError(_("A postcode has five digits."))
        return postcode

    @property
    def is_empty(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in self._meta.fields)


class ContactForm(RecordForm):
    prefix = "contact"

    class Meta:
        model = Contact
        fields = ["function", "name", "phone", "email", "hours"]
        help_texts = {
            "function": _("For example: course advice. It stays when people change."),
            "name": _("Only with the person's consent."),
        }

    def clean_phone(self):
        phone = self.cleaned_data["phone"].strip()
        if phone and sum(character.isdigit() for character in phone) < 3:
            raise forms.ValidationError(
                _("This is no phone number. Write it as on a letter: 0511 000 41 20.")
            )
        return phone

    @property
    def is_empty(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in self._meta.fields)


def _own_rows(form: RecordForm, by: Person, action: str, reader: str) -> None:
    """Choices within one's reach only: a foreign id is no valid choice, and nobody meets a refusal after typing."""
    space = form.fields["space"]
    today = SocialSpace.objects.on(timezone.localdate()).filter(kind=SocialSpace.Kind.QUARTER)
    # A record keeps the quarter it has, also one that does not hold any more.
    space.queryset = today | SocialSpace.objects.filter(pk=form.instance.space_id)
    space.empty_label = _("whole municipality")
    if bound := rights.bound_spaces(by, action):
        space.queryset = space.queryset.filter(pk__in=bound)
        space.empty_label = None
        space.required = True
    written = list(dict.fromkeys([form.instance.language or "de", "de", "de-simple", "en", *SPOKEN]))
    form.fields["language"] = forms.ChoiceField(
        label=_("These texts are written in"), choices=[(tag, tags.name(tag, reader)) for tag in written]
    )
