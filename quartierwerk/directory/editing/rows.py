"""Times and contacts as rows below an offer or organisation."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS as WEEKDAY_NAMES
from django.utils.translation import gettext_lazy as _

from quartierwerk.calendar.models import Recurring
from quartierwerk.calendar.recurrence import WEEKDAYS, Rule, in_words, parse_hours, problems
from quartierwerk.web.fields import GermanDateField, GermanTimeField, WholeNumberField
from quartierwerk.web.rows import RowForm

from ..models import Contact, LocationSchedule, OfferSchedule, OrganisationContact
from .fields import Days, MonthDays, Postcodes, Texts

RULE_FIELDS = (
    "freq", "interval", "weekdays", "month_days", "nth", "starts_on", "until", "opens_at", "closes_at", "skip_holidays",
    "skip_dates", "note",
)  # fmt: skip
DAYS = list(zip(WEEKDAYS, WEEKDAY_NAMES.values(), strict=True))

REFUSED = {
    "no_such_time": _("“%(typed)s” names a time that does not exist. A day ends at 23:59."),
    "end_before_start": _("“%(typed)s” ends before it begins. Please check both times."),
    "no_such_day": _("“%(typed)s” names a day that does not exist."),
}
PROBLEMS = {
    "no_day": ("weekdays", _("Please say on which days, or write it above: Di 16–18.")),
    "no_start": ("starts_on", _("Every second week: please say from which day on it counts.")),
    "interval": ("interval", _("Please give 1 or more.")),
    "until_before_start": ("until", _("It ends before it begins. Please check both days.")),
    "closes_without_opening": ("opens_at", _("Please give the beginning, too.")),
    "end_before_start": ("closes_at", _("It ends before it begins. Please check both times.")),
}


class TimeForm(RowForm):
    """One rule, typed in a few words or field by field. What is typed above wins over days and times below."""

    typed = forms.CharField(
        label=_("When"),
        required=False,
        max_length=500,
        help_text=_(
            "As you would write it: Di 16–18, Do 9–12 Uhr. What we do not understand is kept as a note."
        ),
    )
    freq = forms.ChoiceField(
        label=_("How often"), choices=Recurring.Frequency.choices, initial="weekly", required=False
    )
    interval = WholeNumberField(
        label=_("Every how many days, weeks or months"), initial=1, required=False, min_value=1, max_value=60
    )
    weekdays = forms.MultipleChoiceField(
        label=_("On"), choices=DAYS, widget=forms.CheckboxSelectMultiple, required=False
    )
    month_days = MonthDays(label=_("Days of the month"), help_text=_("For example: 1, 15"))
    nth = Texts(widget=forms.HiddenInput)
    opens_at = GermanTimeField(label=_("From (time)"), required=False)
    closes_at = GermanTimeField(label=_("Until (time)"), required=False)
    starts_on = GermanDateField(label=_("First day"), required=False)
    until = GermanDateField(label=_("Last day"), required=False)
    skip_dates = Days(
        label=_("Not on these days"), help_text=_("With commas between: 24.12.2026, 31.12.2026")
    )

    field_order = [
        "typed", "freq", "weekdays", "opens_at", "closes_at", "starts_on", "until", "interval", "month_days",
        "skip_holidays", "skip_dates", "note",
    ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].widget.attrs["rows"] = 2
        self.was = {name: getattr(self.instance, name) for name in ("starts_on", "until")}
        if not self.is_new:
            self.fields["typed"].label = _("Another time instead")
        self.summary = "" if self.is_new else in_words(self.instance.rule())
        self._further: list[Rule] = []

    def has_changed(self) -> bool:
        """What is preset says nothing alone: a new row with nothing else is empty."""
        return bool(
            set(self.changed_data) - {"freq", "interval", "skip_holidays"}
            if self.is_new
            else self.changed_data
        )

    def further(self) -> list[Any]:
        """What was typed named several times: one row each."""
        return [self._meta.model(**_values(rule)) for rule in self._further]

    def details(self) -> list:
        return [field for field in self.visible() if field.name != "typed"]

    @property
    def faulty_details(self) -> bool:
        return bool(set(self.errors) - {"typed"})

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        values["freq"] = values.get("freq") or self.instance.freq
        values["interval"] = values.get("interval") or 1
        today = timezone.localdate()
        if text := values.get("typed", ""):
            self._read(text, values, today)
        for name, before in self.was.items():
            day = values.get(name)
            matters = name == "until" or values["freq"] == "once"
            if matters and day and day < today and day != before:
                self.add_error(name, _("This day is over. Please give a day from today on."))
        if not self.errors:
            self._check(values)
        return values

    def _read(self, text: str, values: dict[str, Any], today: date) -> None:
        hours = parse_hours(text, today)
        for refusal in hours.refusals:
            words = REFUSED.get(refusal.reason, REFUSED["no_such_time"])
            self.add_error("typed", words % {"typed": refusal.text})
        if hours.rules:
            first, *self._further = hours.rules
            given = _values(first)
            # Days and hours are what one types; the rest of the row holds unless the words say otherwise.
            for name in ("freq", "interval", "weekdays", "month_days", "nth", "opens_at", "closes_at"):
                values[name] = given[name]
            for name in ("starts_on", "until"):
                values[name] = given[name] or values.get(name)
        if hours.note:
            values["note"] = "\n".join(dict.fromkeys(filter(None, (values.get("note", ""), hours.note))))

    def _check(self, values: dict[str, Any]) -> None:
        rule = Rule(**{name: values[name] for name in RULE_FIELDS})
        if rule.note and not (
            rule.weekdays or rule.month_days or rule.nth or rule.starts_on or rule.opens_at
        ):
            return  # "by arrangement": words only
        for code in problems(rule):
            name, words = PROBLEMS.get(code, PROBLEMS["no_day"])
            self.add_error(name, words)


def _values(rule: Rule) -> dict[str, Any]:
    values = {name: getattr(rule, name) for name in RULE_FIELDS}
    return {name: sorted(value) if isinstance(value, frozenset) else list(value) if isinstance(value, tuple) else value
            for name, value in values.items()}  # fmt: skip


class OfferTimeForm(TimeForm):
    class Meta:
        model = OfferSchedule
        fields = [*RULE_FIELDS]


class LocationTimeForm(TimeForm):
    class Meta:
        model = LocationSchedule
        fields = [*RULE_FIELDS]


class ContactForm(RowForm):
    absent_until = GermanDateField(
        label=_("Away until"), required=False, help_text=_("Until then the deputy is named first.")
    )
    deputy_of = forms.ChoiceField(label=_("Stands in for"), required=False)

    class Meta:
        model = Contact
        fields = ["function", "name", "phone", "email", "hours", "absent_until", "deputy_of"]
        help_texts = {
            "function": _("For example: course advice. It stays when people change."),
            "name": _("Only with the person's consent."),
        }

    def __init__(self, *args, siblings: Iterable[Contact | OrganisationContact] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.others = {str(one.pk): one for one in siblings if one.pk != self.instance.pk}
        if self.others:
            names = [(pk, str(one) or one.phone or one.email) for pk, one in self.others.items()]
            deputy: Any = self.fields["deputy_of"]
            deputy.choices = [("", _("nobody")), *names]
        else:
            del self.fields["deputy_of"]

    def clean_phone(self):
        phone = self.cleaned_data["phone"].strip()
        if phone and sum(character.isdigit() for character in phone) < 3:
            raise forms.ValidationError(
                _("This is no phone number. Write it as on a letter: 0511 000 41 20.")
            )
        return phone

    def clean_deputy_of(self):
        other = self.others.get(self.cleaned_data["deputy_of"])
        if other and not self.is_new and other.deputy_of_id == self.instance.pk:
            raise forms.ValidationError(
                _("Two people cannot stand in for each other. Please choose one way.")
            )
        return other

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        says = any(values.get(name) for name in ("function", "name", "phone", "email", "hours"))
        if not self.is_new and not says and not self.errors:
            self.add_error("function", _("Nothing is left of this contact. Please mark it “Remove” instead."))
        return values


class OrganisationContactForm(ContactForm):
    programmes = Texts(
        label=_("For these programmes"), help_text=_("With commas between. People find the contact by them.")
    )
    postcodes = Postcodes(label=_("For people from these postcodes"), help_text=_("With commas between."))

    class Meta(ContactForm.Meta):
        model = OrganisationContact  # type: ignore[assignment]
        fields = [*ContactForm.Meta.fields, "programmes", "postcodes"]
