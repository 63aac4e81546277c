"""What organisations reported as changed, and what people looked for in vain: read, act on it elsewhere, tick off."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quartierwerk import rights
from quartierwerk.chain import panel
from quartierwerk.chain.register import Reader
from quartierwerk.languages import tags
from quartierwerk.rights import needs
from quartierwerk.web import addresses

from .. import topics
from ..models import PendingChange, Wish
from ..work import open_changes, reported_changes
from .ticking_off import answer_wish, decide_change

PER_PAGE = 30


@needs("directory.ask_confirmation")
def changes(request):
    rows = open_changes(request).select_related("offer__organisation", "organisation")
    values = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "crumbs": [(_("Changes reported by organisations"), "")],
    }
    return render(request, "directory/staff/changes.html", values)


@needs("directory.ask_confirmation")
@require_POST
def change_done(request, pk):
    return _decide(request, pk, PendingChange.Decision.ACCEPTED)


@needs("directory.ask_confirmation")
@require_POST
def change_declined(request, pk):
    return _decide(request, pk, PendingChange.Decision.DECLINED)


def _decide(request, pk, decision):
    change = get_object_or_404(reported_changes(request), pk=pk)
    decide_change(change, decision, by=request.person)
    messages.success(request, _("Ticked off."))
    return redirect(addresses.staff("directory_staff:changes", request))


@needs("wishes.read")
def wish(request, pk):
    """One wish with what is known of it; a wish that was read can be taken up or answered."""
    row = rights.find_or_404(request.person, "wishes.read", Wish.objects.select_related("space"), pk)
    values = {
        "wish": row,
        "topic": next((one.label for one in topics.known([row.topic])), ""),
        "language": tags.name(row.language, request.lang),
        "panel": panel.of(row, Reader.of(request)),
        "crumbs": [
            (_("Work list"), addresses.staff("staff-work", request) + "?pile=wishes"),
            (_("Wish"), ""),
        ],
    }
    return render(request, "directory/staff/wish.html", values)


@needs("wishes.read")
@require_POST
def wish_taken(request, pk):
    return _answer(request, pk, Wish.State.TAKEN)


@needs("wishes.read")
@require_POST
def wish_answered(request, pk):
    return _answer(request, pk, Wish.State.ANSWERED)


def _answer(request, pk, state):
    answer_wish(rights.find_or_404(request.person, "wishes.read", Wish, pk), state, by=request.person)
    messages.success(request, _("Ticked off."))
    return redirect(addresses.staff("staff-work", request) + "?pile=wishes")
