from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.dates import WEEKDAYS as WEEKDAY_NAMES
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk import rights
from quartierwerk.languages import tags
from quartierwerk.languages.dates import NotADate, format_date, parse_date
from quartierwerk.languages.interface import BY_CODE
from quartierwerk.languages.numbers import Ambiguous
from quartierwerk.people.bindings import organisations
from quartierwerk.places.models import Address, SocialSpace
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility
from quartierwerk.web.editing import RecordForm
from quartierwerk.web.fields import GermanDateField, GermanTimeField, WholeNumberField

from .models import ClosingDay, PublicDate, Recurring
from .recurrence import WEEKDAYS, Rule, problems

# Offered first; a date keeps any other it came with.
SPOKEN = (*BY_CODE, "prs", "kmr", "ti", "ro", "pl", "bg", "sq", "es", "gsg")
PROBLEMS = {
    "no_day": ("starts_on", gettext_lazy("Please give a day.")),
    "until_before_start": (
        "until",
        gettext_lazy("The end lies before the beginning. Please check both days."),
    ),
    "closes_without_opening": ("opens_at", gettext_lazy("Please say when it begins.")),
    "end_before_start": (
        "closes_at",
        gettext_lazy("It would end before it begins. Up to 6:00 counts as the next morning."),
    ),
}


