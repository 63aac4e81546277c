"""The kick-off in the back office: planning it, and typing in what people said."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quartierwerk import rights
from quartierwerk.chain import panel
from quartierwerk.chain.register import Reader
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses, editing

from ..matrix.staff import concept_of
from ..models import KickOff
from . import actions, pages
from .forms import OutcomeForm, ResultsForm, new_page


@needs("planning.read")
def kick_offs(request):
    rows = rights.visible(request.person, "planning.read", KickOff.objects.select_related("meeting__concept"))
    values = {
        "rows": rows.order_by("-meeting__starts_at"),
        "today": timezone.localdate(),
        "may_write": may(request.person, "planning.write") and may(request.person, "calendar.write"),
    }
    return render(request, "planning/staff/kickoff/list.html", values)


@needs("planning.write")
def add_kick_off(request):
    """Its date stands in the calendar, so whoever plans it may write there, too."""
    if not may(request.person, "calendar.write"):
        raise Http404
    page, status = new_page(request.POST or None, request), 200
    if request.method == "POST":
        status = 422
        if page.is_valid():
            made = actions.plan_kick_off(concept_of(request), page, by=request.person)
            messages.success(request, _("The kick-off is planned and stands in the calendar."))
            return redirect(addresses.staff("planning_staff:kick_off", request, pk=made.pk))
    values = {"form": page.main, "place": page.address}
    return render(request, "planning/staff/kickoff/form.html", values, status=status)


@needs("planning.read")
def kick_off(request, pk):
    return _page(request, _found(request, pk, "planning.read"))


def _found(request, pk, action: str) -> KickOff:
    rows = KickOff.objects.select_related("meeting__concept", "meeting__public_date")
    return rights.find_or_404(request.person, action, rows, pk)


def _page(request, record: KickOff, *, status: int = 200, **bound):
    may_write = may(request.person, "planning.write", record)
    values = {
        "kick_off": record,
        "meeting": record.meeting,
        "date": record.meeting.public_date,
        "panel": panel.of(record, Reader.of(request)),
        "results": pages.needs_named(record, Reader.of(request)),
        "may_write": may_write,
        "takes_results": actions.takes_results(record),
        "results_form": bound.get("results_form") or ResultsForm(concept=record.meeting.concept),
        "outcome_form": bound.get("outcome_form") or OutcomeForm(instance=record),
        "near": bound.get("near", ()),
        "crumbs": [(_("Kick-off"), addresses.staff("planning_staff:kick_offs", request)), (str(record), "")],
    }
    return render(request, "planning/staff/kickoff/kick_off.html", values, status=status)


@needs("planning.write")
def enter_results(request, pk):
    """What was said at the tables: each line a need, what is near-same shown first."""
    record = _found(request, pk, "planning.write")
    if request.method != "POST":
        return redirect(addresses.staff("planning_staff:kick_off", request, pk=pk))
    form = ResultsForm(request.POST, concept=record.meeting.concept)
    if not form.is_valid():
        return _page(request, record, results_form=form, status=422)
    titles, space = form.cleaned_data["lines"], form.cleaned_data["space"]
    near = [] if "another" in request.POST else actions.near_ones(titles, space, by=request.person)
    if near:
        return _page(request, record, results_form=form, near=near, status=422)
    try:
        outcome = actions.enter_needs(
            record, titles, field=form.cleaned_data["field"], space=space, language=request.tenant.source_language,
            by=request.person,
        )  # fmt: skip
    except actions.NotHeld:
        return _page(request, record, status=422)
    words = ngettext("%(n)d need was added.", "%(n)d needs were added.", outcome.new) % {"n": outcome.new}
    if outcome.known:
        tied = ngettext(
            "%(n)d was known already and is linked now.", "%(n)d were known already and are linked now.", outcome.known
        )  # fmt: skip
        words = f"{words} {tied % {'n': outcome.known}}"
    messages.success(request, words)
    return redirect(addresses.staff("planning_staff:kick_off", request, pk=pk))


@needs("planning.write")
def write_outcome(request, pk):
    record = _found(request, pk, "planning.write")
    if request.method != "POST":
        return redirect(addresses.staff("planning_staff:kick_off", request, pk=pk))
    form = OutcomeForm(request.POST, instance=record)
    if not form.is_valid():
        return _page(request, record, outcome_form=form, status=422)
    try:
        actions.write_outcome(form, by=request.person)
    except actions.NotHeld:
        return _page(request, record, status=422)
    except editing.EditedMeanwhile:
        return _page(request, record, outcome_form=form, status=409)
    messages.success(request, _("Saved."))
    return redirect(addresses.staff("planning_staff:kick_off", request, pk=pk))
