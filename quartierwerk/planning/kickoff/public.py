"""The kick-off on the portal: come, in your language; afterwards: what was said, and what became of it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk.calendar import dates
from quartierwerk.calendar import pages as calendar
from quartierwerk.calendar.models import PublicDate
from quartierwerk.chain.register import Reader
from quartierwerk.rights import open_to_all
from quartierwerk.web import addresses

from ..models import KickOff
from . import pages
from .invitation import invitation


def _found(pk: UUID, request: HttpRequest) -> tuple[KickOff, PublicDate]:
    """Its own only: what a neighbour or the region above plans has its address there."""
    own = KickOff.published.filter(tenant=request.tenant)  # type: ignore[attr-defined]
    kick_off = get_object_or_404(own.select_related("meeting__concept"), pk=pk)
    rows = PublicDate.published.with_everything().select_related("tenant")  # type: ignore[attr-defined]
    return kick_off, get_object_or_404(rows, pk=kick_off.meeting.public_date_id)


@open_to_all
def kick_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    record, date = _found(pk, request)
    shown = calendar.date_page(date, request, timezone.localdate())
    values = {
        "kick_off": record,
        "shown": shown,
        "date": date,
        "address_lines": dates.address_lines(date.address) if date.address else [],
        "spoken": calendar.spoken_in_words(date.languages_spoken, request.lang),  # type: ignore[attr-defined]
        "results": pages.needs_named(record, Reader.of(request)),
        "as_of": timezone.localdate(record.changed_at),
        "crumbs": [(_("Dates"), addresses.public("calendar:month", request)), (shown.entry.title.text, "")],
    }
    return render(request, "planning/public/kick_off.html", values)


@open_to_all
def invitation_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One sheet in all languages in which there are words for it."""
    from quartierwerk.documents import pdf

    record, date = _found(pk, request)
    return HttpResponse(
        pdf.render(invitation(record, date, request)),
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="einladung.pdf"'},
    )