class DaysField(forms.CharField):
    """Several days in one line: 24.12.2026, 31.12.2026."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(format_date, sorted(value))) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value) or ""
        days = set()
        for part in typed.replace(";", ",").replace("\n", ",").split(","):
            if not part.strip():
                continue
            try:
                days.add(parse_date(part))
            except (NotADate, Ambiguous) as wrong:
                raise forms.ValidationError(
                    _("“%(typed)s” is not a day. Please write it like 31.10.2026.") % {"typed": part.strip()}
                ) from wrong
        return sorted(days)


class NthField(forms.ChoiceField):
    """Monthly by the date, or by the weekday of the first day: the second Tuesday. Stored as RFC 5545 names it."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [
            ("", gettext_lazy("on the same date: the 15th")),
            ("weekday", gettext_lazy("on the same weekday: the second Tuesday")),
        ]
        super().__init__(choices=choices, required=False, widget=forms.RadioSelect, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ("weekday" if value else "") if isinstance(value, list) else value


class DateForm(RecordForm):
    starts_on = GermanDateField(
        label=gettext_lazy("Day"), help_text=gettext_lazy("The first, if it repeats.")
    )
    opens_at = GermanTimeField(label=gettext_lazy("Begins at"), required=False)
    closes_at = GermanTimeField(label=gettext_lazy("Ends at"), required=False)
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("Weekly: on these days"),
        choices=[(day, WEEKDAY_NAMES[number]) for number, day in enumerate(WEEKDAYS)],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Choose none for the weekday of the first day."),
    )
    interval = WholeNumberField(
        label=gettext_lazy("Every how many days, weeks or months"),
        min_value=1,
        max_value=52,
        required=False,
        help_text=gettext_lazy("2 is every second week. Leave empty for every week."),
    )
    nth = NthField(label=gettext_lazy("Monthly"))
    until = GermanDateField(label=gettext_lazy("Repeats until"), required=False)
    skip_dates = DaysField(
        label=gettext_lazy("Not on these days"),
        required=False,
        help_text=gettext_lazy(
            "With commas between them: 24.12.2026, 31.12.2026. Holidays are left out anyway."
        ),
    )
    organisation_id = forms.TypedChoiceField(
        label=gettext_lazy("Organisation"),
        coerce=UUID,
        empty_value=None,
        required=False,
        help_text=gettext_lazy("Its editors may then change this date, too."),
    )
    languages_spoken = forms.MultipleChoiceField(
        label=gettext_lazy("Languages there"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Choose none if you do not know: unknown is better than wrong."),
    )

    class Meta:
        model = PublicDate
        fields = [
            "title", "description", "organisation_id", "organiser", "starts_on", "opens_at", "closes_at", "freq", "weekdays", "interval",
            "nth", "until", "skip_holidays", "skip_dates", "space", "languages_spoken", "step_free", "childcare",
            "interpreter", "website", "visibility", "language",
        ]  # fmt: skip
        widgets = {
            "description": forms.Textarea(attrs={"rows": 4}),
            "freq": forms.RadioSelect,
            "step_free": forms.RadioSelect,
            "childcare": forms.RadioSelect,
            "interpreter": forms.RadioSelect,
        }
        labels = {
            "freq": gettext_lazy("Repeats"),
            "skip_holidays": gettext_lazy("Not on holidays and closing days"),
        }
        help_texts = {"organiser": gettext_lazy("Who invites: association, group, office.")}

    def __init__(self, *args: Any, by: Person, reader: str = "de", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _own_spaces(self, by, "calendar.write")
        _own_organisation(self, by)
        self.fields["visibility"].choices = [
            (value, label)
            for value, label in Visibility.choices
            if value in (Visibility.PUBLIC, Visibility.TENANT, self.instance.visibility)
        ]
        known = dict.fromkeys([*SPOKEN, *self.instance.languages_spoken])
        self.fields["languages_spoken"].choices = sorted(
            ((tag, tags.name(tag, reader)) for tag in known), key=lambda pair: pair[1].casefold()
        )
        written = list(dict.fromkeys([self.instance.language or "de", "de", "de-simple", "en", *SPOKEN]))
        self.fields["language"] = forms.ChoiceField(
            label=_("These texts are written in"), choices=[(tag, tags.name(tag, reader)) for tag in written]
        )

    @property
    def repeats(self) -> bool:
        """Whether how it repeats is to be seen at once: said already, or wrong."""
        return str(self["freq"].value()) != Recurring.Frequency.ONCE or any(
            name in self.errors for name in ("weekdays", "interval", "nth", "until", "skip_dates")
        )

    def clean_interval(self) -> int:
        return self.cleaned_data["interval"] or 1

    def clean_languages_spoken(self) -> list[str]:
        """In the order in which the date has them, new ones behind: saving it untouched is no change."""
        stored, chosen = self.instance.languages_spoken, self.cleaned_data["languages_spoken"]
        return [one for one in stored if one in chosen] + [one for one in chosen if one not in stored]

    def clean_weekdays(self) -> list[str]:
        return [day for day in WEEKDAYS if day in self.cleaned_data["weekdays"]]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        freq, first = values.get("freq"), values.get("starts_on")
        if freq != Recurring.Frequency.WEEKLY:
            values["weekdays"] = []
        by_weekday = freq == Recurring.Frequency.MONTHLY and values.get("nth") and first
        values["nth"] = [_nth(first)] if by_weekday else []
        if freq == Recurring.Frequency.ONCE:
            values["until"], values["interval"], values["skip_holidays"], values["skip_dates"] = (
                None,
                1,
                False,
                [],
            )
        self._check_rule(values)
        self._check_past(values)
        return values

    def _check_rule(self, values: dict[str, Any]) -> None:
        names = ("freq", "interval", "weekdays", "nth", "starts_on", "until", "opens_at", "closes_at")
        rule = Rule(**{name: values[name] for name in names if values.get(name) is not None})
        for code in problems(rule):
            if code in PROBLEMS and PROBLEMS[code][0] not in self.errors:
                self.add_error(PROBLEMS[code][0], str(PROBLEMS[code][1]))

    def _check_past(self, values: dict[str, Any]) -> None:
        """A date that is over before it is entered is a slip of the pen; one that is being corrected may be over."""
        last = (
            values.get("starts_on") if values.get("freq") == Recurring.Frequency.ONCE else values.get("until")
        )
        name = "starts_on" if values.get("freq") == Recurring.Frequency.ONCE else "until"
        if self.instance._state.adding and last and last < timezone.localdate():
            self.add_error(name, _("This day is over already. Please check the year."))


class PlaceForm(RecordForm):
    prefix = "place"

    class Meta:
        model = Address
        fields = ["name", "street", "detail", "postcode", "town"]

    def clean_postcode(self) -> str:
        postcode = self.cleaned_data["postcode"].strip()
        if postcode.isdigit() and len(postcode) != 5:
            raise forms.ValidationError(_("A postcode has five digits."))
        return postcode

    @property
    def is_empty(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in self._meta.fields or ())


@dataclass
class Page:
    """The forms of one date: it and its place. They stand or fall together."""

    main: DateForm
    address: PlaceForm
    rows: tuple = ()

    @property
    def forms(self) -> list[RecordForm]:
        return [self.main, self.address]

    def is_valid(self) -> bool:
        # Both are asked, so that the page tells all that is wrong at once.
        return False not in [form.is_valid() for form in self.forms]

    def without_faults(self) -> "Page":
        """The page with everything typed and no word about what is missing: nothing was to be saved yet."""
        for form in self.forms:
            if form.is_bound:
                form._errors = ErrorDict()
        return self


def page_of(
    record: PublicDate, data: Any, *, by: Person, reader: str, address: Address | None = None
) -> Page:
    """address  where it takes place, if the record does not say so itself: that of the date it is copied from"""
    return Page(
        DateForm(data, instance=record, by=by, reader=reader),
        PlaceForm(data, instance=address or record.address),
    )


class CancelForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why, and what happens instead"),
        max_length=500,
        help_text=gettext_lazy("Visitors read this. One or two short sentences, no names of persons."),
    )


class ClosingDayForm(RecordForm):
    first = GermanDateField(label=gettext_lazy("First day"))
    last = GermanDateField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Leave empty for a single day."),
    )

    class Meta:
        model = ClosingDay
        fields = ["first", "last", "label", "space"]

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _own_spaces(self, by, "closing_days.write")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last = values.get("first"), values.get("last")
        if first and "last" not in self.errors:
            values["last"] = last or first
            if values["last"] < first:
                self.add_error("last", _("The end lies before the beginning. Please check both days."))
            elif (values["last"] - first).days > 366:
                self.add_error("last", _("That is more than a year. Please check the days."))
        return values


