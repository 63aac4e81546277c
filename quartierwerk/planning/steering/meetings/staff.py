"""Planning, changing and cancelling a meeting."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from quartierwerk import rights
from quartierwerk.rights import needs
from quartierwerk.web import addresses, editing

from ...models import Group, Meeting
from ..inviting import telling
from ..rules import Refused
from . import actions
from .actions import locked
from .forms import CancelForm, MeetingForm


@needs("planning.write")
def add_meeting(request: HttpRequest) -> HttpResponse:
    group = Group.objects.filter(ended_on=None, kind=Group.Kind.STEERING).first()
    return _edit(request, Meeting(group=group))


@needs("planning.write")
def edit_meeting(request: HttpRequest, pk) -> HttpResponse:
    return _edit(request, _open(request, pk))


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _open(request: HttpRequest, pk) -> Meeting:
    """One that can still be changed."""
    rows = Meeting.objects.filter(kind=Meeting.Kind.MEETING, frozen_at=None).exclude(
        state=Meeting.State.CANCELLED
    )
    return rights.find_or_404(request.person, "planning.write", rows, pk)


def _edit(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    new, status, refusals = meeting._state.adding, 200, []
    named = meeting.title
    form = MeetingForm(_sent(request), instance=meeting)
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                saved = _save(form, request)
            except editing.EditedMeanwhile:
                status = 409
            except Refused as refused:
                refusals = refused.in_words
            else:
                if new:
                    messages.success(request, _("Planned. Now choose what it should talk about."))
                    return redirect(addresses.staff("planning_staff:agenda", request, pk=saved.pk))
                messages.success(request, _("Saved."))
                return redirect(addresses.staff("planning_staff:meeting", request, pk=saved.pk))
    values: dict[str, Any] = {
        "form": form,
        "new": new,
        "named": named,
        "meeting": meeting,
        "refusals": refusals,
    }
    return render(request, "planning/staff/steering/meeting_form.html", values, status=status)


@transaction.atomic
def _save(form: MeetingForm, request: HttpRequest) -> Meeting:
    """Raises Refused where what the form fixes began since it was opened."""
    person = request.person  # type: ignore[attr-defined]
    if not form.instance._state.adding:
        form.check(locked(form.instance, person))
    return editing.save(form, action="planning.write", by=person)


@needs("planning.write")
def cancel_meeting(request: HttpRequest, pk) -> HttpResponse:
    found = _open(request, pk)
    form, refusals = CancelForm(_sent(request)), []
    if form.is_bound and form.is_valid():
        try:
            told = found.invitations
            actions.cancel(found, form.cleaned_data["reason"], by=request.person)
        except Refused as refused:
            refusals = refused.in_words
        else:
            words = _("Cancelled. Those who were invited by mail are told.") if told else _("Cancelled.")
            messages.success(request, words)
            return redirect(addresses.staff("planning_staff:meeting", request, pk=pk))
    unreached = telling.reach(telling.invited(found), request.tenant).unreached
    values = {"form": form, "meeting": found, "refusals": refusals, "unreached": unreached}
    return render(
        request, "planning/staff/steering/cancel.html", values, status=422 if form.is_bound else 200
    )
