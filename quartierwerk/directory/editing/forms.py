from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from quartierwerk import rights
from quartierwerk.languages import tags
from quartierwerk.places.models import Address, SocialSpace
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Tenant
from quartierwerk.uploads.models import Picture
from quartierwerk.web.editing import RecordForm
from quartierwerk.web.fields import GermanDateField, WholeNumberField

from .. import kinds, topics
from ..models import Offer, Organisation, OrganisationRole
from ..rules import readable_id
from .fields import SPOKEN, Codes, Postcodes, SpokenLanguages

MOST_PLACES = 30_000
MOST_PICTURES = 200


class OrganisationForm(RecordForm):
    GROUPS = (
        (_("Who it is"), ("name", "legal_name", "roles", "about", "topics", "languages_spoken")),
        (_("How to reach it"), ("phone", "email", "website", "hours")),
        (_("Whom it serves"), ("space", "serves_postcodes")),
        (_("On the page"), ("picture", "language")),
    )

    roles = Codes(label=_("What it is"), choices=OrganisationRole.choices)
    topics = Codes(label=_("Topics"))
    languages_spoken = SpokenLanguages()
    serves_postcodes = Postcodes(
        label=_("Only for people from these postcodes"),
        help_text=_("With commas between. Leave it empty if it is for everybody."),
    )

    class Meta:
        model = Organisation
        fields = [
            "name", "legal_name", "roles", "about", "topics", "languages_spoken", "phone", "email", "website", "hours",
            "space", "serves_postcodes", "picture", "language",
        ]  # fmt: skip
        widgets = {
            "about": forms.Textarea(attrs={"rows": 5}),
            "hours": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "legal_name": _("Only where it differs. For example with “e. V.” or “gGmbH”."),
            "about": _("Two or three short sentences. They stand on the public page."),
            "hours": _("When somebody is there for questions."),
        }

    def __init__(self, *args, by: Person, reader: str = "de", **kwargs):
        super().__init__(*args, **kwargs)
        _own_rows(self, by, "organisations.write", reader)
        _of_codes(self, reader)
        self.fields["roles"].keep(self.instance.roles)
        self.fields["picture"].queryset = _pictures(self, by)

    @cached_property
    def groups(self) -> list[tuple[Any, list]]:
        return _grouped(self, self.GROUPS)


