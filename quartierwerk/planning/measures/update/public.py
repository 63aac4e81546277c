"""The page behind the mailed question. Opening it changes nothing: mail scanners open links. Whoever holds the link sees
the team's measures and steps, nothing else."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from quartierwerk.rights import open_to_all, worker
from quartierwerk.tenants import scope
from quartierwerk.web import addresses

from ...models import StateReport
from . import asking, reporting


@never_cache
@open_to_all
def update(request, token):
    with scope.entered(scope.staff(request.tenant)):
        link = asking.opened_by(token)
        if link is None:
            raise Http404
        measures = list(asking.measures_of(link.team_id).prefetch_related("milestones"))
        forms = reporting.forms_for(measures, request.POST or None)
        status = 200
        if request.method == "POST":
            if False not in [form.is_valid() for form in forms] and reporting.says_something(forms):
                by = worker("planning.link for reporting", request.tenant.pk)
                left = reporting.answer(link, forms, by=by)
                return redirect(f"{addresses.public('planning:update', request, token=token)}?left={left}")
            status = 422
        told = StateReport.objects.filter(measure__in=measures, month=link.month).exclude(light_said="")
        said = {one.measure_id: one.get_light_said_display() for one in told.order_by("at")}
        values = {
            "link": link,
            "entries": [(form, said.get(form.measure.pk, "")) for form in forms],
            "forms": forms,
            "thanked": "left" in request.GET,
            "left": len(measures) - len(said),
            "crumbs": [(_("State of the measures"), "")],
        }
        return render(request, "planning/public/update.html", values, status=status)
