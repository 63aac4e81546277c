"""Form fields for amounts, whole numbers, days and times: German in, asked and never guessed.

An ambiguous entry fails with `AmbiguousEntry`. Its readings are shown as radio buttons named `<field>-reading`, whose
values are `reading.typed` (and empty for "another amount"); sent again, the chosen reading counts instead of what was
typed, as long as it belongs to it.
"""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk.languages import dates, numbers
from quartierwerk.languages.numbers import Ambiguous, NotANumber, Reading


class AmbiguousEntry(ValidationError):
    """What was typed can be read in several ways.

    The message is complete in itself; `lead` is its sentence for use above the choices, `question` the short form for
    the error summary, `other` the label of the choice that leads back to typing.
    """

    def __init__(self, question: Ambiguous, other: str) -> None:
        self.readings: list[Reading] = question.readings
        self.other = other
        labels = [reading.label for reading in question.readings]
        if len(labels) == 1:
            self.lead = _("“%(typed)s” is not written the German way. Please choose:")
            self.question = _("Do you mean %(reading)s?") % {"reading": labels[0]}
        else:
            self.lead = _("“%(typed)s” can be read in two ways. Please choose:")
            self.question = _("Do you mean %(one)s or %(other)s?") % {"one": labels[0], "other": labels[1]}
        self.lead %= {"typed": question.typed.strip()}
        super().__init__(f"{self.lead} {' · '.join([*labels, other])}", code="ambiguous")


class ReadingInput(forms.TextInput):
    """Text input that accepts the chosen reading of what was typed before."""

    # Readings of a text as they would be typed; the field fills it in.
    readings_of: Callable[[str], list[str]] = staticmethod(lambda typed: [])

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed, chosen = data.get(name), data.get(f"{name}-reading")
        # A choice for an older text must not override what was typed since.
        if chosen and (typed is None or chosen in self.readings_of(typed)):
            return chosen
        return typed

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}-reading" not in data


