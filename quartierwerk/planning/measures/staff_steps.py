"""Moving a measure or a need on, and a colour by hand: each a form on the record's page."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quartierwerk import rights
from quartierwerk.rights import needs
from quartierwerk.web import addresses

from ..models import Measure, Need, StaffPost
from . import funding_search, moves, staff
from .moves import NotPossible
from .rules import completeness, stages


def _refused(refusal: NotPossible, target: str) -> dict:
    """What the page says above the form that was refused; what was typed stands there again."""
    return {
        "refused": [stages.words(one) for one in refusal.refusals],
        "refused_missing": [completeness.words(one) for one in refusal.missing],
        "refused_target": target,
        "asks_only": refusal.asks_only,
    }


@needs("planning.write")
@require_POST
def move_measure(request, pk):
    record = rights.find_or_404(request.person, "planning.write", Measure, pk)
    target, reason = request.POST.get("target", ""), request.POST.get("reason", "")
    try:
        moves.move_measure(
            record,
            target,
            by=request.person,
            reason=reason,
            in_spite_of_open_steps="in_spite" in request.POST,
        )
    except NotPossible as refusal:
        return staff.measure_page(request, pk, status=422, typed_reason=reason, **_refused(refusal, target))
    messages.success(request, _("The measure has its new stage."))
    return redirect(addresses.staff("planning_staff:measure", request, pk=pk))


@needs("planning.write")
@require_POST
def move_need(request, pk):
    record = rights.find_or_404(request.person, "planning.write", Need, pk)
    target, reason = request.POST.get("target", ""), request.POST.get("reason", "")
    try:
        moves.move_need(record, target, by=request.person, reason=reason, publish="publish" in request.POST)
    except NotPossible as refusal:
        return staff.need_page(request, record, status=422, typed_reason=reason, **_refused(refusal, target))
    messages.success(request, _("The need has its new state."))
    return redirect(addresses.staff("planning_staff:need", request, pk=pk))


@needs("planning.write")
@require_POST
def measure_light(request, pk):
    record = rights.find_or_404(request.person, "planning.write", Measure, pk)
    colour, comment = request.POST.get("colour", ""), request.POST.get("comment", "")
    try:
        moves.set_light(record, colour, comment, by=request.person)
    except ValueError:
        faulty = _("Please say why: a colour by hand needs a comment.")
        return staff.measure_page(request, pk, status=422, light_fault=faulty, colour=colour, comment=comment)
    messages.success(request, _("Saved."))
    return redirect(addresses.staff("planning_staff:measure", request, pk=pk))


@needs("planning.write")
@require_POST
def post_money(request, pk):
    """The alert of a post: search for new money, or let it end."""
    record = rights.find_or_404(request.person, "planning.write", StaffPost, pk)
    if "let_end" in request.POST:
        funding_search.let_end(record, by=request.person)
        messages.success(request, _("Noted: the post may end."))
    else:
        funding_search.begin_search(record, by=request.person)
        messages.success(request, _("The search stands as a step with the measure."))
    return redirect(addresses.staff("planning_staff:post", request, pk=pk))
