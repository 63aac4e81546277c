"""Planning, changing and cancelling a meeting."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from quartierwerk import rights
from quartierwerk.rights import needs
from quartierwerk.web import addresses, editing

from ...models import Group, Meeting
from ..rules import Refused
from . import actions
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
    new, status = meeting._state.adding, 200
    named = meeting.title
    form = MeetingForm(_sent(request), instance=meeting)
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                saved = editing.save(form, action="planning.write", by=request.person)
            except editing.EditedMeanwhile:
                status = 409
            else:
                if new:
                    messages.success(request, _("Planned. Now choose what it should talk about."))
                    return redirect(addresses.staff("planning_staff:agenda", request, pk=saved.pk))
                messages.success(request, _("Saved."))
                return redirect(addresses.staff("planning_staff:meeting", request, pk=saved.pk))
    values: dict[str, Any] = {"form": form, "new": new, "named": named, "meeting": meeting}
    return render(request, "planning/staff/steering/meeting_form.html", values, status=status)


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
    values = {"form": form, "meeting": found, "refusals": refusals}
    return render(
        request, "planning/staff/steering/cancel.html", values, status=422 if form.is_bound else 200
    )
