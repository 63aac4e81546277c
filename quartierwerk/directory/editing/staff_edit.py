"""Entering and changing organisations and offers, with their places, times and contacts."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms.utils import ErrorDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from quartierwerk import rights, search
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses, editing
from quartierwerk.web.rows import Rows

from .. import kinds
from ..merging.following import follows_moves
from ..models import Offer, Organisation, RecordKind
from ..showing import with_places as showing
from . import duplicates
from .forms import AddressForm, OfferForm, OrganisationForm
from .rows import ContactForm, OfferTimeForm, OrganisationContactForm

# Names of buttons that ask for another page and save nothing: fields of another kind, one more row.
ASKING = ("show_kind", "more")


@dataclass
class Page:
    """Forms that stand or fall together."""

    main: Any
    address: AddressForm
    contacts: Rows
    times: Rows | None = None

    @property
    def forms(self) -> list:
        """All of them, in the order of the page."""
        return [self.main, *(self.times or ()), self.address, *self.contacts]

    def is_valid(self) -> bool:
        parts = [self.main, self.address, self.contacts, *([self.times] if self.times else [])]
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
        for rows in (self.times, self.contacts):
            if rows:
                rows.save(record, by=by, action=action)

    def without_faults(self) -> "Page":
        """The page with everything typed and no word about what is missing: nothing was to be saved yet."""
        for form in self.forms:
            if form.is_bound:
                form._errors = ErrorDict()
        return self


@needs("directory.write")
def add_offer(request):
    """First the kind, then its fields."""
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    if request.method != "POST" and kind not in kinds.KINDS:
        return render(request, "directory/staff/offer_kind.html", {"kinds": kinds.KINDS.values()})
    language = request.tenant.source_language
    chosen = kind if kind in kinds.KINDS else kinds.OfferKind.GENERAL
    return _edit_offer(request, Offer(language=language, kind=chosen))


@needs("directory.write")
@follows_moves(RecordKind.OFFER)
def edit_offer(request, pk):
    return _edit_offer(request, rights.find_or_404(request.person, "directory.write", Offer, pk))


def _edit_offer(request, record):
    data, new = request.POST or None, record._state.adding
    contacts = [] if new else list(record.contacts.all())
    page = Page(
        OfferForm(data, instance=record, by=request.person, reader=request.lang),
        AddressForm(data, instance=record.address),
        Rows(ContactForm, "contact", data, contacts, least=1, siblings=contacts),
        Rows(OfferTimeForm, "times", data, [] if new else record.schedules.all()),
    )
    named = None if new else (record.title, record.organisation_id)
    status, doubles = 200, []
    if data:
        status = 422
        if any(name in data for name in ASKING):
            page.without_faults()
        elif page.is_valid():
            doubles = [] if data.get("another") else _doubles_of_offer(page, named)
            if not doubles:
                try:
                    record = _save_offer(page, request.person)
                except editing.EditedMeanwhile:
                    status = 409
                else:
                    messages.success(request, _("Saved."))
                    return redirect(addresses.staff("directory_staff:offer", request, pk=record.pk))
    values = {"form": page.main, "page": page, "offer": record, "new": new, "doubles": doubles}
    return render(request, "directory/staff/offer_form.html", values, status=status)


def _doubles_of_offer(page: Page, named: tuple | None) -> list[duplicates.Double]:
    """Asked about where somebody enters or renames an offer, not at each further change."""
    offer = page.main.instance
    if named == (offer.title, offer.organisation_id):
        return []
    place = page.address.cleaned_data.get("street", "")
    typed = [form.instance for form in page.times or () if form.is_bound and not form.is_empty]
    return duplicates.of_offer(offer, place, duplicates.times_of(typed))


@transaction.atomic
def _save_offer(page: Page, by) -> Offer:
    record = editing.save(page.main, action="directory.write", by=by)
    page.save_hanging(record, by=by, action="directory.write")
    search.changed()
    return record


@needs("organisations.add")
def add_organisation(request):
    return _edit_organisation(request, Organisation(language=request.tenant.source_language))


@needs("organisations.write")
@follows_moves(RecordKind.ORGANISATION)
def edit_organisation(request, pk):
    record = rights.find_or_404(request.person, "organisations.write", Organisation, pk)
    return _edit_organisation(request, record)


def _edit_organisation(request, record):
    data, new = request.POST or None, record._state.adding
    contacts = [] if new else list(record.contacts.all())
    page = Page(
        OrganisationForm(data, instance=record, by=request.person, reader=request.lang),
        AddressForm(data, instance=record.address),
        Rows(OrganisationContactForm, "contact", data, contacts, least=1, siblings=contacts),
    )
    named = None if new else record.name
    status, doubles = 200, []
    if data:
        status = 422
        if any(name in data for name in ASKING):
            page.without_faults()
        elif page.is_valid():
            organisation = page.main.instance
            if not data.get("another") and named != organisation.name:
                doubles = duplicates.of_organisation(organisation)
            if not doubles:
                try:
                    _save_organisation(page, request.person)
                except editing.EditedMeanwhile:
                    status = 409
                else:
                    messages.success(request, _("Saved."))
                    return redirect(addresses.staff("directory_staff:organisations", request))
    may_invite = not new and may(request.person, "people.invite_editor", record)
    values = {
        "form": page.main, "page": page, "organisation": record, "new": new, "doubles": doubles,
        "may_invite_editor": may_invite, "may_merge": not new and may(request.person, "directory.merge", record),
    }  # fmt: skip
    return render(request, "directory/staff/organisation_form.html", values, status=status)


@transaction.atomic
def _save_organisation(page: Page, by) -> Organisation:
    action = "organisations.add" if page.main.instance._state.adding else "organisations.write"
    record = editing.save(page.main, action=action, by=by)
    page.save_hanging(record, by=by, action="organisations.write")
    search.changed()
    return record
