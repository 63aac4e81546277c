"""The list of those who asked for a place, for whoever keeps the offer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from quartierwerk import rights
from quartierwerk.languages import tags
from quartierwerk.rights import needs
from quartierwerk.web import addresses

from ..models import Offer
from . import registrations

PER_PAGE = 50
# Who waits first, then who has a place, then the rest.
IN_ORDER = Case(When(state="waiting", then=0), When(state="placed", then=1), default=2)


@never_cache
@needs("directory.registrations")
def registered(request, pk):
    """Who waits, in the order in which they asked, then who was decided on."""
    offer = rights.find_or_404(request.person, "directory.registrations", Offer, pk)
    rows = offer.registrations.order_by(IN_ORDER, "asked_at", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    values = {
        "offer": offer,
        "page": page,
        "rows": [(row, tags.name(row.language, request.lang)) for row in page],
        "is_full": registrations.is_full(offer.seats, offer.seats_taken),
        "crumbs": [
            (_("Offers"), addresses.staff("directory_staff:offers", request)),
            (offer.title, addresses.staff("directory_staff:offer", request, pk=pk)),
            (_("Registrations"), ""),
        ],
    }
    return render(request, "directory/staff/registrations.html", values)


def _decide(request, pk, registration, decision):
    offer = rights.find_or_404(request.person, "directory.registrations", Offer, pk)
    row = get_object_or_404(offer.registrations, pk=registration)
    try:
        decision(row, by=request.person)
    except registrations.NoPlaceLeft:
        messages.error(request, _("All places are taken. Free one first, or enter more places."))
    except registrations.NotWaiting:
        messages.warning(
            request, _("Somebody else decided meanwhile, or the person withdrew. Nothing was changed.")
        )
    else:
        messages.success(request, _("Noted. Who left a mail address is told."))
    return redirect(addresses.staff("directory_staff:registrations", request, pk=pk))


@needs("directory.registrations")
@require_POST
def give_place(request, pk, registration):
    return _decide(request, pk, registration, registrations.give_place)


@needs("directory.registrations")
@require_POST
def decline(request, pk, registration):
    return _decide(request, pk, registration, registrations.decline)


@needs("directory.registrations")
@require_POST
def free_place(request, pk, registration):
    return _decide(request, pk, registration, registrations.free_place)
