"""A change that waits: what it would change, for the editor who wrote it and for the one who decides."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from quartierwerk.calendar.models import PublicDate
from quartierwerk.people.models import Account
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses, editing

from ..actions import IncompleteOffer
from ..models import Offer, Organisation, PendingChange
from . import actions, comparing, typed
from .notes import written

What = PendingChange.What
# Where staff see the record, and where they change it.
PAGES = {
    Offer: ("directory_staff:offer", "directory_staff:edit_offer"),
    Organisation: ("directory_staff:edit_organisation", "directory_staff:edit_organisation"),
    PublicDate: ("calendar_staff:date", "calendar_staff:edit_date"),
}


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it is not taken over"),
        help_text=gettext_lazy(
            "The organisation reads this here after signing in; the mail only says that there is an answer."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )


def _found(request, pk, *, deciding: bool = False) -> PendingChange:
    each = ("directory.write", "organisations.write", "calendar.write")
    if deciding:
        each = ("directory.check_changes",) * 3
    rows = written(request.person, *each).select_related("offer__organisation", "organisation", "date")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@needs("directory.write")
def change(request, pk):
    return _page(request, _found(request, pk))


def _page(request, row: PendingChange, status: int = 200, **more):
    record = row.record
    told, page = comparing.Comparison(seen=row.asked_at.isoformat()), None
    if row.what == What.EDIT and row.is_open:
        page = typed.page_of(record, typed.sent(row), by=request.person, reader=request.lang)
        if page.is_valid():
            told = comparing.compare(row, page, record, request.POST, request.lang)
    elif row.what == What.CANCEL and row.is_open:
        told = comparing.of_reason(row)
    author = Account.objects.filter(pk=row.by).values_list("name", flat=True).first() if row.by else ""
    # Validating put the typed values into the instance; the page names the record as it stands.
    rows: Any = type(record).objects
    record = rows.select_related("organisation" if row.offer else "space").get(pk=record.pk)
    view, edit = PAGES[type(record)]
    again = f"?change={row.pk}" if row.what == What.EDIT else ""
    values = {
        "change": row,
        "edit_url": addresses.staff(edit, request, pk=record.pk) + again,
        "record_url": addresses.staff(view, request, pk=record.pk),
        "record": record,
        "organisation": actions.organisation_of(record),
        "told": told,
        "faulty": page if page and not page.is_valid() else None,
        "author": author,
        "may_check": may(request.person, "directory.check_changes", record),
        "form": DeclineForm(),
        "crumbs": [
            (_("Work list"), addresses.staff("staff-work", request) + "?pile=checks"),
            (_("Change to be checked"), ""),
        ],
        **more,
    }
    return render(request, "directory/staff/change.html", values, status=status)


@needs("directory.check_changes")
@require_POST
def accept(request, pk):
    row = _found(request, pk, deciding=True)
    try:
        actions.accept(
            row,
            seen=request.POST.get("seen", ""),
            choices=request.POST,
            by=request.person,
            reader=request.lang,
        )
    except actions.DecidedAlready:
        messages.info(request, _("This was decided already; nothing was done twice."))
    except (actions.Unseen, editing.EditedMeanwhile):
        return _page(request, _found(request, pk, deciding=True), 409, unseen=True)
    except actions.ToBeChosen:
        return _page(request, _found(request, pk, deciding=True), 422, unchosen=True)
    except actions.NotAcceptable:
        return _page(request, _found(request, pk, deciding=True), 422)
    except IncompleteOffer as refusal:
        return _page(request, _found(request, pk, deciding=True), 422, missing=refusal.missing)
    else:
        messages.success(request, _("Taken over."))
    return _back(request)


@needs("directory.check_changes")
@require_POST
def decline(request, pk):
    row, form = _found(request, pk, deciding=True), DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, row, 422, form=form)
    try:
        actions.decline(row, form.cleaned_data["reason"], by=request.person)
    except actions.DecidedAlready:
        messages.info(request, _("This was decided already; nothing was done twice."))
    else:
        messages.success(request, _("Not taken over. The organisation is told."))
    return _back(request)


@needs("directory.write")
@require_POST
def take_back(request, pk):
    row = _found(request, pk)
    try:
        actions.take_back(row, by=request.person)
    except actions.DecidedAlready:
        messages.info(request, _("This was decided already; nothing was done twice."))
    else:
        messages.success(request, _("Taken back. Everything stays as it stands."))
    view, _edit = PAGES[type(row.record)]
    return redirect(addresses.staff(view, request, pk=row.record.pk))


def _back(request):
    return redirect(addresses.staff("staff-work", request) + "?pile=checks")
