"""From ticked offers to a fact, its value, what would come of it, and doing it. Asked by address, so nothing is lost."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quartierwerk.rights import needs
from quartierwerk.web import addresses

from ..editing.listing import OfferFilter
from ..rules import readable_id
from . import actions
from .actions import MOST, Report
from .forms import ValueForm, WhatForm
from .rules import WHAT

NAMED = 10  # offers in a message
FILTERS = ("q", "kind", "topic", "quarter", "state")


def _chosen(request):
    """Ticked ones, or all that the filter finds."""
    rows = actions.chosen(request.person)
    if request.GET.get("all"):
        rows = rows.filter(pk__in=OfferFilter(request.GET).rows(request.person).order_by().values("pk"))
    else:
        rows = rows.filter(pk__in=[pk for one in request.GET.getlist("pk") if (pk := readable_id(one))])
    return list(rows.prefetch_related("contacts")[: MOST + 1])


@needs("directory.bulk_edit")
def bulk_edit(request):
    offers = _chosen(request)
    back = addresses.staff("directory_staff:offers", request)
    if not offers:
        messages.info(request, _("Please tick the offers that you want to change."))
        return redirect(back)
    what = WHAT.get(request.GET.get("what", ""))
    has_looked = "look" in request.GET
    values = {
        "offers": offers[:MOST],
        "too_many": len(offers) > MOST,
        "most": MOST,
        "kept": _kept(request.GET, with_what=what is not None),
        "back": back,
        "crumbs": [(_("Offers"), back), (_("Change several"), "")],
    }
    if what is None or values["too_many"]:
        # Radio buttons of which none is chosen send nothing at all.
        choosing = WhatForm(request.GET if "next" in request.GET else None)
        status = 422 if choosing.is_bound and not choosing.is_valid() else 200
        return render(request, "directory/staff/bulk.html", {**values, "form": choosing}, status=status)
    data = request.GET if has_looked or not what.takes_value else None
    form = ValueForm(data, what=what, by=request.person, reader=request.lang)
    values |= {"what": what, "form": form, "other": "?" + _kept_query(request.GET)}
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "directory/staff/bulk.html", values, status=status)
    if request.method == "POST":
        try:
            report = actions.apply(request.POST.get("seal", ""), what, form.value(), by=request.person)
        except actions.Outdated:
            messages.warning(
                request, _("Nothing was changed: the list is older than a day. Please look again.")
            )
            return redirect(request.get_full_path())
        _tell(request, report)
        return redirect(back)
    report = actions.preview(offers, what, form.value(), by=request.person)
    values |= {"report": report, "seal": actions.seal(report, what, form.value())}
    return render(request, "directory/staff/bulk.html", values)


def _kept(asked: QueryDict, *, with_what: bool) -> list[tuple[str, str]]:
    """What was chosen before, for the form of the next step."""
    names = ("pk", "all", *FILTERS, *(("what",) if with_what else ()))
    return [(name, value) for name in names for value in asked.getlist(name)]


def _kept_query(asked: QueryDict) -> str:
    query = QueryDict(mutable=True)
    for name, value in _kept(asked, with_what=False):
        query.appendlist(name, value)
    return query.urlencode()


def _tell(request, report: Report) -> None:
    changed = len(report.changes)
    if changed:
        words = ngettext("%(n)s offer was changed.", "%(n)s offers were changed.", changed)
        messages.success(request, words % {"n": changed})
    else:
        messages.info(request, _("Nothing was changed."))
    left = [*report.meanwhile, *(offer.title for offer, _why in report.refused)]
    if left:
        words = ngettext(
            "%(n)s was left as it is, since somebody changed it meanwhile: %(titles)s.",
            "%(n)s were left as they are, since somebody changed them meanwhile: %(titles)s.",
            len(left),
        )
        titles = ", ".join(f"“{title}”" for title in left[:NAMED]) + (" …" if len(left) > NAMED else "")
        messages.warning(request, words % {"n": len(left), "titles": titles})