class OfferForm(RecordForm):
    """An offer of one kind. What belongs to other kinds travels along unseen, so that changing the kind loses nothing
    that was typed, and is emptied when the offer is saved."""

    # The fields of the kind stand behind the first group; `groups` puts them there.
    GROUPS = (
        (_("What it is"), ("organisation", "title", "description", "topics")),
        (_("For whom"), ("audience", "languages_spoken", "childcare", "step_free", "accessibility")),
        (_("Cost and registration"), ("is_free", "cost", "registration", "registration_how")),
        (
            _("Which area it serves"),
            ("space", "serves", "serves_tenants", "serves_postcodes"),
        ),
        (_("On the page"), ("website", "picture", "valid_until", "language")),
    )
    HOURS = "hours"

    kind = forms.ChoiceField(label=_("Kind of offer"), choices=kinds.OfferKind.choices, required=False)
    topics = Codes(label=_("Topics"), help_text=_("One or two are enough. By them people find it."))
    languages_spoken = SpokenLanguages()
    childcare = forms.ChoiceField(
        label=_("Childcare"), choices=kinds.Known.choices, widget=forms.RadioSelect, required=False
    )
    step_free = forms.ChoiceField(
        label=_("Step-free"), choices=kinds.Known.choices, widget=forms.RadioSelect, required=False
    )
    is_free = forms.ChoiceField(
        label=_("Free of charge"), choices=kinds.Known.choices, widget=forms.RadioSelect, required=False
    )
    serves = Codes(
        label=_("Only for people from these quarters"),
        coerce=UUID,
        help_text=_("Choose none if it is for the whole municipality."),
    )
    serves_tenants = Codes(
        label=_("Also for people from"),
        coerce=int,
        help_text=_("There it shows on the pages of these municipalities, too, with its origin."),
    )
    serves_postcodes = Postcodes(
        label=_("Only for people from these postcodes"), help_text=_("With commas between.")
    )
    valid_until = GermanDateField(
        label=_("Valid until"), required=False, help_text=_("After this day it is not shown any more.")
    )
    starts_on = GermanDateField(label=_("Begins on"), required=False)
    ends_on = GermanDateField(label=_("Ends on"), required=False)
    deadline = GermanDateField(label=_("Apply until"), required=False)
    seats = WholeNumberField(label=_("Places"), required=False, max_value=MOST_PLACES)
    seats_taken = WholeNumberField(label=_("Places taken"), required=False, max_value=MOST_PLACES)
    childcare_places = WholeNumberField(label=_("Places in childcare"), required=False, max_value=MOST_PLACES)

    class Meta:
        model = Offer
        fields = [
            "kind", "organisation", "title", "description", "topics", *kinds.KIND_FIELDS, "hours", "audience",
            "languages_spoken", "childcare", "step_free", "accessibility", "is_free", "cost", "registration",
            "registration_how", "space", "serves", "serves_tenants", "serves_postcodes", "website", "picture",
            "valid_until", "language",
        ]  # fmt: skip
        widgets = {
            "description": forms.Textarea(attrs={"rows": 6}),
            "hours": forms.Textarea(attrs={"rows": 3}),
            **{
                name: forms.Textarea(attrs={"rows": 2})
                for name in (
                    "audience",
                    "accessibility",
                    "registration_how",
                    "specialities",
                    "trial",
                    "costs_covered",
                    "gear",
                )
            },
        }
        labels = {
            "hours": _("When, in your own words"),
            "audience": _("For whom, in your own words"),
        }
        help_texts = {
            "title": _("What it is, in a few words. For example: German in the morning."),
            "description": _("Short sentences. First what one gets here, then for whom."),
            "hours": _("As you would tell it: every Tuesday, 4 to 6 pm, not in the school holidays."),
            "audience": _("Leave it empty if everybody may come."),
            "accessibility": _("What exactly: a lift, a step of 12 cm, an accessible toilet."),
            "trial": _("Whether one may try it first, and when."),
            "has_waiting_list": _("Then people can put their name down when all places are taken."),
        }

    def __init__(self, *args, by: Person, reader: str = "de", **kwargs):
        super().__init__(*args, **kwargs)
        self.was = {name: getattr(self.instance, name) for name in ("valid_until", "ends_on", "deadline")}
        for name in ("registration", *kinds.KIND_FIELDS):
            self.fields[name].required = False  # no answer is an answer; the models' defaults stand for it
        _own_rows(self, by, "directory.write", reader)
        _of_codes(self, reader)
        organisations = rights.visible(by, "organisations.read", Organisation.objects.all())
        self.fields["organisation"].queryset = organisations.order_by("sort_key")
        self.fields["picture"].queryset = _pictures(self, by)
        self._offer_areas(by)
        self.kind = self._asked_kind()
        for name in self._of_other_kinds():
            self.fields[name].widget = forms.HiddenInput()

    def _offer_areas(self, by: Person) -> None:
        here = Tenant.objects.select_related("parent").filter(pk=by.tenant_id).first()
        quarters = SocialSpace.objects.on(timezone.localdate()).filter(kind=SocialSpace.Kind.QUARTER)
        self.fields["serves"].choices = [(space.pk, space.name) for space in quarters]
        self.fields["serves"].keep(self.instance.serves)
        if here is None or here.parent is None:
            del self.fields["serves_tenants"]
            return
        neighbours = here.parent.children.exclude(pk=here.pk)
        whole = (here.parent.pk, _("%(region)s (everywhere)") % {"region": here.parent.name})
        self.fields["serves_tenants"].choices = [*((one.pk, one.name) for one in neighbours), whole]
        self.fields["serves_tenants"].keep(self.instance.serves_tenants)

    def _asked_kind(self) -> kinds.Kind:
        asked = self.data.get(self.add_prefix("kind"), "") if self.is_bound else ""
        return kinds.KINDS.get(asked) or kinds.KINDS.get(self.instance.kind) or kinds.KINDS["general"]

    def _of_other_kinds(self) -> list[str]:
        return [name for name in kinds.KIND_FIELDS if name not in self.kind.fields]

    @cached_property
    def groups(self) -> list[tuple[Any, list]]:
        return _grouped(self, self.GROUPS)

    @property
    def kind_fields(self) -> list:
        return [self[name] for name in self.kind.fields]

    @property
    def hidden_of_kinds(self) -> list:
        return [self[name] for name in self._of_other_kinds()]

    def clean_kind(self):
        return self.cleaned_data["kind"] or self.kind.code

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name in self._of_other_kinds():
            # Typed for a kind that was given up again: it neither counts nor stands in the way.
            self.errors.pop(name, None)
            values.pop(name, None)
            setattr(self.instance, name, Offer._meta.get_field(name).get_default())
        for name, code in (("childcare", kinds.Known), ("step_free", kinds.Known), ("is_free", kinds.Known),
                           ("registration", kinds.RegistrationMode), ("intake", kinds.Intake)):  # fmt: skip
            if name in values and not values[name]:
                values[name] = getattr(self.instance, name) or code.UNKNOWN
        self._check_days(values)
        self._check_places(values)
        return values

    def _check_days(self, values: dict[str, Any]) -> None:
        today = timezone.localdate()
        for name, before in self.was.items():
            day = values.get(name)
            if day and day < today and day != before:
                self.add_error(name, _("This day is over. Please give a day from today on."))
        begins, ends = values.get("starts_on"), values.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("It ends before it begins. Please check both days."))

    def _check_places(self, values: dict[str, Any]) -> None:
        seats, taken = values.get("seats"), values.get("seats_taken")
        if seats is not None and taken is not None and taken > seats:
            words = ngettext(
                "More places are taken than there are: there is %(seats)d place.",
                "More places are taken than there are: there are %(seats)d places.",
                seats,
            )
            self.add_error("seats_taken", words % {"seats": seats})


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


def _grouped(form: RecordForm, groups) -> list[tuple[Any, list]]:
    return [(title, [form[name] for name in names if name in form.fields]) for title, names in groups]


def _of_codes(form: RecordForm, reader: str) -> None:
    form.fields["topics"].choices = topics.choices()
    form.fields["topics"].keep(form.instance.topics)
    form.fields["languages_spoken"].offer(reader, also=form.instance.languages_spoken)


def _pictures(form: RecordForm, by: Person) -> Any:
    """The newest ones she may see, the one the record has, and the one that was chosen when those were others."""
    seen = rights.visible(by, "pictures.read", Picture.objects.all())
    newest = seen.order_by("-changed_at").values("pk")[:MOST_PICTURES]
    found = Picture.objects.filter(pk__in=newest) | Picture.objects.filter(pk=form.instance.picture_id)
    if chosen := readable_id(form.data.get(form.add_prefix("picture"), "")):
        found |= Picture.objects.filter(pk__in=seen.filter(pk=chosen).values("pk"))
    return found.order_by("-changed_at")


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
