"""Inviting: who is reached how, the invitation on paper, the date for the diary."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from quartierwerk import rights
from quartierwerk.calendar import ics
from quartierwerk.documents import pdf
from quartierwerk.rights import needs
from quartierwerk.web import addresses

from ...models import Meeting
from .. import documents
from ..rules import Refused, words
from . import actions, telling


@needs("planning.write")
def invite(request: HttpRequest, pk) -> HttpResponse:
    rows = Meeting.objects.filter(kind=Meeting.Kind.MEETING, frozen_at=None).exclude(
        state__in=[Meeting.State.CANCELLED, Meeting.State.HELD]
    )
    found = rights.find_or_404(request.person, "planning.write", rows.select_related("group"), pk)
    refusals = [words(one) for one in actions.refusals(found)]
    if request.method == "POST":
        try:
            sent = actions.invite(found, by=request.person)
        except Refused as refused:
            refusals = refused.in_words
        else:
            told = ngettext("Invited with %(n)s mail.", "Invited with %(n)s mails.", sent) % {"n": sent}
            messages.success(request, told)
            return redirect(addresses.staff("planning_staff:meeting", request, pk=pk))
    group = telling.seats_of(found)
    seats = telling.to_be_told(found) or group
    values = {
        "meeting": found,
        "refusals": refusals,
        "reach": telling.reach(seats, request.tenant),
        "informed": len(group) - len(seats),
        "items": list(found.items.all()),
        "has_changed": telling.has_changed(found),
    }
    return render(
        request,
        "planning/staff/steering/invite.html",
        values,
        status=422 if request.method == "POST" else 200,
    )


def _found(request: HttpRequest, pk) -> Meeting:
    rows = Meeting.objects.select_related("group", "concept")
    return rights.find_or_404(request.person, "planning.read_meetings", rows, pk)


@require_safe
@needs("planning.read_meetings")
def invitation(request: HttpRequest, pk) -> HttpResponse:
    """On paper: for those without an address, and for the table."""
    content = pdf.render(documents.invitation(_found(request, pk), request))
    return documents.file(content, "application/pdf", _("invitation") + ".pdf")


@require_safe
@needs("planning.read_meetings")
def diary(request: HttpRequest, pk) -> HttpResponse:
    content = telling.diary(_found(request, pk), request.tenant).encode()
    return documents.file(content, ics.CONTENT_TYPE, "termin.ics")
