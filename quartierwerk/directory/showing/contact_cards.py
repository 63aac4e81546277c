"""The functions of an offer as cards for an address book: no person's name ever."""

from quartierwerk.web import addresses

from ..models import Offer
from .vcards import Card, cards


def of_offer(offer: Offer, request) -> str:
    """vCard text, empty where there is no function to reach."""
    address = offer.address
    page = request.build_absolute_uri(addresses.public("directory:offer", request, pk=offer.pk))
    found = [
        Card(
            uid=str(contact.pk),
            function=contact.function,
            organisation=offer.organisation.name,
            phone=contact.phone,
            email=contact.email,
            hours=contact.hours,
            street=address.street if address else "",
            postcode=address.postcode if address else "",
            town=address.town if address else "",
            url=page,
        )
        for contact in offer.contacts.all()
        if has_card(contact)
    ]
    return cards(found)


def has_card(contact) -> bool:
    """A function somebody holds may be saved; who is named belongs to herself."""
    return not contact.name and bool(contact.phone or contact.email)
