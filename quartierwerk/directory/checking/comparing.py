"""What an editor wrote beside what stands there: field by field, for the one who decides."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from quartierwerk.calendar.models import PublicDate
from quartierwerk.calendar.recurrence import in_words
from quartierwerk.languages import tags
from quartierwerk.versions.wording import marked
from quartierwerk.web import editing
from quartierwerk.web.rows import RowForm

from ..editing.rows import ContactForm, TimeForm
from ..models import Offer, Organisation, PendingChange
from . import rules
from .rules import Fate
from .typed import AnyPage

Record = Offer | Organisation | PublicDate


@dataclass(frozen=True)
class Difference:
    """`choice` is the name of the radio buttons where staff changed the field, too; empty where nothing is to choose."""

    label: str
    old: str
    new: str
    choice: str = ""

    @property
    def marked(self) -> tuple[list, list]:
        return marked(self.old, self.new)


@dataclass
class Comparison:
    differences: list[Difference] = field(default_factory=list)
    # Of the change and of all that it touches: whoever decides sends it back, and decides on nothing unseen.
    seen: str = ""

    @property
    def open_questions(self) -> list[Difference]:
        return [one for one in self.differences if one.choice]


def compare(
    change: PendingChange,
    page: AnyPage,
    record: Record,
    choices: Mapping[str, str],
    reader: str,
) -> Comparison:
    """The valid page of what was written beside the record as it stands in the database.

    Afterwards the forms hold what accepting would save: fields that the editor left alone are as they stand now.
    """
    told, stamp = Comparison(), [change.asked_at.isoformat()]
    for form, current, what in _forms(page, record):
        if isinstance(form, RowForm) and form.is_removed:
            told.differences.append(
                Difference(what, _row_in_words(form, [current], reader), _("to be removed"))
            )
            continue
        where = f"{what} ({current})" if isinstance(form, ContactForm) and current else what
        found, states = _settle(form, current, choices, where, reader)
        stamp += [f"{one.name}={one.now}" for one in states]
        if isinstance(form, RowForm) and current is None:
            found = [Difference(what, "", _row_in_words(form, [form.instance, *form.further()], reader))]
        elif isinstance(form, RowForm) and (further := form.further()):
            found.append(Difference(what, "", _row_in_words(form, further, reader)))
        told.differences += found
        if current is not None:
            editing.reopen(form, current)
    told.seen = hashlib.sha256("\n".join(stamp).encode()).hexdigest()[:32]
    return told


def of_reason(change: PendingChange) -> Comparison:
    """Why a date is cancelled, as its editor wrote it."""
    date, label = change.date, capfirst(str(PublicDate._meta.get_field("cancelled_why").verbose_name))
    old, new = date.cancelled_why if date else "", str(change.fields.get("why", ""))
    return Comparison([Difference(label, old, new)], change.asked_at.isoformat())


def _forms(page: AnyPage, record: Record) -> Iterator[tuple[Any, models.Model | None, str]]:
    """Each form that says something, the row it would change, and what stands before its labels."""
    rows_of: Any = type(record).objects
    yield page.main, rows_of.get(pk=record.pk), ""
    if not page.address.instance._state.adding or not page.address.is_empty:
        place = type(page.address.instance).objects.filter(pk=record.address_id).first()
        yield page.address, place, _("Where")
    for rows in page.rows:
        _leave_out_gone(rows)
        for form in rows:
            if form.is_empty:
                continue
            model = form._meta.model
            row = None if form.is_new else model.objects.filter(pk=form.instance.pk).first()
            yield form, row, _("When") if isinstance(form, TimeForm) else _("Contact")


def _leave_out_gone(rows: Any) -> None:
    """A row that staff removed meanwhile does not come back because the editor's page still had it."""
    rows.forms = [
        form
        for form in rows.forms
        if not (form.is_new and form.data.get(form.add_prefix("row")))
        or not (form.data.get(form.add_prefix("remove")) or _is_untouched(form))
    ]


def _is_untouched(form: RowForm) -> bool:
    return all(one.typed == one.opened for one in editing.compared(form, None))


def _settle(
    form: Any, current: models.Model | None, choices: Mapping[str, str], prefix: str, reader: str
) -> tuple[list[Difference], list[editing.Compared]]:
    states = editing.compared(form, current)
    found = []
    for one in states:
        choice = f"keep-{form.add_prefix(one.name)}"
        fate = rules.fate(one.opened, one.typed, one.now, choices.get(choice, ""))
        undecided = rules.fate(one.opened, one.typed, one.now) == Fate.ASKED
        old = "" if current is None else in_form(form, current, one.name, reader)
        new = in_form(form, form.instance, one.name, reader)
        if (fate != Fate.KEPT or undecided) and old != new:
            label = capfirst(str(form.fields[one.name].label or one.name))
            found.append(
                Difference(f"{prefix}: {label}" if prefix else label, old, new, choice if undecided else "")
            )
        if fate == Fate.KEPT and current is not None:
            setattr(form.instance, one.name, getattr(current, one.name))
    return found, states


def in_form(form: Any, record: models.Model, name: str, reader: str) -> str:
    """A value as people read it, codes by the words of the form's choices."""
    value, asked = getattr(record, name), form.fields[name]
    if name == "languages_spoken":
        return ", ".join(str(tags.name(tag, reader)) for tag in value)
    if isinstance(value, list) and getattr(asked, "choices", None):
        words = {str(code): str(label) for code, label in asked.choices}
        return ", ".join(words.get(str(one), str(one)) for one in value)
    if name == "organisation_id":
        return str(dict(asked.choices).get(str(value or ""), ""))
    if name == "language":
        return str(tags.name(value, reader))
    return editing.as_text(record, name)


def _row_in_words(form: RowForm, rows: list[Any], reader: str) -> str:
    if isinstance(form, TimeForm):
        parts = [part for row in rows for part in (in_words(row.rule()), row.note)]
        return "; ".join(dict.fromkeys(filter(None, parts)))
    names = form.record_fields()
    return ", ".join(words for name in names if (words := in_form(form, rows[0], name, reader)))
