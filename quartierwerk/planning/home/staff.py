from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import ngettext

from quartierwerk.rights import needs

from . import changes

PER_PAGE = 50


@needs("planning.read_measures")
def recent(request):
    """What happened within `?days=` days."""
    given = request.GET.get("days", "")
    days = next((one for one in changes.DAYS if str(one) == given), changes.USUAL)
    page = Paginator(changes.since(request, days), PER_PAGE).get_page(request.GET.get("page"))
    values = {
        "page": page,
        "days": days,
        "choices": [
            (one, ngettext("%(n)d day", "%(n)d days", one) % {"n": one}, one == days) for one in changes.DAYS
        ],
    }
    return render(request, "planning/staff/home/recent.html", values)
