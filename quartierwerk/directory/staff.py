from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quartierwerk import rights, search
from quartierwerk.chain import panel
from quartierwerk.chain.register import Reader
from quartierwerk.languages.names import plain, sort_range
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses, editing

from . import actions, showing
from .forms import AddressForm, ContactForm, OfferForm, OrganisationForm
from .models import Offer, Organisation

PER_PAGE = 50


def _beginning(rows, typed: str):
    """A range on the sort key, which finds the index also behind the wall; `like` would not."""
    if not plain(typed):
        return rows
    low, high = sort_range(typed)
    return rows.filter(sort_key__gte=low, sort_key__lt=high)


@needs("directory.read")
def offers(request):
    """All offers of the municipality, drafts included, by name."""
    rows = rights.visible(request.person, "directory.read", Offer.objects.all())
    begins = request.GET.get("q", "").strip()
    rows = _beginning(rows, begins)
    rows = rows.select_related("organisation", "space").order_by("sort_key", "pk")
    values = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "begins": begins,
        "may_add": may(request.person, "directory.write"),
        "may_import": may(request.person, "directory.import"),
    }
    return render(request, "directory/staff/offers.html", values)


@needs("directory.write")
def add_offer(request):
    return _edit_offer(request, Offer(language=request.tenant.source_language))


@needs("directory.read")
def offer(request, pk):
    """One offer as staff see it: state, texts, languages, history."""
    record = rights.find_or_404(request.person, "directory.read", Offer.objects.with_everything(), pk)
    values = {
        "offer": record,
        "may_write": may(request.person, "directory.write", record),
        "may_publish": may(request.person, "directory.publish", record),
        "may_translate": may(request.person, "texts.translate", record),
        "panel": panel.of(record, Reader.of(request)),
    }
    return render(request, "directory/staff/offer.html", values)


@needs("directory.write")
def edit_offer(request, pk):
    return _edit_offer(request, rights.find_or_404(request.person, "directory.write", Offer, pk))


def _edit_offer(request, record):
    data, new = request.POST or None, record._state.adding
    contact = None if new else record.contacts.first()
    forms = (
        OfferForm(data, instance=record, by=request.person, reader=request.lang),
        AddressForm(data, instance=record.address),
        ContactForm(data, instance=contact),
    )
    status = 200
    if data:
        status = 422
        if all(form.is_valid() for form in forms):
            try:
                record = _save_offer(forms, request.person)
            except editing.EditedMeanwhile:
                status = 409
            else:
                messages.success(request, _("Saved."))
                return redirect(addresses.staff("directory_staff:offer", request, pk=record.pk))
    main, address, contact_form = forms
    values = {"form": main, "address": address, "contact": contact_form, "offer": record, "new": new}
    return render(request, "directory/staff/offer_form.html", values, status=status)


@transaction.atomic
def _save_offer(forms, by) -> Offer:
    """Offer, place and contact stand or fall together."""
    main, address, contact = forms
    record = editing.save(main, action="directory.write", by=by)
    if not address.instance._state.adding or not address.is_empty:
        address.instance.visibility, address.instance.space_id = record.visibility, record.space_id
        place = editing.save(address, action="directory.write", by=by, through=record)
        if record.address_id != place.pk:
            record.address = place
            record.save(update_fields=["address", "changed_at"])
        showing.places_follow([place.pk])
    if not contact.instance._state.adding or not contact.is_empty:
        contact.instance.offer = record
        editing.save(contact, action="directory.write", by=by, through=record)
    search.changed()
    return record


@needs("directory.publish")
@require_POST
def publish(request, pk):
    record = rights.find_or_404(request.person, "directory.publish", Offer, pk)
    try:
        actions.publish_offer(record, by=request.person)
    except actions.IncompleteOffer as refusal:
        values = {"offer": record, "missing": refusal.missing, "may_write": True, "may_publish": True}
        return render(request, "directory/staff/offer.html", values, status=422)
    messages.success(request, _("The offer is public from now on."))
    return redirect(addresses.staff("directory_staff:offer", request, pk=pk))


@needs("directory.publish")
@require_POST
def withdraw(request, pk):
    record = rights.find_or_404(request.person, "directory.publish", Offer, pk)
    actions.withdraw_offer(record, by=request.person)
    messages.success(request, _("The offer is no longer public. It can be published again at any time."))
    return redirect(addresses.staff("directory_staff:offer", request, pk=pk))


@needs("organisations.read")
def organisations(request):
    rows = rights.visible(request.person, "organisations.read", Organisation.objects.all())
    begins = request.GET.get("q", "").strip()
    rows = _beginning(rows, begins)
    rows = rows.select_related("space").order_by("sort_key", "pk")
    values = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "begins": begins,
        "may_add": may(request.person, "organisations.add"),
    }
    return render(request, "directory/staff/organisations.html", values)


@needs("organisations.add")
def add_organisation(request):
    return _edit_organisation(request, Organisation(language=request.tenant.source_language))


@needs("organisations.write")
def edit_organisation(request, pk):
    record = rights.find_or_404(request.person, "organisations.write", Organisation, pk)
    return _edit_organisation(request, record)


def _edit_organisation(request, record):
    form = OrganisationForm(request.POST or None, instance=record, by=request.person, reader=request.lang)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                editing.save(
                    form,
                    action="organisations.add" if record._state.adding else "organisations.write",
                    by=request.person,
                )
            except editing.EditedMeanwhile:
                status = 409
            else:
                search.changed()
                messages.success(request, _("Saved."))
                return redirect(addresses.staff("directory_staff:organisations", request))
    new = record._state.adding
    may_invite = not new and may(request.person, "people.invite_editor", record)
    values = {"form": form, "organisation": record, "new": new, "may_invite_editor": may_invite}
    return render(request, "directory/staff/organisation_form.html", values, status=status)
