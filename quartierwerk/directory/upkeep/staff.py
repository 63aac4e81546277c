"""Which organisations were asked whether their entries are true, who answered, and whom somebody has to call."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from quartierwerk import rights
from quartierwerk.rights import needs
from quartierwerk.tenants.models import Visibility
from quartierwerk.web import addresses

from ..models import Organisation
from . import actions, pages
from .rules import Step

PER_PAGE = 50


def _public_entries(request):
    rows = rights.visible(request.person, "directory.ask_confirmation", Organisation.objects.all())
    return rows.filter(is_placeholder=False).exclude(
        visibility__in=(Visibility.PRIVATE, Visibility.SPACE, Visibility.TENANT), confirmation=Step.CONFIRMED
    )


@needs("directory.ask_confirmation")
def confirmations(request):
    """Entries by where they stand; what waits for a call first."""
    rows = _public_entries(request)
    counts = pages.counts(rows)
    chosen = request.GET.get("state", "")
    if chosen not in set(Step):
        chosen = next((step for step, n in counts if n), Step.CONFIRMED)
    listed = (
        pages.with_mail_state(rows.filter(confirmation=chosen))
        .select_related("space")
        .order_by("sort_key", "pk")
    )
    values = {
        "page": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")),
        "counts": counts,
        "chosen": Step(chosen),
        "months": request.tenant.confirm_every_months,
        "crumbs": [(_("Still true?"), "")],
    }
    return render(request, "directory/staff/confirmations.html", values)


@needs("directory.ask_confirmation")
@require_POST
def ask(request, pk):
    organisation = rights.find_or_404(request.person, "directory.ask_confirmation", Organisation, pk)
    if actions.ask_now(organisation, by=request.person) == Step.ASKED:
        messages.success(request, _("The question is on its way."))
    else:
        messages.warning(
            request, _("There is no mail address. The organisation stands on the list of calls now.")
        )
    return _back(request)


@needs("directory.ask_confirmation")
@require_POST
def ask_everybody(request):
    """The spring check: all entries that are confirmed or were never asked, whatever their date."""
    asked = called = 0
    for organisation in _public_entries(request).filter(confirmation=Step.CONFIRMED):
        if actions.ask_now(organisation, by=request.person) == Step.ASKED:
            asked += 1
        else:
            called += 1
    told = ngettext("%(n)s organisation was asked.", "%(n)s organisations were asked.", asked) % {"n": asked}
    if called:
        told += " " + ngettext(
            "%(n)s has no mail address and stands on the list of calls.",
            "%(n)s have no mail address and stand on the list of calls.",
            called,
        ) % {"n": called}
    messages.success(request, told)
    return _back(request)


@needs("directory.ask_confirmation")
@require_POST
def confirmed(request, pk):
    """Somebody called, or wrote an answer: it is true."""
    organisation = rights.find_or_404(request.person, "directory.ask_confirmation", Organisation, pk)
    actions.confirm(organisation, by=request.person)
    messages.success(request, _("Noted as confirmed today."))
    return _back(request)


@needs("directory.ask_confirmation")
@require_POST
def came_back(request, pk):
    organisation = rights.find_or_404(request.person, "directory.ask_confirmation", Organisation, pk)
    actions.mail_came_back(organisation, by=request.person)
    messages.success(request, _("The organisation stands on the list of calls now."))
    return _back(request)


def _back(request):
    return redirect(addresses.staff("directory_staff:confirmations", request))