class ReadField(forms.Field):
    """A field whose text is read by a function of `languages`; the kinds below name it."""

    widget = ReadingInput
    input_mode = "decimal"
    other = gettext_lazy("something else")

    def __init__(self, *, min_value: Any = None, max_value: Any = None, **kwargs: Any) -> None:
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**kwargs)
        if isinstance(self.widget, ReadingInput):
            self.widget.readings_of = self._readings_of

    def read(self, text: str) -> Any:
        """The value; raises what the reading function raises."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """The value as it would be typed."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """The value within a sentence."""
        return self.write(value)

    def refusal(self, refusal: Any) -> ValidationError:
        """The error in words."""
        typed = refusal.typed.strip()
        code = refusal.reason if refusal.reason in self.error_messages else "invalid"
        return ValidationError(self.error_messages[code], code=code, params={"typed": typed[:60]})

    def to_python(self, value: Any) -> Any:
        if value is None or not str(value).strip():
            return None
        if not isinstance(value, str):
            return value
        try:
            return self.read(value)
        except Ambiguous as question:
            raise AmbiguousEntry(question, str(self.other)) from None
        except (NotANumber, dates.NotADate, dates.NotATime) as refusal:
            raise self.refusal(refusal) from None

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if self.min_value is not None and value < self.min_value:
            raise ValidationError(
                self.error_messages["min_value"],
                code="min_value",
                params={"limit": self.show(self.min_value)},
            )
        if self.max_value is not None and value > self.max_value:
            raise ValidationError(
                self.error_messages["max_value"],
                code="max_value",
                params={"limit": self.show(self.max_value)},
            )

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else self.write(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # Figures run from left to right in every language.
        return {
            **super().widget_attrs(widget),
            "inputmode": self.input_mode,
            "dir": "ltr",
            "autocomplete": "off",
        }

    def _readings_of(self, typed: str) -> list[str]:
        try:
            self.read(typed)
        except Ambiguous as question:
            return [reading.typed for reading in question.readings]
        except ValueError:
            pass
        return []


class AmountField(ReadField):
    """Money in whole cents. Negative amounts only where `min_value` is below 0."""

    other = gettext_lazy("another amount")
    default_error_messages = {
        "required": gettext_lazy("Please give an amount."),
        "invalid": gettext_lazy("“%(typed)s” is not an amount. Please write it like 1.250,00."),
        "too_long": gettext_lazy("This amount is too long. Please write it like 1.250,00 or 1,2 Mio."),
        "too_precise": gettext_lazy("“%(typed)s” has parts of a cent. Please give at most two decimals."),
        "min_value": gettext_lazy("Please give an amount from %(limit)s on."),
        "max_value": gettext_lazy("Please give an amount up to %(limit)s."),
    }

    def __init__(self, *, min_value: int | None = 0, max_value: int | None = None, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)

    def read(self, text: str) -> int:
        return numbers.parse_amount(text)

    def write(self, value: int) -> str:
        return numbers.format_amount(value, currency="")

    def show(self, value: int) -> str:
        return numbers.format_amount(value)


class WholeNumberField(ReadField):
    """Counts: whole numbers, negative only where `min_value` is below 0."""

    input_mode = "numeric"
    other = gettext_lazy("another number")
    default_error_messages = {
        "required": gettext_lazy("Please give a number."),
        "invalid": gettext_lazy("“%(typed)s” is not a whole number. Please write it like 1.250."),
        "too_long": gettext_lazy("This number is too long. Please check it."),
        "not_whole": gettext_lazy("“%(typed)s” has decimals. Please give a whole number."),
        "min_value": gettext_lazy("Please give a number from %(limit)s on."),
        "max_value": gettext_lazy("Please give a number up to %(limit)s."),
    }

    def __init__(self, *, min_value: int | None = 0, max_value: int | None = None, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)

    def read(self, text: str) -> int:
        return numbers.parse_whole(text)

    def write(self, value: int) -> str:
        return numbers.format_whole(value)


class DecimalNumberField(ReadField):
    """Numbers with decimals: 19,5. places: how many of them may be given."""

    other = gettext_lazy("another number")
    default_error_messages = {
        "required": gettext_lazy("Please give a number."),
        "invalid": gettext_lazy("“%(typed)s” is not a number. Please write it like 19,5."),
        "too_long": gettext_lazy("This number is too long. Please check it."),
        "min_value": gettext_lazy("Please give a number from %(limit)s on."),
        "max_value": gettext_lazy("Please give a number up to %(limit)s."),
        "places": gettext_lazy("Please give at most %(places)d decimals."),
    }

    def __init__(self, *, places: int = 2, **kwargs: Any) -> None:
        self.places = places
        super().__init__(**kwargs)

    def read(self, text: str) -> Decimal:
        return numbers.parse_decimal(text)

    def write(self, value: Decimal) -> str:
        return numbers.format_decimal(Decimal(value))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and value != round(value, self.places):
            raise ValidationError(
                self.error_messages["places"], code="places", params={"places": self.places}
            )


class GermanDateField(ReadField):
    """A day. Knows that 31 February does not exist, and which day is the last one instead."""

    input_mode = "numeric"
    other = gettext_lazy("another day")
    default_error_messages = {
        "required": gettext_lazy("Please give a day."),
        "invalid": gettext_lazy("“%(typed)s” is not a day. Please write it like 31.10.2026."),
        "no_year": gettext_lazy("The year is missing. Please write the day like 31.10.2026."),
        "no_such_month": gettext_lazy("A year has 12 months. Please write the day like 31.10.2026."),
        "no_such_day": gettext_lazy(
            "There is no %(day)s %(month)s. The last day of %(month)s %(year)s is the %(last)s."
        ),
        "min_value": gettext_lazy("Please give a day from %(limit)s on."),
        "max_value": gettext_lazy("Please give a day up to %(limit)s."),
    }

    def read(self, text: str) -> datetime.date:
        return dates.parse_date(text)

    def write(self, value: datetime.date) -> str:
        return dates.format_date(value)

    def refusal(self, refusal: Any) -> ValidationError:
        if not isinstance(refusal, dates.NoSuchDay):
            return super().refusal(refusal)
        last = refusal.last
        params = {"day": refusal.day, "month": MONTHS[last.month], "year": last.year, "last": last.day}
        return ValidationError(self.error_messages["no_such_day"], code="no_such_day", params=params)


class GermanTimeField(ReadField):
    """A time of day, as it hangs on the wall."""

    input_mode = "numeric"
    other = gettext_lazy("another time")
    default_error_messages = {
        "required": gettext_lazy("Please give a time."),
        "invalid": gettext_lazy("“%(typed)s” is not a time. Please write it like 14:30."),
        "midnight": gettext_lazy("A day ends at 23:59. Midnight is 0:00 of the next day."),
        "min_value": gettext_lazy("Please give a time from %(limit)s on."),
        "max_value": gettext_lazy("Please give a time up to %(limit)s."),
    }

    def read(self, text: str) -> datetime.time:
        return dates.parse_time(text)

    def write(self, value: datetime.time) -> str:
        return dates.format_time(value)
