"""Organisations and offers of the example town: all invented, in several languages, some with gaps to mend."""

import json
from pathlib import Path

from django.utils import timezone

from quartierwerk.languages.states import TranslationState
from quartierwerk.places.models import Address, SocialSpace
from quartierwerk.tenants import example
from quartierwerk.tenants.models import Tenant, Visibility

from .models import Contact, Offer, OfferText, Organisation


@example.part(order=50)
def offers(town: Tenant) -> None:
    path = Path(__file__).parent / "data" / f"example_{town.slug}.json"
    if not path.exists():
        return
    spaces = {space.name: space for space in SocialSpace.objects.all()}
    for entry in json.loads(path.read_text()):
        space = spaces.get(entry.get("quarter", ""))
        organisation = Organisation.objects.create(
            name=entry["name"],
            about=entry.get("about", ""),
            phone=entry.get("phone", ""),
            email=entry.get("email", ""),
            space=space,
            visibility=Visibility.PUBLIC,
        )
        for offer in entry["offers"]:
            _offer(organisation, offer, spaces, space)


def _offer(organisation: Organisation, entry: dict, spaces: dict, space) -> None:
    space = spaces.get(entry.get("quarter", ""), space)
    place = None
    if street := entry.get("street"):
        place = Address.objects.create(
            name=entry.get("place", ""),
            street=street,
            postcode=entry.get("postcode", ""),
            town=organisation.tenant.name,
            latitude=entry.get("at", [None, None])[0],
            longitude=entry.get("at", [None, None])[1],
            space=space,
            visibility=Visibility.PUBLIC,
        )
    is_public = entry.get("public", True)
    offer = Offer.objects.create(
        organisation=organisation,
        title=entry["title"],
        description=entry.get("description", ""),
        hours=entry.get("hours", ""),
        cost=entry.get("cost", ""),
        languages_spoken=entry.get("speaks", []),
        address=place,
        space=space,
        visibility=Visibility.PUBLIC if is_public else Visibility.TENANT,
        published_at=timezone.now() if is_public else None,
    )
    if contact := entry.get("contact"):
        Contact.objects.create(offer=offer, **contact)
    for language, texts in entry.get("texts", {}).items():
        OfferText.objects.bulk_create(
            OfferText(
                record=offer,
                text_name=name,
                language=language,
                text=text,
                state=TranslationState.MACHINE,
                source_text=getattr(offer, name),
                origin="team, unreviewed",
            )
            for name, text in texts.items()
        )
