"""The log in the back office: the list, one change with its follow-up, and the measures it touches."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quartierwerk import rights
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses

from ..measures import staff_edit
from ..measures.forms import ids_of
from ..models import ContextChange, Team
from ..steering.minutes.forms import Owners, TaskForm
from ..steering.rules import Refusal, Refused, words
from . import actions, pages
from .forms import SORT

PER_PAGE = 50


def _visible(request: HttpRequest):
    rows = rights.visible(request.person, "planning.read", ContextChange.objects.all())  # type: ignore[attr-defined]
    return rows.prefetch_related("tasks__owner_team").order_by("-noticed_on", "pk")


@needs("planning.read")
def context_changes(request: HttpRequest) -> HttpResponse:
    """Those to be followed up, or with `?all=1` the whole log."""
    shows_all = "all" in request.GET
    found = _visible(request) if shows_all else _visible(request).to_follow_up()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    values = {
        "page": page,
        "rows": pages.rows(page, timezone.localdate()),
        "shows_all": shows_all,
        "may_write": may(request.person, "planning.write"),
    }
    return render(request, "planning/staff/context/changes.html", values)


@needs("planning.read")
def context_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, rights.find_or_404(request.person, "planning.read", _visible(request), pk))


def _page(request: HttpRequest, change: ContextChange, form: TaskForm | None = None) -> HttpResponse:
    may_write = may(request.person, "planning.write", change)  # type: ignore[attr-defined]
    if may_write and form is None:
        owners = Owners()
        form = TaskForm(None, teams=owners.teams, accounts=owners.accounts)
    today = timezone.localdate()
    values: dict[str, Any] = {
        "row": pages.rows([change], today)[0],
        "change": change,
        "today": today,
        "fields": [one.field for one in change.in_fields.select_related("field__concept")],
        "measures": [one.measure for one in change.on_measures.select_related("measure")],
        "may_write": may_write,
        "form": form,
        "crumbs": [
            (SORT.many, addresses.staff("planning_staff:context_changes", request)),
            (str(change), ""),
        ],
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "planning/staff/context/change.html", values, status=status)


@needs("planning.write")
def add_context_change(request: HttpRequest) -> HttpResponse:
    return staff_edit.edit(request, SORT, ContextChange())


@needs("planning.write")
def edit_context_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    return staff_edit.edit(request, SORT, _own(request, pk))


def _own(request: HttpRequest, pk: UUID) -> ContextChange:
    return rights.find_or_404(request.person, "planning.write", ContextChange, pk)  # type: ignore[attr-defined]


@needs("planning.write")
@require_POST
def follow_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    change = rights.find_or_404(request.person, "planning.write", _visible(request), pk)  # type: ignore[attr-defined]
    owners = Owners()
    form = TaskForm(request.POST, teams=owners.teams, accounts=owners.accounts)
    if not form.has_changed():
        form.add_error("words", words(Refusal.NO_WORDS))
    if form.is_valid():
        try:
            actions.give_task(change, form.task(Team.objects.in_bulk()), by=request.person)  # type: ignore[attr-defined]
        except Refused as refused:
            form.say(refused.reasons)
        else:
            messages.success(request, _("The task is given."))
            return redirect(addresses.staff("planning_staff:context_change", request, pk=pk))
    return _page(request, change, form)


@needs("planning.write")
def context_measures(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Which measures a change touches: what is shown may be ticked or unticked, all others stay."""
    change = _own(request, pk)
    back = addresses.staff("planning_staff:context_change", request, pk=pk)
    if request.method == "POST":
        asked, chosen = (ids_of(request.POST.getlist(name)) for name in ("shown", "measure"))
        actions.touch(change, asked, chosen, by=request.person)  # type: ignore[attr-defined]
        messages.success(request, _("Saved."))
        return redirect(back)
    typed = request.GET.get("q", "").strip()
    values = {
        "change": change,
        "typed": typed,
        "offered": pages.offered(change, typed, request.person),  # type: ignore[attr-defined]
        "back": back,
    }
    return render(request, "planning/staff/context/measures.html", values)
