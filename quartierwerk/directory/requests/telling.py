"""Telling providers and the office what visitors left: a link and no word of the person who wrote."""

import hashlib

from django.urls import reverse

from quartierwerk.messages import sending
from quartierwerk.people.models import Membership
from quartierwerk.rights import Role

from ..models import Offer, Wish


def tell_provider(request, offer: Offer, kind: str, key: str, page: str = "offer") -> bool:
    """To the offer's own mail address, else to that of the organisation; False where there is none."""
    own = [contact.email for contact in offer.contacts.model.objects.filter(offer=offer) if contact.email]
    to = own[0] if own else offer.organisation.email
    if not to:
        return False
    _send(offer.tenant, kind, to, f"{key} provider", _page_of(request, offer, page))
    return True


def tell_office(tenant, kind: str, key: str, link: str) -> None:
    """To the coordinators, and to the office's own address where there is one."""
    found = Membership.objects.filter(tenant=tenant, role=Role.COORDINATOR, account__is_active=True)
    for to in sorted({*found.values_list("account__email", flat=True), tenant.contact_email} - {""}):
        number = "office" if to == tenant.contact_email else "coordinator"
        _send(tenant, kind, to, f"{key} {number} {_short(to)}", link)


def tell_both(request, offer: Offer, kind: str, key: str) -> None:
    tell_provider(request, offer, kind, key)
    tell_office(offer.tenant, kind, key, _page_of(request, offer))


def tell_of_wish(request, wish: Wish) -> None:
    link = request.build_absolute_uri(reverse("staff-today", kwargs={"tenant": wish.tenant.slug}))
    tell_office(wish.tenant, "wish", f"wish {wish.pk}", link)


def _page_of(request, offer: Offer, page: str = "offer") -> str:
    return request.build_absolute_uri(
        reverse(f"directory_staff:{page}", kwargs={"tenant": offer.tenant.slug, "pk": offer.pk})
    )


def _send(tenant, kind: str, to: str, key: str, link: str) -> None:
    sending.send(kind, to=to, lang=tenant.source_language, key=key, context={"link": link})


def _short(address: str) -> str:
    """Tells recipients apart within a key, which outlives the mail, without naming them."""
    return hashlib.sha256(address.encode()).hexdigest()[:8]
