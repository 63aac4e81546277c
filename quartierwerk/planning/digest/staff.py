"""What concerns me this week: the page behind the mail, and the switch for the mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quartierwerk.rights import needs
from quartierwerk.web import addresses

from ..models import MailSwitchedOff
from . import concerns
from .rules import Week


@needs("planning.read_measures")
def week(request: HttpRequest) -> HttpResponse:
    shown = Week.of(timezone.localdate())
    parts = [
        (
            part.label,
            [
                (
                    line,
                    addresses.staff(f"planning_staff:{line.route[0]}", request, pk=line.route[1])
                    if line.route
                    else "",
                )
                for line in part.lines
            ],
        )
        for part in concerns.of(request.person, shown)
    ]
    off = MailSwitchedOff.objects.filter(account_id=request.person.account_id).exists()
    return render(request, "planning/staff/week.html", {"week": shown, "parts": parts, "is_off": off})


@needs("planning.read_measures")
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    rows = MailSwitchedOff.objects.filter(account_id=request.person.account_id)
    if request.POST.get("mail") == "on":
        rows.delete()
        messages.success(request, _("You get the mail again, on Mondays, when something concerns you."))
    else:
        MailSwitchedOff.objects.get_or_create(account_id=request.person.account_id)
        messages.success(request, _("You get no mail on Mondays any more. This page stays."))
    return redirect(addresses.staff("planning_staff:week", request))
