"""Which fact, and its value: one small form, so that it works without JavaScript."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quartierwerk import rights
from quartierwerk.languages import dates
from quartierwerk.rights import Person
from quartierwerk.web.fields import GermanDateField

from .. import topics
from ..editing.fields import Codes, SpokenLanguages
from ..editing.listing import quarters
from ..models import Offer
from .rules import WHAT, What


class WhatForm(forms.Form):
    what = forms.ChoiceField(label=_("What shall change?"), widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [(one.code, one.label) for one in WHAT.values()]


class ValueForm(forms.Form):
    """The value of one fact; what needs none has no field."""

    def __init__(self, *args, what: What, by: Person, reader: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.what = what
        if what.takes_value:
            self.fields["value"] = _field(what, by, reader)

    def value(self) -> Any:
        return self.cleaned_data.get("value")

    def value_in_words(self) -> str:
        value = self.value()
        if isinstance(value, date):
            return dates.format_date(value)
        named = dict(getattr(self.fields["value"], "choices", ())) if not hasattr(value, "pk") else {}
        if isinstance(value, list):
            return ", ".join(str(named.get(one, one)) for one in value)
        return str(named.get(value, value or _("none")))


def _field(what: What, by: Person, reader: str) -> forms.Field:
    if what.field == "topics":
        codes = Codes(label=what.label, choices=topics.choices())
        codes.required = True
        return codes
    if what.field == "languages_spoken":
        spoken = SpokenLanguages(label=what.label, help_text="")
        spoken.offer(reader)
        spoken.required = True
        return spoken
    if what.field in ("valid_until", "starts_on", "ends_on", "deadline"):
        words = _("Leave it empty to take the day away.")
        return GermanDateField(label=what.label, required=False, help_text=words)
    if what.field == "space":
        return _quarters(what, by)
    found: Any = Offer._meta.get_field(what.field)
    chosen = [(code, label) for code, label in found.choices if code]
    return forms.ChoiceField(label=what.label, choices=chosen, widget=forms.RadioSelect)


def _quarters(what: What, by: Person) -> forms.Field:
    """Within one's own reach: nobody puts an offer where she could not reach it any more."""
    rows = quarters()
    bound = rights.bound_spaces(by, "directory.bulk_edit")
    if bound:
        rows = rows.filter(pk__in=bound)
    return forms.ModelChoiceField(
        rows,
        label=what.label,
        required=bool(bound),
        empty_label=None if bound else _("whole municipality"),
    )
