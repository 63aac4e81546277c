"""What kept somebody from using an offer: reported without an account, shown with the offer until it is cleared."""

from django.db import transaction

from quartierwerk import journal
from quartierwerk.people import throttling
from quartierwerk.tenants import scope

from ..models import Offer, OfferBarrier
from .insults import is_insulting
from .telling import tell_both


def report(request, offer: Offer, *, kind: str, text: str = "", by_staff: bool = False) -> OfferBarrier:
    """Keep what stood in the way and tell provider and coordinators. Raises TooMany.

    Insulting words wait for the staff; that something stood in the way counts and shows all the same.
    """
    if not by_staff:
        throttling.count(request, "offer_barrier")
        throttling.count_for_place(request, "offer_barrier_place")
    with scope.entered(scope.staff(offer.tenant)), transaction.atomic():
        barrier = OfferBarrier.objects.create(
            offer=offer,
            kind=kind,
            text=text,
            language=request.lang,
            held=is_insulting(text),
            shown=True,
            on_behalf_of_staff=by_staff,
        )
        journal.record("barrier of an offer reported", barrier, by=request.person)
        tell_both(request, offer, "offer could not be used", f"offer barrier {barrier.pk}")
    return barrier


def shown_with(offer: Offer) -> list[OfferBarrier]:
    """What still stands in the way, each kind once, newest first."""
    found: dict[str, OfferBarrier] = {}
    for barrier in OfferBarrier.published.filter(offer=offer, cleared_at=None).order_by("-reported_at"):
        found.setdefault(barrier.kind, barrier)
    return list(found.values())
