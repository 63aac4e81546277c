"""Giving places in courses, groups and sport: never one more than there are, whoever presses the button at once."""

from django.db import transaction
from django.utils import timezone

from quartierwerk import journal, rights, search
from quartierwerk.messages import sending
from quartierwerk.rights import Person
from quartierwerk.web import reach

from .. import rules
from ..models import Offer, Registration


class NoPlaceLeft(ValueError):
    """All places are taken; nobody was told anything."""


class NotWaiting(ValueError):
    """Somebody decided meanwhile, or the person withdrew."""


def is_full(seats: int | None, taken: int | None) -> bool:
    """Without a number of places there is always one more."""
    return rules.free_seats(seats, taken) == 0


@transaction.atomic
def give_place(registration: Registration, *, by: Person) -> Registration:
    """The person has a place, and a mail that says so where she left an address. Raises NoPlaceLeft, NotWaiting."""
    offer, row = _locked(registration, by)
    if is_full(offer.seats, offer.seats_taken):
        raise NoPlaceLeft
    if offer.seats is not None:
        offer.seats_taken = (offer.seats_taken or 0) + 1
        offer.save(update_fields=["seats_taken", "changed_at"])
    _decide(row, Registration.State.PLACED, "place given", by)
    search.changed()
    return row


@transaction.atomic
def decline(registration: Registration, *, by: Person) -> Registration:
    """No place for this person. Raises NotWaiting."""
    _offer, row = _locked(registration, by)
    _decide(row, Registration.State.DECLINED, "registration declined", by)
    return row


@transaction.atomic
def free_place(registration: Registration, *, by: Person) -> Registration:
    """Who had a place does not come: the place is free for the next one. Raises NotWaiting where there was none."""
    offer, row = _locked(registration, by, Registration.State.PLACED)
    give_back(offer)
    row.state, row.last_contact_at = Registration.State.WITHDRAWN, timezone.now()
    row.save(update_fields=["state", "last_contact_at"])
    journal.record("place freed", row, by=by)
    return row


def give_back(offer: Offer) -> None:
    """One place of a locked offer is free again."""
    if offer.seats_taken:
        offer.seats_taken -= 1
        offer.save(update_fields=["seats_taken", "changed_at"])
        search.changed()


def _locked(
    registration: Registration, by: Person, state: str = Registration.State.WAITING
) -> tuple[Offer, Registration]:
    """Offer first, so that two decisions about two people of one course wait for each other."""
    offer = Offer.objects.select_for_update(no_key=True).get(pk=registration.offer_id)
    rights.require(by, "directory.registrations", offer)
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if row.state != state:
        raise NotWaiting
    return offer, row


def _decide(row: Registration, state: str, event: str, by: Person) -> None:
    row.state, row.last_contact_at = state, timezone.now()
    row.save(update_fields=["state", "last_contact_at"])
    journal.record(event, row, by=by)
    if reach.is_mail(row.reach):
        sending.send(
            event, to=row.reach, lang=row.language, key=f"{event} {row.pk} {row.last_contact_at.isoformat()}"
        )
