from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from quartierwerk import rights
from quartierwerk.rights import needs
from quartierwerk.web import addresses
from quartierwerk.web.today import Waiting

from .actions import mark_answered
from .models import BarrierReport
from .rules import is_overdue


@needs("barriers.answer")
def barriers(request):
    """What people could not use, newest first, with what is overdue."""
    rows = rights.visible(request.person, "barriers.answer", BarrierReport.objects.all())
    only_open = request.GET.get("state") == "open"
    if only_open:
        rows = rows.filter(answered_at=None)
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    now = timezone.now()
    reports = [(report, is_overdue(report.reported_at, report.answered_at, now)) for report in page]
    return render(
        request, "barriers/staff/barriers.html", {"page": page, "reports": reports, "only_open": only_open}
    )


@needs("barriers.answer")
@require_POST
def answered(request, pk):
    report = rights.find_or_404(request.person, "barriers.answer", BarrierReport, pk)
    mark_answered(report, by=request.person)
    messages.success(request, _("Noted as answered."))
    return redirect(addresses.staff("barriers", request))


def waiting(request) -> Iterator[Waiting]:
    if rights.may(request.person, "barriers.answer"):
        rows = BarrierReport.objects.filter(answered_at=None)
        number = rights.visible(request.person, "barriers.answer", rows).count()
        words = ngettext(
            "%(number)d report of a barrier waits for an answer",
            "%(number)d reports of barriers wait for an answer",
            number,
        ) % {"number": number}
        yield Waiting(number, words, addresses.staff("barriers", request) + "?state=open")
