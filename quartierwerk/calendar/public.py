import re
from functools import cache
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk.places.models import SocialSpace
from quartierwerk.rights import open_to_all
from quartierwerk.web import addresses

from . import closing, dates, ics, pages
from .document import date_poster, month_poster
from .models import PublicDate
from .register import Entry


@open_to_all
def month(request: HttpRequest) -> HttpResponse:
    """What takes place: a month as a grid, on phones as a list of days; or what comes next."""
    today = timezone.localdate()
    question = pages.Question.of(request, today)
    feed = _feed_address(request, question)
    poster = addresses.public("calendar:month_pdf", request)
    values = {
        "shown": pages.month_page(request, question, today),
        "question": question,
        "views": [
            (_("Month"), question.query(view=""), not question.is_list),
            (_("List"), question.query(view="list"), question.is_list),
        ],
        "list": pages.date_list(request, question, today) if question.is_list else None,
        "without_filters": question.query(quarter="", speaks=""),
        "feed": feed,
        "subscribe": re.sub("^https?:", "webcal:", feed),
        "poster": poster + question.query(view=""),
        "crumbs": [(_("Dates"), "")],
    }
    return render(request, "calendar/public/month.html", values)


@open_to_all
def date(request: HttpRequest, pk: UUID) -> HttpResponse:
    record = get_object_or_404(PublicDate.published.with_everything().select_related("tenant"), pk=pk)
    shown = pages.date_page(record, request, timezone.localdate())
    values = {
        "shown": shown,
        "date": record,
        "address_lines": dates.address_lines(record.address) if record.address else [],
        "spoken": pages.spoken_in_words(record.languages_spoken, request.lang),
        "as_of": timezone.localdate(record.changed_at),
        "crumbs": [(_("Dates"), addresses.public("calendar:month", request)), (shown.entry.title.text, "")],
    }
    return render(request, "calendar/public/date.html", values)


@open_to_all
def date_ics(request: HttpRequest, pk: UUID) -> HttpResponse:
    record = get_object_or_404(PublicDate.published.with_everything(), pk=pk)
    return _ics(request, record.title, [dates.entry_of(record, request)], "termin")


@open_to_all
def town_ics(request: HttpRequest) -> HttpResponse:
    """The whole town's calendar, to subscribe to."""
    found = pages.feed_entries(request, None, timezone.localdate())
    return _ics(request, request.tenant.name, found, request.tenant.slug)


@open_to_all
def quarter_ics(request: HttpRequest, pk: UUID) -> HttpResponse:
    space = get_object_or_404(SocialSpace.published.filter(tenant=request.tenant), pk=pk)
    found = pages.feed_entries(request, space.pk, timezone.localdate())
    return _ics(request, f"{space.name}, {request.tenant.name}", found, "quartier")


@open_to_all
def date_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One date as a sheet for the door and the notice board."""
    record = get_object_or_404(PublicDate.published.with_everything().select_related("tenant"), pk=pk)
    shown = pages.date_page(record, request, timezone.localdate())
    return _pdf(date_poster(shown, request), "termin")


@open_to_all
def month_pdf(request: HttpRequest) -> HttpResponse:
    """A month of the town or of a quarter as a poster."""
    today = timezone.localdate()
    question = pages.Question.of(request, today)
    return _pdf(month_poster(pages.month_page(request, question, today), request), f"{question.month:%Y-%m}")


def _ics(request: HttpRequest, name: str, found: list[Entry], file_name: str) -> HttpResponse:
    today = timezone.localdate()
    begins = [entry.rule.starts_on for entry in found if entry.rule.starts_on]
    first = max(min([today, *begins]), today.replace(year=today.year - 5, day=1))
    closed = closing.closed(request.tenant, first, today + 2 * ics.AHEAD)
    feed = ics.Feed(name, found, request.build_absolute_uri("/").rstrip("/"), request.lang)
    return HttpResponse(
        ics.written(feed, today, cache(closed.days)),
        content_type=ics.CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{file_name}.ics"'},
    )


def _pdf(sheet, file_name: str) -> HttpResponse:
    from quartierwerk.documents import pdf

    return HttpResponse(
        pdf.render(sheet),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{file_name}.pdf"'},
    )


def _feed_address(request: HttpRequest, question: pages.Question) -> str:
    path = (
        addresses.public("calendar:quarter_ics", request, pk=question.space)
        if question.space
        else addresses.public("calendar:town_ics", request)
    )
    return request.build_absolute_uri(f"{path}?also={question.also}" if question.also else path)
