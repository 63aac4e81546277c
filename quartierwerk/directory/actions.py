from django.db import transaction
from django.utils import timezone

from quartierwerk import journal, rights, search
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility

from . import rules
from .models import Offer


class IncompleteOffer(ValueError):
    """An offer that visitors could not use yet; `missing` names its gaps as in rules.py."""

    def __init__(self, missing: list[str]):
        super().__init__(", ".join(missing))
        self.missing = missing


@transaction.atomic
def publish_offer(offer: Offer, *, by: Person) -> Offer:
    """Show an offer to visitors. Raises IncompleteOffer, Refused."""
    rights.require(by, "directory.publish", offer)
    contacts = [way for contact in offer.contacts.all() for way in (contact.phone, contact.email)]
    ways = [*contacts, offer.website, offer.organisation.phone, offer.organisation.email]
    if missing := rules.missing_before_publication(offer.title, offer.organisation_id is not None, ways):
        raise IncompleteOffer(missing)
    offer.visibility = Visibility.PUBLIC
    offer.published_at = offer.published_at or timezone.now()
    offer.save(update_fields=["visibility", "published_at", "changed_at"])
    journal.record("offer published", offer, by=by)
    search.changed()
    return offer


@transaction.atomic
def withdraw_offer(offer: Offer, *, by: Person) -> Offer:
    """Take an offer off the public pages; it stays with the staff and can be published again."""
    rights.require(by, "directory.publish", offer)
    offer.visibility = Visibility.TENANT
    offer.save(update_fields=["visibility", "changed_at"])
    journal.record("offer withdrawn", offer, by=by)
    search.changed()
    return offer
