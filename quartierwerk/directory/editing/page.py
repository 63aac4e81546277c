"""The forms of one record: it, its place, its times and contacts. They stand or fall together."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.forms.utils import ErrorDict

from quartierwerk import search
from quartierwerk.rights import Person
from quartierwerk.web import editing
from quartierwerk.web.rows import Rows

from ..models import Offer, Organisation
from ..showing import with_places as showing
from .forms import AddressForm, OfferForm, OrganisationForm
from .rows import ContactForm, OfferTimeForm, OrganisationContactForm


@dataclass
class Page:
    main: Any
    address: AddressForm
    contacts: Rows
    times: Rows | None = None

    @property
    def forms(self) -> list:
        """All of them, in the order of the page."""
        return [self.main, *(self.times or ()), self.address, *self.contacts]

    @property
    def rows(self) -> list[Rows]:
        return [rows for rows in (self.times, self.contacts) if rows is not None]

    def is_valid(self) -> bool:
        parts = [self.main, self.address, *self.rows]
        return False not in [part.is_valid() for part in parts]

    def save_hanging(self, record, *, by, action: str) -> None:
        """Place, times and contacts of a record just saved."""
        address = self.address
        if not address.instance._state.adding or not address.is_empty:
            address.instance.visibility, address.instance.space_id = record.visibility, record.space_id
            place = editing.save(address, action=action, by=by, through=record)
            if record.address_id != place.pk:
                record.address = place
                record.save(update_fields=["address", "changed_at"])
            showing.places_follow([place.pk])
        for rows in self.rows:
            rows.save(record, by=by, action=action)

    def without_faults(self) -> "Page":
        """The page with everything typed and no word about what is missing: nothing was to be saved yet."""
        for form in self.forms:
            if form.is_bound:
                form._errors = ErrorDict()
        return self


def of_offer(record: Offer, data: Any, *, by: Person, reader: str) -> Page:
    new = record._state.adding
    contacts = [] if new else list(record.contacts.all())
    return Page(
        OfferForm(data, instance=record, by=by, reader=reader),
        AddressForm(data, instance=record.address),
        Rows(ContactForm, "contact", data, contacts, least=1, siblings=contacts),
        Rows(OfferTimeForm, "times", data, [] if new else record.schedules.all()),
    )


def of_organisation(record: Organisation, data: Any, *, by: Person, reader: str) -> Page:
    contacts = [] if record._state.adding else list(record.contacts.all())
    return Page(
        OrganisationForm(data, instance=record, by=by, reader=reader),
        AddressForm(data, instance=record.address),
        Rows(OrganisationContactForm, "contact", data, contacts, least=1, siblings=contacts),
    )


@transaction.atomic
def save_offer(page: Page, by: Person) -> Offer:
    """Raises EditedMeanwhile, Refused."""
    record = editing.save(page.main, action="directory.write", by=by)
    page.save_hanging(record, by=by, action="directory.write")
    search.changed()
    return record


@transaction.atomic
def save_organisation(page: Page, by: Person) -> Organisation:
    """Raises EditedMeanwhile, Refused."""
    action = "organisations.add" if page.main.instance._state.adding else "organisations.write"
    record = editing.save(page.main, action=action, by=by)
    page.save_hanging(record, by=by, action="organisations.write")
    search.changed()
    return record
