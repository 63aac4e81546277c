"""The directory's maps: quarters of the municipality, numbered points for what the list shows."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quartierwerk.documents import maps as drawing
from quartierwerk.places.models import SocialSpace
from quartierwerk.web import addresses

from ..models import Offer
from .entries import Entry


def _areas(request, *, linked: bool) -> list[drawing.Area]:
    quarters = SocialSpace.published.filter(tenant=request.tenant, kind=SocialSpace.Kind.QUARTER)
    spaces = quarters.on(timezone.localdate()).exclude(outline=None)
    offers = addresses.public("directory:offers", request)
    return [
        drawing.Area(
            name=space.name,
            outline=drawing.outline_of(space.outline),
            link=f"{offers}?quarter={space.pk}" if linked else "",
            link_name=_("Offers in %(quarter)s") % {"quarter": space.name} if linked else "",
        )
        for space in spaces
    ]


def of_quarters(request) -> str | None:
    """All quarters as links to their offers; None where nobody drew outlines."""
    areas = _areas(request, linked=True)
    if not areas:
        return None
    return drawing.draw(
        areas,
        title=_("Quarters of %(town)s") % {"town": request.tenant.name},
        finding=_("Choose a quarter to see its offers."),
    )


def of_offers(points: list[tuple[int, Entry, str]], ground: drawing.Ground | None) -> str | None:
    if not points or ground is None:
        return None
    places = [
        drawing.Place(
            number=number,
            at=(offer.address.longitude, offer.address.latitude),
            name=offer.title,
            link=url,
        )
        for number, offer, url in points
    ]
    finding = ngettext("%(count)s offer on the map", "%(count)s offers on the map", len(points)) % {
        "count": len(points)
    }
    return drawing.draw(ground, title=_("Map of the offers"), finding=finding, places=places)


def of_offer(offer: Offer, request) -> str | None:
    areas = _areas(request, linked=False)
    if not areas or not offer.address or not offer.address.has_coordinates:
        return None
    place = drawing.Place(
        number=1, at=(offer.address.longitude, offer.address.latitude), name=str(offer.address)
    )
    return drawing.draw(areas, title=_("Where it is"), finding=str(offer.address), places=[place])
