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
    here = [one for one in counted if one.pile.line is not None]
    filled = [one for one in here if one.count]
    chosen = next((one for one in here if one.pile.name == wanted), None) or next(iter(filled or here), None)
    page, lines = None, []
    if chosen is not None:
        page = Paginator(chosen.rows, PER_PAGE).get_page(request.GET.get("page"))
        lines = chosen.pile.lines(page, request)
    values = {
        "counted": [one for one in counted if one.count or one is chosen],
        "empty": [one for one in counted if not one.count and one is not chosen],
        "chosen": chosen,
        "page": page,
        "lines": lines,
        "crumbs": [(_("Work list"), "")],
    }
    return render(request, "web/staff/work.html", values)
