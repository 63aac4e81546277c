"""Rows below a record, entered on its page. They work without JavaScript: one empty row waits, and a button asks for one
more.

    rows = Rows(ContactForm, "contact", request.POST or None, record.contacts.all())
    if rows.is_valid(): …  # within one transaction with the record: rows.save(record, by=…, action=…)

The rows' model names the record it belongs to by `wall_parent()`, else it is its one foreign key to that kind of record.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from quartierwerk import journal
from quartierwerk.rights import Person

from . import editing
from .editing import RecordForm

MOST = 40  # rows on one page


class RowForm(RecordForm):
    """One row; an empty new one is left out, a marked one is removed."""

    remove = forms.BooleanField(label=_("Remove"), required=False)
    row = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_new = self.instance._state.adding
        if self.is_new:
            del self.fields["remove"]
        else:
            self.initial["row"] = str(self.instance.pk)

    @property
    def is_empty(self) -> bool:
        return self.is_new and not self.has_changed()

    @property
    def is_removed(self) -> bool:
        return not self.is_new and bool(self.cleaned_data.get("remove"))

    def is_valid(self) -> bool:
        if not self.is_new and self.is_bound and self.data.get(self.add_prefix("remove")):
            self.full_clean()
            self._errors = forms.utils.ErrorDict()  # a row that goes need not be right
            return True
        return super().is_valid()

    def further(self) -> list[Any]:
        """More rows that came of this one."""
        return []

    @property
    def legend(self) -> str:
        """What a row that exists is called above its fields."""
        return str(self.instance)

    def visible(self) -> list:
        return [field for field in self.visible_fields() if field.name != "remove"]


def _belongs_to(model: type[Any], parent: models.Model) -> str:
    """Name of the foreign key to the record."""
    return model.wall_parent() or next(
        field.name for field in model._meta.concrete_fields if field.related_model is type(parent)
    )


def _rows_typed(data: Any, prefix: str, least: int) -> int:
    typed = data.get(f"{prefix}-rows", "")
    return min(int(typed), MOST) if typed.isdecimal() else least


class Rows:
    """least: how many rows a page without the hidden count is taken to have."""

    def __init__(
        self,
        form: type[RowForm],
        prefix: str,
        data: Any,
        existing: Iterable[models.Model],
        *,
        least: int = 0,
        **given: Any,
    ):
        self.prefix = prefix
        known = {str(row.pk): row for row in existing}
        if data is None:
            places: list[Any] = [*known.values(), None]
        else:
            count = _rows_typed(data, prefix, least)
            places = [known.get(data.get(f"{self._at(n)}-row", "")) for n in range(count)]
        self.forms = [
            form(data, instance=row, prefix=self._at(n), empty_permitted=row is None, use_required_attribute=False, **given)
            for n, row in enumerate(places)
        ]  # fmt: skip
        if data is not None and data.get("more") == prefix and len(self.forms) < MOST:
            # Not bound: it was not on the page, so there is nothing to complain about.
            self.forms.append(form(prefix=self._at(len(self.forms)), **given))

    def _at(self, number: int) -> str:
        return f"{self.prefix}-{number}" if number else self.prefix

    def __iter__(self):
        return iter(self.forms)

    def is_valid(self) -> bool:
        # Each is asked, so that all faults show at once.
        return False not in [form.is_valid() for form in self.forms if form.is_bound]

    def save(self, parent: models.Model, *, by: Person, action: str) -> None:
        """Within the caller's transaction. Raises EditedMeanwhile, Refused."""
        # Steps of ten: one row typed as "Di 16–18, Do 9–12" becomes several.
        for place, form in enumerate(self.forms):
            if form.is_empty:
                continue
            model = form._meta.model
            if form.is_removed:
                journal.record(f"{model._meta.model_name} removed", form.instance, by=by)
                form.instance.delete()
                continue
            if form.is_new:
                setattr(form.instance, _belongs_to(model, parent), parent)
                if hasattr(form.instance, "position"):
                    form.instance.position = place * 10
            editing.save(form, action=action, by=by, through=parent)
            for number, further in enumerate(form.further(), start=1):
                setattr(further, _belongs_to(model, parent), parent)
                further.position = place * 10 + number
                further.save()
