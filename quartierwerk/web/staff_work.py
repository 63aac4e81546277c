"""The work list: what waits, one sort at a time."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from quartierwerk.rights import needs

from .work import piles

PER_PAGE = 50


@needs("staff.enter")
def work(request):
    """The pile that was chosen, else the first in which something lies."""
    counted = piles.listed(request)
    wanted = request.GET.get("pile", "")
    filled = [one for one in counted if one.count]
    chosen = next((one for one in counted if one.pile.name == wanted), None) or next(
        iter(filled or counted), None
    )
    page, lines = None, []
    if chosen is not None:
        page = Paginator(chosen.rows, PER_PAGE).get_page(request.GET.get("page"))
        lines = chosen.pile.lines(page, request)
    values = {
        "counted": counted,
        "chosen": chosen,
        "page": page,
        "lines": lines,
        "crumbs": [(_("Work list"), "")],
    }
    return render(request, "web/staff/work.html", values)
