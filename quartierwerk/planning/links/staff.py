from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from quartierwerk import journal, rights
from quartierwerk.rights import may, needs
from quartierwerk.tenants.models import Visibility
from quartierwerk.web import addresses, editing

from ..models import Concept, Measure, PlanLink
from .forms import PlanLinkForm


@needs("planning.read")
def plan_links(request):
    rows = rights.visible(request.person, "planning.read", PlanLink.objects.all())
    rows = rows.select_related("measure", "space", "concept").order_by("kind", "title")
    values = {"rows": rows, "may_write": may(request.person, "planning.write")}
    return render(request, "planning/staff/links/links.html", values)


@needs("planning.write")
def add_plan_link(request):
    """`?measure=` and `?concept=` fill in what it belongs to."""
    record = PlanLink(visibility=Visibility.PUBLIC)
    for name, model, action in (
        ("measure", Measure, "planning.read_measures"),
        ("concept", Concept, "planning.read"),
    ):
        if pk := request.GET.get(name):
            setattr(record, name, rights.find_or_404(request.person, action, model, pk))
    return _edit(request, record)


@needs("planning.write")
def edit_plan_link(request, pk):
    return _edit(request, rights.find_or_404(request.person, "planning.write", PlanLink, pk))


def _edit(request, record: PlanLink):
    form, status, new = (
        PlanLinkForm(request.POST or None, instance=record, by=request.person),
        200,
        record._state.adding,
    )
    if request.method == "POST":
        if "delete" in request.POST and not new:
            journal.record("link to a plan removed", record, by=request.person)
            record.delete()
            return _done(request, _("The link is removed."))
        status = 422
        if form.is_valid():
            try:
                editing.save(form, action="planning.write", by=request.person)
            except editing.EditedMeanwhile:
                status = 409
            else:
                return _done(request, _("Saved."))
    back = addresses.staff("planning_staff:plan_links", request)
    values = {
        "form": form,
        "new": new,
        "back": back,
        "crumbs": [(_("Other plans"), back), (record.title, "")],
    }
    return render(request, "planning/staff/links/link.html", values, status=status)


def _done(request, words: str):
    messages.success(request, words)
    return redirect(addresses.staff("planning_staff:plan_links", request))
