from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from quartierwerk.chain import panel
from quartierwerk.chain.register import Reader
from quartierwerk.rights import open_to_all
from quartierwerk.uploads.models import Picture
from quartierwerk.uploads.pages import picture_beside
from quartierwerk.web import addresses

from . import finding, maps, pages
from .document import address_lines, offer_sheet
from .models import Offer, Organisation


def _drawn(svg: str | None):
    return mark_safe(svg) if svg else ""  # noqa: S308 - drawn by us, words in it escaped


@open_to_all
def offers(request):
    """Search and list of offers; an empty answer still has three ways on."""
    question = pages.Question.of(request)
    found = finding.offers(question.words, request) if question.words else None
    shown = pages.offer_list(request, timezone.localdate(), found)
    values = {
        "list": shown,
        "map": _drawn(maps.of_offers(shown.points, request)),
        "crumbs": [(_("Offers"), "")],
    }
    return render(request, "directory/public/offers.html", values)


@open_to_all
def offer(request, pk):
    record = get_object_or_404(Offer.published.with_everything(), pk=pk)
    shown = pages.offer_page(record, request, timezone.localdate())
    values = {
        "shown": shown,
        "offer": record,
        "address_lines": address_lines(record) if record.address else [],
        "spoken": pages.names_of(record.languages_spoken, request.lang),
        "unknown": _("not known yet"),
        "as_of": timezone.localdate(record.changed_at),
        "map": _drawn(maps.of_offer(record, request)),
        "panel": panel.of(record, Reader.of(request)),
        "crumbs": [
            (_("Offers"), addresses.public("directory:offers", request)),
            (shown.texts["title"].text, ""),
        ],
    }
    return render(request, "directory/public/offer.html", values)


@open_to_all
def offer_pdf(request, pk):
    """The offer on one accessible sheet."""
    from quartierwerk.documents import pdf

    record = get_object_or_404(Offer.published.with_everything(), pk=pk)
    shown = pages.offer_page(record, request, timezone.localdate())
    sheet = offer_sheet(shown, request)
    # In its own script: of an Arabic title only a digit would be left.
    name = slugify(shown.texts["title"].text, allow_unicode=True)[:60] or "angebot"
    return HttpResponse(
        pdf.render(sheet),
        content_type="application/pdf",
        headers={"Content-Disposition": str(content_disposition_header(False, f"{name}.pdf"))},
    )


@open_to_all
def actors(request):
    return render(
        request,
        "directory/public/actors.html",
        {"page": pages.actors(request), "crumbs": [(_("Places and groups"), "")]},
    )


@open_to_all
def actor(request, pk):
    record = get_object_or_404(Organisation.published.select_related("address", "space").with_texts(), pk=pk)
    texts = pages.showing.show_all(record, request.lang)
    values = {
        "actor": record,
        "texts": texts,
        "picture": picture_beside(record, texts["about"], Picture.published.all()),
        "hits": pages.offers_of(record, request, timezone.localdate()),
        "crumbs": [
            (_("Places and groups"), addresses.public("directory:actors", request)),
            (record.name, ""),
        ],
    }
    return render(request, "directory/public/actor.html", values)
