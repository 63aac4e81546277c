"""What people type about colleagues and about themselves."""

from datetime import datetime, time, timedelta

from django import forms
from django.contrib.auth import password_validation
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quartierwerk.languages.interface import INTERFACE_LANGUAGES
from quartierwerk.places.models import SocialSpace
from quartierwerk.rights import Duty, Role
from quartierwerk.rights.roles import NOT_FOR_MUNICIPALITIES
from quartierwerk.web.fields import GermanDateField

from . import rules
from .actions import Place
from .bindings import organisations, teams
from .models import Account


def end_of_day(day):
    """A last day counts until midnight, as people mean it."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) if day else None


class RoleForm(forms.Form):
    """A role and what it is held for."""

    role = forms.ChoiceField(
        label=_("Role"),
        # Nothing is preselected: an invitation must not give a role that nobody chose.
        choices=[
            ("", _("Please choose")),
            *((role.value, role.label) for role in Role if role not in NOT_FOR_MUNICIPALITIES),
        ],
    )
    space: forms.ModelChoiceField = forms.ModelChoiceField(
        SocialSpace.objects.none(),
        label=_("Quarter"),
        required=False,
        empty_label=_("whole municipality"),
        help_text=_("A community worker works in one quarter and sees its internal records only."),
    )
    organisation = forms.ChoiceField(
        label=_("Organisation"),
        required=False,
        help_text=_("For the editor of an organisation."),
    )
    team = forms.ChoiceField(
        label=_("Team"), required=False, help_text=_("For the lead or a clerk of a department.")
    )
    last_day = GermanDateField(
        label=_("Last day"), required=False, help_text=_("Leave empty if the role has no end yet.")
    )
    mark_optional = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["space"].queryset = SocialSpace.objects.on(timezone.localdate())  # type: ignore[attr-defined]
        for name, known in (("organisation", organisations), ("team", teams)):
            if choices := known.choices():
                self.fields[name].choices = [("", _("none")), *choices]  # type: ignore[attr-defined]
            else:
                del self.fields[name]

    def clean(self):
        values = super().clean() or {}
        role, last = values.get("role"), values.get("last_day")
        if role:
            missing = rules.missing_place(
                Role(role),
                space=values.get("space"),
                organisation=values.get("organisation"),
                team=values.get("team"),
            )
            if missing == "space":
                self.add_error("space", _("This role is held in one quarter. Please choose it."))
            elif missing == "team" and "team" not in self.fields:
                self.add_error(
                    "role", _("This role is held for one team. Enter the teams of the administration first.")
                )
            elif missing == "team":
                self.add_error("team", _("This role is held for one team. Please choose it."))
            elif missing:
                where = "organisation" if "organisation" in self.fields else "role"
                self.add_error(where, _("This role is held for one organisation. Please choose it."))
        if last and end_of_day(last) <= timezone.now():
            self.add_error("last_day", _("The last day lies in the past."))
        return values

    def chosen_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def place(self) -> Place:
        return Place(
            self.cleaned_data["space"],
            self.cleaned_data.get("organisation") or None,
            self.cleaned_data.get("team") or None,
            end_of_day(self.cleaned_data["last_day"]),
        )


class InvitationForm(RoleForm):
    email = forms.EmailField(
        label=_("Mail address"), help_text=_("The person gets a link that works for 14 days.")
    )
    field_order = ["email", "role", "space", "organisation", "team", "last_day"]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()


class EndForm(forms.Form):
    last_day = GermanDateField(label=_("Last day"), required=False, help_text=_("Empty: no end."))


class DutyForm(forms.Form):
    duty = forms.ChoiceField(label=_("Duty"), choices=Duty.choices)
    last_day = GermanDateField(label=_("Last day"), help_text=_("A duty always has an end."))

    def clean_last_day(self):
        last = self.cleaned_data["last_day"]
        if end_of_day(last) <= timezone.now():
            raise forms.ValidationError(_("The last day lies in the past."))
        return last


class NewAccountForm(forms.Form):
    """Whoever was invited says his name and chooses a password."""

    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "At least 12 characters. Several words in a row are easy to remember. Common words are refused."
        ),
    )
    password2 = forms.CharField(
        label=_("New password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self):
        values = super().clean() or {}
        first, second = values.get("password1"), values.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ."))
        elif first:
            try:
                password_validation.validate_password(
                    first, Account(email=self.email, name=values.get("name", ""))
                )
            except forms.ValidationError as refusal:
                self.add_error("password1", refusal)
        return values


class OwnAccountForm(forms.ModelForm):
    language = forms.ChoiceField(
        label=_("Language of the pages"), choices=[(one.code, one.autonym) for one in INTERFACE_LANGUAGES]
    )

    class Meta:
        model = Account
        fields = ["name", "language"]
        labels = {"name": _("Your name")}
