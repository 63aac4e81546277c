from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quartierwerk import rights
from quartierwerk.journal.register import Versioned, kind_named
from quartierwerk.rights import needs
from quartierwerk.web import addresses

from . import pages, restoring


def _find(request, name: str, pk) -> tuple[Versioned, object]:
    """The record through the right to its history; which right that is, its kind says."""
    kind = kind_named(name)
    if kind is None:
        raise Http404
    record = rights.find_or_404(request.person, kind.action, kind.model, pk)
    request.belongs_to = addresses.staff(kind.page, request, pk=record.pk)
    return kind, record


@needs("staff.enter")
@require_safe
def history(request, kind, pk):
    """Who changed what, when, with the old and the new value side by side."""
    found, record = _find(request, kind, pk)
    merged = pages.former_of(found, record)
    asked = request.GET.get("of", "")
    former = next((one for one in merged if str(one.pk) == asked), None)
    if asked and former is None:
        raise Http404
    of = found.model(pk=former.pk) if former else record
    values = {
        "kind": found,
        "record": record,
        "title": former.title if former else getattr(record, found.title),
        "history": pages.history_of(found, of, request.GET.get("page"), request.lang),
        "merged": [] if former else merged,
        "former": former,
        "record_url": addresses.staff(found.page, request, pk=record.pk),
    }
    return render(request, "versions/staff/history.html", values)


@needs("staff.enter")
def version(request, kind, pk, moment):
    """One version beside today; what is ticked is brought back as a new edit."""
    found, record = _find(request, kind, pk)
    at = pages.moment_of(moment)
    comparison = restoring.compare(found, record, at, request.lang) if at else None
    if at is None or comparison is None:
        raise Http404
    status, changed, faults = 200, False, []
    chosen = request.POST.getlist("item")
    if request.method == "POST":
        try:
            done = restoring.restore(
                found,
                record,
                at,
                chosen,
                request.POST.get("seen", ""),
                by=request.person,
                reader=request.lang,
            )
        except restoring.ChangedMeanwhile:
            status, changed = 409, True
        except restoring.NotPossible as refusal:
            status, faults = 422, refusal.sentences
        else:
            if done:
                messages.success(request, _("Brought back. What stood there before is in the history, too."))
            else:
                messages.info(request, _("Nothing was chosen, so nothing was changed."))
            return redirect(addresses.staff("versions:history", request, kind=kind, pk=pk))
    values = {
        "kind": found,
        "title": getattr(record, found.title),
        "comparison": comparison,
        "chosen": chosen if request.method == "POST" else [item.key for item in comparison.items],
        "changed": changed,
        "faults": faults,
        "history_url": addresses.staff("versions:history", request, kind=kind, pk=pk),
    }
    return render(request, "versions/staff/version.html", values, status=status)
