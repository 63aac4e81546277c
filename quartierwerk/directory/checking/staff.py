"""A change that waits: what it would change, for the editor who wrote it and for the one who decides."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from quartierwerk.people.models import Account
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses, editing

from ..actions import IncompleteOffer
from ..models import PendingChange
from . import actions, comparing, typed
from .notes import written

What = PendingChange.What


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
    both = ("directory.check_changes",) * 2 if deciding else ("directory.write", "organisations.write")
    rows = written(request.person, *both).select_related("offer__organisation", "organisation")
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
    author = Account.objects.filter(pk=row.by).values_list("name", flat=True).first() if row.by else ""
    # Validating put the typed values into the instance; the page names the record as it stands.
    record = type(record).objects.select_related("organisation" if row.offer else "space").get(pk=record.pk)
    name = "edit_offer" if row.offer_id else "edit_organisation"
    again = f"?change={row.pk}" if row.what == What.EDIT else ""
    values = {
        "change": row,
        "edit_url": addresses.staff(f"directory_staff:{name}", request, pk=record.pk) + again,
        "record": record,
        "organisation": record.organisation if row.offer else record,
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
    if row.offer_id:
        return redirect(addresses.staff("directory_staff:offer", request, pk=row.offer_id))
    return redirect(addresses.staff("directory_staff:edit_organisation", request, pk=row.organisation_id))


def _back(request):
    return redirect(addresses.staff("staff-work", request) + "?pile=checks")
