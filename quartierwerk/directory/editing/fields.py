"""Form fields of the directory: several short texts in a line, choices of codes, languages, quarters, neighbours."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from quartierwerk.languages import dates, tags

# Offered first; a record keeps any other it came with.
SPOKEN = (
    "de", "de-simple", "en", "ar", "uk", "ru", "tr", "fa", "prs", "kmr", "ti", "fr", "ro", "pl", "bg", "sq", "es", "gsg",
)  # fmt: skip


class _InStoredOrder(forms.MultipleChoiceField):
    """Several codes in the order in which the record has them, new ones behind: a page lists them by its own order,
    and saving it untouched is no change."""

    stored: Sequence[Any] = ()

    def clean(self, value: Any) -> list:
        chosen = super().clean(value)
        return [one for one in self.stored if one in chosen] + [
            one for one in chosen if one not in self.stored
        ]


class SpokenLanguages(_InStoredOrder):
    """Languages people speak here; none chosen means "unknown", which no filter ever matches."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Languages spoken"))
        kwargs.setdefault("help_text", _("Choose none if you do not know: unknown is better than wrong."))
        super().__init__(required=False, **kwargs)

    def offer(self, reader: str, also=()) -> None:
        self.stored = list(dict.fromkeys(also))
        known = list(dict.fromkeys([*SPOKEN, *also]))
        named = [(tag, tags.name(tag, reader)) for tag in known]
        named.sort(key=lambda pair: str(pair[1]).casefold())
        self.choices = named


class Codes(_InStoredOrder, forms.TypedMultipleChoiceField):
    """Several of a list. A record keeps codes that the list does not know (any more)."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def keep(self, codes: Iterable[Any]) -> None:
        self.stored = list(dict.fromkeys(codes))
        listed: list[tuple[Any, Any]] = list(self.choices)  # type: ignore[arg-type]
        known = {str(code) for code, _label in listed}
        self.choices = [*listed, *((code, str(code)) for code in self.stored if str(code) not in known)]


class Texts(forms.Field):
    """Several short texts, typed with commas or one a line."""

    widget = forms.TextInput
    separators = ",;\n"

    def __init__(self, *, longest: int = 120, **kwargs):
        self.longest = longest
        super().__init__(required=False, **kwargs)

    def read(self, text: str) -> Any:
        if len(text) > self.longest:
            raise ValidationError(
                _("“%(typed)s” is too long. Please use at most %(most)d characters for each.")
                % {"typed": f"{text[:30]}…", "most": self.longest}
            )
        return text

    def write(self, value: Any) -> str:
        return str(value)

    def to_python(self, value: Any) -> list:
        if isinstance(value, list):
            return value
        text = str(value or "").replace("\x00", "")
        for sign in self.separators:
            text = text.replace(sign, "\n")
        parts = [" ".join(part.split()) for part in text.split("\n")]
        return list(dict.fromkeys(self.read(part) for part in parts if part))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(self.write, value)) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool((initial or []) != self.to_python(data))
        except ValidationError:
            return True


class Postcodes(Texts):
    separators = ",; \n"

    def read(self, text: str) -> str:
        if not (text.isdigit() and len(text) == 5):
            raise ValidationError(
                _("“%(typed)s” is no postcode. A postcode has five digits.") % {"typed": text[:20]}
            )
        return text


class Days(Texts):
    """Several days: 24.12.2026, 31.12.2026."""

    def read(self, text: str) -> date:
        try:
            return dates.parse_date(text)
        except ValueError:
            raise ValidationError(
                _("“%(typed)s” is not a day. Please write it like 31.10.2026.") % {"typed": text[:20]}
            ) from None

    def write(self, value: Any) -> str:
        return dates.format_date(value) if isinstance(value, date) else str(value)


class MonthDays(Texts):
    """Days of a month by number; -1 is the last one."""

    def read(self, text: str) -> int:
        number = text.removesuffix(".")
        if number.removeprefix("-").isdecimal() and 1 <= abs(int(number)) <= 31:
            return int(number)
        raise ValidationError(
            _("“%(typed)s” is no day of a month. Please write 1 to 31.") % {"typed": text[:20]}
        )
