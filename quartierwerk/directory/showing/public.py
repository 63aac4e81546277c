import segno
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import escape
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from quartierwerk.chain import panel
from quartierwerk.chain.register import Reader
from quartierwerk.rights import open_to_all
from quartierwerk.web import addresses

from ..finding import beside, choices, gathering, hits, maps, pages, quarters, unchanged
from ..finding import words as finding
from ..finding.question import Question
from ..finding.wish_words import wish_of
from ..merging.following import follows_moves
from ..models import Offer, RecordKind
from . import actor_pages, contact_cards, offer_page, timetable, visits
from .sheet import offer_sheet


def _drawn(svg: str | None):
    return mark_safe(svg) if svg else ""  # noqa: S308 - drawn by us, words in it escaped


@open_to_all
def offers(request):
    """Search and list of offers; an empty answer still has ways on."""
    question = Question.of(request)
    now = gathering.stamp_of_today()
    stamp, catalogue = gathering.catalogue_of(request.tenant, now)

    def page():
        town = quarters.of(request.tenant, now)
        found = finding.offers(question.words, request) if question.words else None
        shown = pages.offer_list(request, question, found, catalogue, town.rows)
        values = {
            "list": shown,
            "switched": [(name, "1") for name in choices.SWITCHES if getattr(question, name)],
            "wish": wish_of(request, question, shown.quarters),
            "missing_url": addresses.public("directory:missing", request) + question.query(),
            "map": _drawn(maps.of_offers(shown.points, town.ground)),
            "beside": beside.found(question.words, request) if shown.page.number == 1 else [],
            "crumbs": [(_("Offers"), "")],
        }
        return render(request, "directory/public/offers.html", values)

    minute = f"{timezone.localtime():%H:%M}" if question.open else ""
    return unchanged.answer(request, (stamp, minute, finding.state() if question.words else ""), page)


def code_of(request):
    """The page's address as a QR code, for the printed sheet."""
    address = request.build_absolute_uri(request.path)
    drawn = segno.make(address, error="m").svg_inline(scale=3, border=2, svgclass=None, lineclass=None)
    label = escape(_("QR code of this page"))
    return mark_safe(drawn.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1))  # noqa: S308


def find_offer(pk) -> Offer:
    """A public offer with everything its page prints. Raises Http404."""
    found = Offer.published.with_everything().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@open_to_all
@follows_moves(RecordKind.OFFER)
def offer(request, pk):
    record = find_offer(pk)
    shown = offer_page.of(record, request)
    visits.count(request, record)
    values = {
        "shown": shown,
        "offer": record,
        "freshness": hits.freshness(record, shown.today),
        "has_cards": any(contact_cards.has_card(contact) for contact in record.contacts.all()),
        "code": code_of(request),
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
@follows_moves(RecordKind.OFFER)
def offer_pdf(request, pk):
    """The offer on one accessible sheet."""
    from quartierwerk.documents import pdf

    shown = offer_page.of(find_offer(pk), request, whole=False)
    return _file(
        pdf.render(offer_sheet(shown, request)),
        "application/pdf",
        shown.texts["title"].text,
        "pdf",
        inline=True,
    )


@open_to_all
@follows_moves(RecordKind.OFFER)
def offer_dates(request, pk):
    """The offer's dates for one's own calendar."""
    record = find_offer(pk)
    text = timetable.as_calendar(record, request, timezone.localdate())
    if not text:
        raise Http404
    return _file(text, "text/calendar; charset=utf-8", record.title, "ics")


@open_to_all
@follows_moves(RecordKind.OFFER)
def offer_contacts(request, pk):
    """Functions one can reach, for one's own address book."""
    record = find_offer(pk)
    text = contact_cards.of_offer(record, request)
    if not text:
        raise Http404
    return _file(text, "text/vcard; charset=utf-8", record.title, "vcf")


def _file(content, kind: str, title: str, ending: str, *, inline: bool = False) -> HttpResponse:
    # In its own script: of an Arabic title only a digit would be left.
    name = slugify(title, allow_unicode=True)[:60] or "angebot"
    where = str(content_disposition_header(not inline, f"{name}.{ending}"))
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": where})


@open_to_all
def actors(request):
    values = {"page": actor_pages.actors(request), "crumbs": [(_("Places and groups"), "")]}
    return render(request, "directory/public/actors.html", values)


@open_to_all
@follows_moves(RecordKind.ORGANISATION)
def actor(request, pk):
    record = actor_pages.find(pk)
    if record is None:
        raise Http404
    values = {
        "shown": actor_pages.actor(record, request),
        "actor": record,
        "address_lines": offer_page.address_lines(record.address) if record.address else [],
        "spoken": hits.names_of(record.languages_spoken, request.lang),
        "crumbs": [
            (_("Places and groups"), addresses.public("directory:actors", request)),
            (record.name, ""),
        ],
    }
    return render(request, "directory/public/actor.html", values)
