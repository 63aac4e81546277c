from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quartierwerk import rights
from quartierwerk.chain import panel
from quartierwerk.chain.register import Reader
from quartierwerk.languages.register import kind_of
from quartierwerk.rights import may, needs
from quartierwerk.translating.pages import original_url, record_url
from quartierwerk.web import addresses

from .. import actions, kinds, topics
from ..checking import actions as checks
from ..checking import notes
from ..checking.need import publication_needs_check
from ..merging.following import follows_moves
from ..models import Offer, Organisation, RecordKind, Registration
from . import staff_pages
from .listing import OfferFilter, beginning

PER_PAGE = 50


@needs("directory.read")
def offers(request):
    """All offers of the municipality, drafts included, by name."""
    asked = OfferFilter(request.GET)
    rows = asked.rows(request.person).select_related("organisation", "space")
    values = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "filter": asked,
        "may_add": may(request.person, "directory.write"),
        "may_bulk_edit": may(request.person, "directory.bulk_edit"),
    }
    return render(request, "directory/staff/offers.html", values)


def _waiting(request, offer: Offer) -> int | None:
    """How many wait for a place; None where nobody is asked to, or it is not this person's to know."""
    if offer.kind not in kinds.WITH_WAITING_LIST or not may(request.person, "directory.registrations", offer):
        return None
    return offer.registrations.filter(state=Registration.State.WAITING).count()


@needs("directory.read")
@follows_moves(RecordKind.OFFER)
def offer(request, pk):
    """One offer as staff see it: state, texts, languages, history."""
    return _offer_page(request, "directory.read", pk)


def _offer_page(request, action, pk, status=200, **more):
    rows = Offer.objects.with_everything().select_related("picture")
    rows = rows.prefetch_related("schedules", "held_at__location__address")
    record = rights.find_or_404(request.person, action, rows, pk)
    noted = notes.of(record, may(request.person, "directory.check_changes", record))
    values = {
        "offer": record,
        "facts": staff_pages.offer_facts(record, timezone.localdate()),
        "topics": topics.known(record.topics),
        "may_write": may(request.person, "directory.write", record),
        "original_url": original_url(kind_of(record), record, request),
        "registrations": _waiting(request, record),
        "may_publish": may(request.person, "directory.publish", record),
        "may_merge": may(request.person, "directory.merge", record),
        "publishing_waits": publication_needs_check(record, request.person),
        "publishing_asked": any(one.what == "publish" for one in noted["waiting"]),
        **noted,
        "may_translate": may(request.person, "texts.translate", record),
        "panel": panel.of(record, Reader.of(request)),
        **more,
    }
    return render(request, "directory/staff/offer.html", values, status=status)


@needs("directory.publish")
@require_POST
def publish(request, pk):
    record = rights.find_or_404(request.person, "directory.publish", Offer, pk)
    waits = publication_needs_check(record, request.person)
    try:
        if waits:
            checks.ask_to_publish(record, by=request.person)
        else:
            actions.publish_offer(record, by=request.person)
    except actions.IncompleteOffer as refusal:
        return _offer_page(request, "directory.publish", pk, status=422, missing=refusal.missing)
    if waits:
        messages.success(
            request, _("Sent. It shows as soon as somebody of the municipality has looked at it.")
        )
    else:
        messages.success(request, _("The offer is public from now on."))
    return redirect(addresses.staff("directory_staff:offer", request, pk=pk))


@needs("directory.publish")
@require_POST
def withdraw(request, pk):
    record = rights.find_or_404(request.person, "directory.publish", Offer, pk)
    actions.withdraw_offer(record, by=request.person)
    messages.success(request, _("The offer is no longer public. It can be published again at any time."))
    return redirect(addresses.staff("directory_staff:offer", request, pk=pk))


@needs("organisations.read")
def organisations(request):
    rows = rights.visible(request.person, "organisations.read", Organisation.objects.all())
    begins = request.GET.get("q", "").strip()
    rows = beginning(rows, begins)
    rows = rows.select_related("space").order_by("sort_key", "pk")
    page, kind = Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), kind_of(Organisation())
    values = {
        "page": page,
        # Who may not open an organisation's page gets to its texts, or reads its line.
        "entries": [
            (one, record_url(kind, one, request) or original_url(kind, one, request)) for one in page
        ],
        "begins": begins,
        "may_add": may(request.person, "organisations.add"),
        "may_mail": may(request.person, "directory.mail"),
    }
    return render(request, "directory/staff/organisations.html", values)
