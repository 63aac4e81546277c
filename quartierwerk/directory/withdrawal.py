"""A contact person took back the consent to be named: the name goes at once, the offer stays."""

from uuid import UUID

from quartierwerk import journal
from quartierwerk.privacy import history
from quartierwerk.rights import Person

from .models import Contact
from .records import forget_person


def forget_contact(subject: UUID, by: Person) -> None:
    with history.marked():  # the next nightly run takes the name out of the history too
        for contact in Contact.objects.filter(account_id=subject):
            forget_person(contact)
            journal.record("contact person removed", contact, by=by, fields=["name", "phone", "email"])
