"""Reporting on one measure from the back office, and sending a team its link by hand."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quartierwerk import rights
from quartierwerk.rights import needs
from quartierwerk.web import addresses

from ...models import Measure, Team
from ..rules.months import first_of
from . import asking
from .pages import PROBLEMS
from .reporting import ReportForm, report


@needs("planning.report")
def report_measure(request, pk):
    """A department on its own measures, the coordination office on all."""
    rows = Measure.objects.select_related("lead_team").prefetch_related("milestones")
    record = rights.find_or_404(request.person, "planning.report", rows, pk)
    back = addresses.staff("planning_staff:measure", request, pk=pk)
    if record.lead_team is None:
        messages.error(request, _("Nobody leads this measure yet. Please enter the lead first."))
        return redirect(back)
    form = ReportForm(request.POST or None, measure=record, required=True)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            report(form, first_of(timezone.localdate()), record.lead_team, by=request.person)
            messages.success(request, _("Thank you. The light has been computed anew."))
            return redirect(back)
        status = 422
    values = {"form": form, "record": record, "back": back}
    return render(request, "planning/staff/measures/report.html", values, status=status)


@needs("planning.write")
@require_POST
def send_link(request, pk):
    team = rights.find_or_404(request.person, "planning.write", Team, pk)
    try:
        asking.send_by_hand(team.pk, by=request.person)
    except asking.NobodyToAsk as refusal:
        messages.error(request, PROBLEMS[refusal.problem])
    else:
        messages.success(request, _("The link is on its way to %(address)s.") % {"address": team.email})
    return redirect(addresses.staff("planning_staff:team", request, pk=pk))
