"""The strategies of a municipality: which there are, what they hold and share; adding and changing one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from quartierwerk import rights, search
from quartierwerk.rights import may, needs
from quartierwerk.tenants.models import Visibility
from quartierwerk.web import addresses, editing

from ..models import Concept
from . import sharing
from .forms import ConceptForm


@needs("planning.read")
def concepts(request: HttpRequest) -> HttpResponse:
    person = request.person  # type: ignore[attr-defined]
    rows = list(rights.visible(person, "planning.read", Concept.objects.order_by("position", "slug")))
    held = sharing.held_by(rows, person)
    values = {
        "rows": [(one, held[one.pk]) for one in rows],
        "several": len(rows) > 1,
        "may_write": may(person, "planning.write"),
    }
    return render(request, "planning/staff/strands/concepts.html", values)


@needs("planning.write")
def add_concept(request: HttpRequest) -> HttpResponse:
    tenant = request.tenant  # type: ignore[attr-defined]
    last = Concept.objects.order_by("-position").values_list("position", flat=True).first()
    record = Concept(
        kind="other",
        language=tenant.source_language,
        position=0 if last is None else last + 1,
        visibility=Visibility.TENANT,
    )
    return _edit(request, record)


@needs("planning.write")
def edit_concept(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _edit(request, rights.find_or_404(request.person, "planning.write", Concept, pk))  # type: ignore[attr-defined]


def _edit(request: HttpRequest, record: Concept) -> HttpResponse:
    new, status = record._state.adding, 200
    form = ConceptForm(request.POST or None, instance=record)
    back = addresses.staff("planning_staff:concepts", request)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                saved = editing.save(form, action="planning.write", by=request.person)  # type: ignore[attr-defined]
            except editing.EditedMeanwhile:
                status = 409
            else:
                search.changed()
                messages.success(request, _("Saved."))
                if not new:
                    return redirect(back)
                # It has no fields yet: the next thing to do.
                fields = addresses.staff("planning_staff:fields", request)
                return redirect(f"{fields}?concept={saved.slug}")
    values = {"form": form, "new": new, "back": back, "crumbs": [(_("Strategies"), back), (record.title, "")]}
    return render(request, "planning/staff/strands/form.html", values, status=status)
