"""Pages of the data-protection officer: what is processed, what is held, what was deleted; periods with two persons."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quartierwerk import journal
from quartierwerk.documents import csv
from quartierwerk.documents.cells import Column
from quartierwerk.people.forms import end_of_day
from quartierwerk.people.models import Account
from quartierwerk.privacy.models import Hold, PeriodChange
from quartierwerk.rights import find_or_404, may, needs
from quartierwerk.web import addresses

from . import actions, finding, pages
from .forms import FindForm, HoldForm, PeriodForm, sent_form


def _frame(request, here: str) -> dict:
    """Tabs and way back, the same on each of these pages."""
    tabs = [
        ("processing-record", _("Record of processing")),
        ("retention-periods", _("Retention periods")),
        ("holds", _("Holds")),
        ("deletion-protocol", _("Deletion protocol")),
    ]
    if not may(request.person, "privacy.oversee"):
        tabs = tabs[1:2]
    label = dict(tabs)[here]
    first = addresses.staff(tabs[0][0], request)
    return {
        "tabs": [(name, addresses.staff(target, request), target == here) for target, name in tabs],
        "crumbs": [(_("Data protection"), first), (label, "")],
    }


@require_safe
@needs("privacy.oversee")
def processing_record(request):
    context = {"lines": pages.processing(), **_frame(request, "processing-record")}
    return render(request, "protection/staff/processing.html", context)


@require_safe
@needs("privacy.oversee")
def processing_record_file(request):
    header, *lines = pages.processing_rows()
    answer = HttpResponse(
        csv.render([Column(label) for label in header], lines), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="verarbeitungsverzeichnis.csv"'
    journal.record("record of processing exported", by=request.person)
    return answer


@needs("privacy.hold")
def holds(request):
    asked, chosen = "find" in request.POST, request.POST.get("chosen", "")
    find_form = FindForm(request.POST if asked else None)
    found = None
    if asked and find_form.is_valid():
        values = find_form.cleaned_data
        found = finding.find(values["of"], values["words"], request.tenant)
    form = HoldForm(None if asked or chosen else sent_form(request), initial={"record": chosen})
    if form.is_bound and form.is_valid() and _set_hold(request, form):
        messages.success(request, _("Held. Nothing of it is deleted until that day."))
        return redirect(addresses.staff("holds", request))
    context = {
        "form": form,
        "find_form": find_form,
        "found": found,
        "chosen": chosen,
        "holds": pages.holds(request.tenant),
        **_frame(request, "holds"),
    }
    refused = form.is_bound or (asked and found is None)
    return render(request, "protection/staff/holds.html", context, status=422 if refused else 200)


def _set_hold(request, form: HoldForm) -> bool:
    number = form.cleaned_data["record"]
    target = pages.found_by_number(number)
    is_person = Account.objects.filter(pk=number, memberships__tenant=request.tenant).exists()
    if not target and not is_person:
        form.add_error("record", _("There is no record with this number in this municipality."))
        return False
    actions.hold(
        kind=form.cleaned_data["kind"],
        reason=form.cleaned_data["reason"],
        until=end_of_day(form.cleaned_data["last_day"]),
        account_id=number if is_person else None,
        object_kind="" if is_person else target,
        object_id="" if is_person else str(number),
        by=request.person,
    )
    return True


@require_POST
@needs("privacy.hold")
def end_hold(request, pk):
    made = get_object_or_404(Hold.objects.standing().filter(tenant=request.tenant), pk=pk)
    try:
        actions.end_hold(made, by=request.person)
    except actions.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The hold has ended. The retention period counts again."))
    return redirect(addresses.staff("holds", request))


@require_safe
@needs("privacy.oversee")
def protocol(request):
    page = Paginator(pages.protocol(request.tenant), 20).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "runs": pages.shown_runs(page.object_list, request.tenant),
        **_frame(request, "deletion-protocol"),
    }
    return render(request, "protection/staff/protocol.html", context)


@needs("privacy.set_periods")
def periods(request):
    shown = pages.periods()
    form = PeriodForm(sent_form(request), classes=[(one.retention, one.label) for one in shown])
    if request.method == "POST" and form.is_valid():
        try:
            change = actions.change_period(
                form.chosen(), form.span(), reason=form.cleaned_data["reason"], by=request.person
            )
        except actions.Refusal as refusal:
            form.add_error("number", str(refusal))
        else:
            if change.counts:
                messages.success(request, _("The new period counts from now on."))
            else:
                messages.success(request, _("Longer than the default: a second person must agree first."))
            return redirect(addresses.staff("retention-periods", request))
    context = {
        "form": form,
        "periods": shown,
        "waiting": pages.waiting_changes(),
        **_frame(request, "retention-periods"),
    }
    return render(request, "protection/staff/periods.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs("privacy.set_periods")
def confirm_period(request, pk):
    change = find_or_404(request.person, "privacy.set_periods", PeriodChange, pk)
    try:
        actions.confirm_period(change, by=request.person)
    except actions.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The new period counts from now on."))
    return redirect(addresses.staff("retention-periods", request))
