from django.db import transaction
from django.utils import timezone

from quartierwerk import journal, rights, search
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility

from . import rules
from .checking.need import publication_needs_check
from .models import Offer, Organisation, PendingChange
from .showing import with_places as showing


class IncompleteOffer(ValueError):
    """An offer that visitors could not use yet; `missing` names its gaps as in rules.py."""

    def __init__(self, missing: list[str]):
        super().__init__(", ".join(missing))
        self.missing = missing


@transaction.atomic
def publish_offer(offer: Offer, *, by: Person) -> Offer:
    """Show an offer to visitors, with its place and who offers it. Raises IncompleteOffer, Refused."""
    offer = _locked(offer)
    rights.require(by, "directory.publish", offer)
    if publication_needs_check(offer, by):
        raise rights.Refused("directory.check_changes")
    require_complete(offer)
    if offer.organisation.visibility != Visibility.PUBLIC:
        _publish_organisation(offer.organisation, by=by)
    offer.published_at = offer.published_at or timezone.now()
    showing.show_with_place(offer, Visibility.PUBLIC, also=("published_at",))
    _asked_for(offer, by)
    journal.record("offer published", offer, by=by)
    search.changed()
    return offer


def _asked_for(offer: Offer, by: Person) -> None:
    """That its editor waited for this is done with."""
    asked = offer.pending_changes.filter(
        what=PendingChange.What.PUBLISH, decision=PendingChange.Decision.OPEN
    )
    asked.update(
        decision=PendingChange.Decision.ACCEPTED, decided_by=by.account_id, decided_at=timezone.now()
    )


def require_complete(offer: Offer) -> None:
    """Raises IncompleteOffer where visitors could not use the offer."""
    if missing := missing_in(offer):
        raise IncompleteOffer(missing)


def missing_in(offer: Offer) -> list[str]:
    """What visitors would miss if this offer were public; empty where it is ready."""
    contacts = [way for contact in offer.contacts.all() for way in (contact.phone, contact.email)]
    ways = [*contacts, offer.website, offer.organisation.phone, offer.organisation.email]
    may_be_named = offer.organisation.visibility not in (Visibility.PRIVATE, Visibility.SPACE)
    return rules.missing_before_publication(offer.title, may_be_named, ways)


def _locked(offer: Offer) -> Offer:
    """As it stands now. Who takes the last phone number away or hides the organisation waits for us, or we for her."""
    locked = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    locked.organisation = Organisation.objects.select_for_update(no_key=True).get(pk=locked.organisation_id)
    return locked


def _publish_organisation(organisation: Organisation, *, by: Person) -> None:
    """Visitors read an offer only with who offers it; the right to publish the offer covers this."""
    showing.show_with_place(organisation, Visibility.PUBLIC)
    journal.record("organisation published", organisation, by=by)


@transaction.atomic
def withdraw_offer(offer: Offer, *, by: Person) -> Offer:
    """Take an offer off the public pages; it stays with the staff and can be published again.

    Its organisation stays public: it is an actor of the place also without an offer.
    """
    offer = _locked(offer)
    rights.require(by, "directory.publish", offer)
    showing.show_with_place(offer, Visibility.TENANT)
    journal.record("offer withdrawn", offer, by=by)
    search.changed()
    return offer
