"""The agenda in the back office: taking, adding, ordering; each a button that works without JavaScript."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from quartierwerk import rights
from quartierwerk.rights import needs
from quartierwerk.web import addresses, editing
from quartierwerk.web.asked import as_uuid

from ...models import AgendaItem, Meeting
from ..inviting import telling
from ..meetings.actions import locked
from ..pages import url_of
from ..rules import Refusal, Refused
from . import actions
from .forms import ItemForm


def _open(request: HttpRequest, pk) -> Meeting:
    rows = Meeting.objects.filter(kind=Meeting.Kind.MEETING, frozen_at=None).exclude(
        state=Meeting.State.CANCELLED
    )
    return rights.find_or_404(request.person, "planning.write", rows.select_related("concept", "group"), pk)


@needs("planning.write")
def agenda(request: HttpRequest, pk) -> HttpResponse:
    found = _open(request, pk)
    form = ItemForm(request.POST if "add" in request.POST else None, prefix="own")
    refusals: list[str] = []
    if request.method == "POST":
        try:
            at = _do(request, found, form)
        except Refused as refused:
            refusals = refused.in_words
        else:
            if at is not None:
                return redirect(addresses.staff("planning_staff:agenda", request, pk=pk) + at)
    status = 422 if refusals or form.is_bound else 200
    return render(
        request, "planning/staff/steering/agenda.html", _values(request, found, form, refusals), status=status
    )


def _do(request: HttpRequest, meeting: Meeting, form: ItemForm) -> str | None:
    """What the button says; where the page goes on afterwards, None where something is missing."""
    sent, by = request.POST, request.person
    if "take" in sent:
        made = actions.take(meeting, _chosen(sent.getlist("chosen")), by=by)
        words = ngettext(
            "%(n)s item stands on the agenda now.", "%(n)s items stand on the agenda now.", len(made)
        )
        messages.success(request, words % {"n": len(made)})
        return "#agenda"
    if "add" in sent:
        if not form.is_valid():
            return None
        row = actions.add(meeting, **{name: form.cleaned_data[name] for name in form.record_fields()}, by=by)
        return f"#item-{row.pk}"
    for name in ("up", "down", "remove"):
        if name in sent:
            item = meeting.items.filter(pk=as_uuid(sent[name])).select_related("meeting").first()
            if item is None:
                return "#agenda"
            if name == "remove":
                actions.remove(item, by=by)
                return "#agenda"
            actions.move(item, up=name == "up", by=by)
            return f"#item-{item.pk}"
    return "#agenda"


def _chosen(sent: list[str]) -> set[tuple[str, UUID]]:
    parts = (one.rpartition("|") for one in sent)
    return {(source, found) for source, _bar, pk in parts if (found := as_uuid(pk))}


def _values(request: HttpRequest, meeting: Meeting, form: ItemForm, refusals: list[str]) -> dict[str, Any]:
    proposal = [
        (source, [(one, url_of(one, request)) for one in items])
        for source, items in actions.still_proposed(meeting, request.person)
    ]
    return {
        "meeting": meeting,
        "items": list(meeting.items.all()),
        "proposal": proposal,
        "form": form,
        "refusals": refusals,
        "has_changed": telling.has_changed(meeting),
    }


@needs("planning.write")
def edit_item(request: HttpRequest, pk) -> HttpResponse:
    rows = AgendaItem.objects.filter(meeting__frozen_at=None).select_related("meeting")
    item = rights.find_or_404(request.person, "planning.write", rows, pk)
    meeting, named, status = item.meeting, item.title, 200
    form, refusals = ItemForm(request.POST if request.method == "POST" else None, instance=item), []
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                _save(form, meeting, request)
            except editing.EditedMeanwhile:
                status = 409
            except Refused as refused:
                refusals = refused.in_words
            else:
                back = addresses.staff("planning_staff:agenda", request, pk=meeting.pk)
                return redirect(f"{back}#item-{pk}")
    values = {"form": form, "meeting": meeting, "named": named, "refusals": refusals}
    return render(request, "planning/staff/steering/item_form.html", values, status=status)


@transaction.atomic
def _save(form: ItemForm, meeting: Meeting, request: HttpRequest) -> None:
    """Locked first: whoever closes the minutes at this moment is waited for."""
    person = request.person  # type: ignore[attr-defined]
    if not locked(meeting, person).items.filter(pk=form.instance.pk).exists():
        raise Refused(Refusal.ITEM_GONE)
    editing.save(form, action="planning.write", by=person, through=meeting)
