"""Editing one record by several people: the second save is refused and shows both versions (R1.09, W1.2).

A `RecordForm` carries a signed digest of every field as it stood when the page was made. On saving, the row is locked
and compared: a field that somebody else changed meanwhile is asked about, yours or theirs, and nothing is lost:
theirs stands in the history, yours in the form.

    form = OfferForm(request.POST or None, instance=offer, request=request)
    if form.is_valid():
        try:
            editing.save(form, action="directory.write", by=request.person)
        except editing.EditedMeanwhile: …  # the form now shows both versions; answer it with 409
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quartierwerk import journal, rights
from quartierwerk.journal import actors, history
from quartierwerk.rights import Person

SALT = "quartierwerk.editing"
MINE, THEIRS = "mine", "theirs"


class EditedMeanwhile(Exception):
    """Somebody else changed the record since the form was opened; `form.versions` holds what differs."""


@dataclass(frozen=True)
class Version:
    """One field that somebody else changed: what you typed and what stands there now, both as text."""

    name: str
    label: str
    mine: str
    theirs: str
    chosen: str  # preselected: theirs, so that nobody overwrites a colleague by saving once more
    choice: str  # the name of the radio buttons, with the form's prefix

    @property
    def differs(self) -> bool:
        return self.mine != self.theirs


class RecordForm(forms.ModelForm):
    """A ModelForm of a record that several people may edit."""

    as_opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.versions: list[Version] = []
        self.meanwhile: history.LastChange | None = None
        self.changed_by = ""
        if not self.is_bound and self.instance.pk and not self.instance._state.adding:
            self.initial["as_opened"] = _signed(self.instance, self.record_fields())

    def record_fields(self) -> list[str]:
        return [name for name in self._meta.fields or () if name in self.fields]


def save(
    form: RecordForm, *, action: str, by: Person, done: str = "", through: models.Model | None = None
) -> Any:
    """Save a valid form: new record or change. Raises EditedMeanwhile, Refused.

    The journal names the changed fields, never their values. `done` is the entry's words ("offer changed").
    `through` is the record whose right covers this one (the offer of a contact).
    """
    model = form._meta.model
    words = done or f"{model._meta.model_name} changed"
    names = form.record_fields()
    with transaction.atomic():
        if form.instance._state.adding:
            rights.require(by, action)
            form.save()
            # Also where the new row would lie outside one's quarter.
            rights.require(by, action, through or form.instance)
            journal.record(done or f"{model._meta.model_name} added", form.instance, by=by, fields=names)
            return form.instance
        current = model._base_manager.select_for_update(of=("self",)).get(pk=form.instance.pk)
        rights.require(by, action, through or current)
        _ask_about_changes(form, current, names)
        changed = [name for name in names if _digest(form.instance, name) != _digest(current, name)]
        for name in changed:
            setattr(current, name, getattr(form.instance, name))
        if changed:
            rights.require(by, action, through or current)
            current.save()
            journal.record(words, current, by=by, fields=changed)
        form.changed_fields = changed
        form.instance = current
        form._save_m2m()
        return current


def _ask_about_changes(form: RecordForm, current: models.Model, names: list[str]) -> None:
    """Apply the choices that came along; raise if something changed that was not chosen about."""
    opened = _opened(form)
    open_question = False
    versions = []
    for name in names:
        if _digest(current, name) == opened.get(name):
            continue
        radio = _radio(form, name)
        choice = form.data.get(radio)
        version = Version(
            name,
            str(form.fields[name].label or name),
            as_text(form.instance, name),
            as_text(current, name),
            chosen=choice or THEIRS,
            choice=radio,
        )
        if not version.differs:
            continue
        versions.append(version)
        open_question = True
    # Choices answer the question asked about the previous state: that state is what `as_opened` then names.
    for name in names:
        if form.data.get(_radio(form, name)) == THEIRS:
            setattr(form.instance, name, getattr(current, name))
    if not open_question:
        return
    form.versions = versions
    form.meanwhile = history.last_change(current) if hasattr(current, "pgh_event_model") else None
    if form.meanwhile and form.meanwhile.actor:
        form.changed_by = actors.names([form.meanwhile.actor]).get(form.meanwhile.actor, "")
    form.data = form.data.copy()
    form.data[form.add_prefix("as_opened")] = _signed(current, names)
    raise EditedMeanwhile


def _radio(form: RecordForm, name: str) -> str:
    """The name under which the page asks whose version of a field stays; the answer comes back under the same."""
    return form.add_prefix(f"keep-{name}")


@dataclass(frozen=True)
class Compared:
    """A field in three states: as the page was opened with it, as typed there, as it stands now. Told by digests."""

    name: str
    opened: str | None  # None where the page did not say
    typed: str
    now: str | None  # None where there is no record (any more)


def compared(form: RecordForm, current: models.Model | None) -> list[Compared]:
    """The fields of a valid form beside the record as it stands now, for those who decide on it later."""
    opened = _opened_of(form, str(current.pk)) if current is not None else _opened_of(form)
    return [
        Compared(
            name,
            opened.get(name),
            _digest(form.instance, name),
            None if current is None else _digest(current, name),
        )
        for name in form.record_fields()
    ]


def reopen(form: RecordForm, current: models.Model) -> None:
    """Whoever saves the valid form now has seen the record as it stands."""
    form.cleaned_data["as_opened"] = _signed(current, form.record_fields())


def as_text(record: models.Model, name: str) -> str:
    """A field's value as people read it; a record may say it itself (`outline_as_text`)."""
    if own := getattr(record, f"{name}_as_text", None):
        return own()
    field = record._meta.get_field(name)
    value = getattr(record, name)
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return ", ".join(one.strftime("%d.%m.%Y") if isinstance(one, date) else str(one) for one in value)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if field.choices:
        return str(getattr(record, f"get_{name}_display")())
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%d.%m.%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return str(value)


def _digest(record: models.Model, name: str) -> str:
    value = getattr(record, record._meta.get_field(name).attname)
    if isinstance(value, str):
        value = value.replace("\r\n", "\n").strip()  # browsers send other line ends than the database holds
    plain = json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:20]


def _signed(record: models.Model, names: list[str]) -> str:
    return signing.dumps([str(record.pk), {name: _digest(record, name) for name in names}], salt=SALT)


def _opened(form: RecordForm) -> dict[str, str]:
    """Digests of the page that was edited; without a valid one every field counts as changed by somebody else."""
    return _opened_of(form, str(form.instance.pk))


def _opened_of(form: RecordForm, wanted: str = "") -> dict[str, str]:
    """The same of a page of the wanted record; of whichever where none is named."""
    try:
        pk, digests = signing.loads(form.cleaned_data.get("as_opened", ""), salt=SALT)
    except signing.BadSignature:
        return {}
    return digests if not wanted or pk == wanted else {}
