"""The words of a record as first written, for those who look after texts and nothing else of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import TextField
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from quartierwerk import rights, search
from quartierwerk.languages import tags
from quartierwerk.languages.models import Translatable
from quartierwerk.languages.register import Kind, kind_named
from quartierwerk.rights import needs
from quartierwerk.web import addresses, editing

from . import pages


class OriginalForm(editing.RecordForm):
    """The texts of a record; a contact, a place, a time or who sees the record is no field of it."""

    def __init__(self, *args, kind: Kind, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.record_fields():
            field, language = self.fields[name], self.instance.language_of(name)
            field.label = pages.label_of(kind, name)
            field.widget.attrs |= {"lang": tags.normal_tag(language), "dir": tags.direction(language)}

    @property
    def texts(self) -> list[tuple[forms.BoundField, str]]:
        """Each with the language whose readability is looked at; empty where it is a line and no running text."""
        return [
            (self[name], self.instance.language_of(name) if self._is_running(name) else "")
            for name in self.record_fields()
        ]

    def _is_running(self, name: str) -> bool:
        return isinstance(self._meta.model._meta.get_field(name), TextField)


def _form(kind: Kind, record: Translatable, data) -> OriginalForm:
    running = [name for name in kind.model.TEXTS if isinstance(kind.model._meta.get_field(name), TextField)]
    made: Any = forms.modelform_factory(
        kind.model,
        form=OriginalForm,
        fields=kind.model.TEXTS,
        widgets={name: forms.Textarea(attrs={"rows": 5}) for name in running},
    )
    return made(data, instance=record, kind=kind)


@needs("texts.write")
def original(request, kind, pk):
    known = kind_named(kind)
    if known is None or not known.edited:
        raise Http404
    record = rights.find_or_404(request.person, "texts.write", known.model, pk)
    title, form, status = getattr(record, known.title), _form(known, record, request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _save(form, by=request.person)
            except editing.EditedMeanwhile:
                status = 409
            else:
                messages.success(request, _("Saved. Readers of other languages see that the text changed."))
                return redirect(addresses.staff("translating:original", request, kind=kind, pk=pk))
    values = {
        "kind": known,
        "record": record,
        "title": title,
        "form": form,
        "list_url": addresses.staff("translating:texts", request),
        "record_url": pages.record_url(known, record, request),
    }
    return render(request, "translating/staff/original.html", values, status=status)


@transaction.atomic
def _save(form: OriginalForm, *, by: rights.Person) -> None:
    editing.save(form, action="texts.write", by=by)
    search.changed()
