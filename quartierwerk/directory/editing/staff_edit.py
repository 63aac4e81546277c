"""Entering and changing organisations and offers, with their places, times and contacts."""

from django.shortcuts import redirect, render

from quartierwerk import rights
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses, editing

from .. import kinds
from ..checking import actions as checks
from ..checking import drafts, notes
from ..merging.following import follows_moves
from ..models import Offer, Organisation, RecordKind
from . import duplicates
from . import page as pages
from .page import Page

# Names of buttons that ask for another page and save nothing: fields of another kind, one more row.
ASKING = ("show_kind", "more")


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
    rows = Offer.objects.select_related("tenant", "address")
    return _edit_offer(request, rights.find_or_404(request.person, "directory.write", rows, pk))


def _edit_offer(request, record):
    new = record._state.adding
    draft = drafts.of(request, record)
    page = pages.of_offer(record, draft.data, by=request.person, reader=request.lang)
    named = None if new else (record.title, record.organisation_id)
    status, doubles = 200, []
    if request.method != "POST":
        draft.show(page)
    elif any(name in draft.data for name in ASKING):
        status = 422
        page.without_faults()
    else:
        status = 422
        valid = page.is_valid()
        if valid and not draft.data.get("another"):
            doubles = _doubles_of_offer(page, named)
        if valid and not doubles:
            try:
                record = draft.save(page, pages.save_offer)
            except (editing.EditedMeanwhile, checks.SentMeanwhile):
                status = 409
            else:
                draft.tell()
                return redirect(addresses.staff("directory_staff:offer", request, pk=record.pk))
    values = {
        "form": page.main,
        "page": page,
        "offer": record,
        "new": new,
        "doubles": doubles,
        "draft": draft,
    }
    return render(request, "directory/staff/offer_form.html", values, status=status)


def _doubles_of_offer(page: Page, named: tuple | None) -> list[duplicates.Double]:
    """Asked about where somebody enters or renames an offer, not at each further change."""
    offer = page.main.instance
    if named == (offer.title, offer.organisation_id):
        return []
    place = page.address.cleaned_data.get("street", "")
    typed = [form.instance for form in page.times or () if form.is_bound and not form.is_empty]
    return duplicates.of_offer(offer, place, duplicates.times_of(typed))


@needs("organisations.add")
def add_organisation(request):
    return _edit_organisation(request, Organisation(language=request.tenant.source_language))


@needs("organisations.write")
@follows_moves(RecordKind.ORGANISATION)
def edit_organisation(request, pk):
    rows = Organisation.objects.select_related("tenant", "address")
    return _edit_organisation(request, rights.find_or_404(request.person, "organisations.write", rows, pk))


def _edit_organisation(request, record):
    new = record._state.adding
    draft = drafts.of(request, record)
    page = pages.of_organisation(record, draft.data, by=request.person, reader=request.lang)
    named = None if new else record.name
    status, doubles = 200, []
    if request.method != "POST":
        draft.show(page)
    elif any(name in draft.data for name in ASKING):
        status = 422
        page.without_faults()
    else:
        status = 422
        valid = page.is_valid()
        if valid and not draft.data.get("another") and named != record.name:
            doubles = duplicates.of_organisation(record)
        if valid and not doubles:
            try:
                draft.save(page, pages.save_organisation)
            except (editing.EditedMeanwhile, checks.SentMeanwhile):
                status = 409
            else:
                draft.tell()
                return redirect(addresses.staff("directory_staff:organisations", request))
    values = {
        "form": page.main, "page": page, "organisation": record, "new": new, "doubles": doubles, "draft": draft,
        "may_merge": not new and may(request.person, "directory.merge", record),
        "may_invite_editor": not new and may(request.person, "people.invite_editor", record),
        **notes.of(record, draft.may_check),
    }  # fmt: skip
    return render(request, "directory/staff/organisation_form.html", values, status=status)