def _nth(first) -> str:
    """ "2TU" for the second Tuesday; a fifth one is meant as the last."""
    number = (first.day - 1) // 7 + 1
    return f"{number if number < 5 else -1}{WEEKDAYS[first.weekday()]}"


def _own_spaces(form: RecordForm, by: Person, action: str) -> None:
    """Choices within one's reach only."""
    space = form.fields["space"]
    today = SocialSpace.objects.on(timezone.localdate()).filter(kind=SocialSpace.Kind.QUARTER)
    space.queryset = today | SocialSpace.objects.filter(pk=form.instance.space_id)
    space.empty_label = _("whole municipality")
    if bound := rights.bound_spaces(by, action):
        space.queryset = space.queryset.filter(pk__in=bound)
        space.empty_label = None
        space.required = True


def _own_organisation(form: RecordForm, by: Person) -> None:
    """An editor enters dates of her organisation; the municipality says whose a date is, if it is not its own."""
    names, field = organisations.names(), form.fields["organisation_id"]
    bound = rights.bound_organisations(by, "calendar.write")
    if not bound:
        field.choices = [("", _("none, it is our own")), *names.items()]
    else:
        own = {key: name for key, name in names.items() if UUID(key) in bound}
        field.choices, field.required, field.help_text = list(own.items()), True, ""
        if own and form.instance._state.adding and form.instance.organisation_id is None:
            first = next(iter(own))
            form.instance.organisation_id = UUID(first)
            form.initial.update(organisation_id=form.instance.organisation_id, organiser=own[first])
    was_asked = not form.is_bound or form.add_prefix("organisation_id") in form.data
    if len(bound) == 1 or not (bound or was_asked):
        del form.fields[
            "organisation_id"
        ]  # nothing to choose, or not on the page that was sent: it stays as it is
