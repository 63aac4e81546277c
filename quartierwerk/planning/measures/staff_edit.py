"""Entering and changing needs, measures, goals, obstacles, posts and teams."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms.utils import ErrorDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from quartierwerk import rights, search
from quartierwerk.chain.models import InChain
from quartierwerk.chain.register import Reader
from quartierwerk.rights import needs
from quartierwerk.web import addresses, editing
from quartierwerk.web.rows import Rows

from . import kinds, linking, nearness
from .kinds import RowsOf, Sort


@dataclass
class Page:
    """Forms that stand or fall together."""

    form: Any
    rows: list[tuple[RowsOf, Rows]]

    @property
    def forms(self) -> list:
        return [self.form, *(form for _of, rows in self.rows for form in rows)]

    def is_valid(self) -> bool:
        return False not in [part.is_valid() for part in (self.form, *(rows for _of, rows in self.rows))]

    def without_faults(self) -> None:
        """Another row was asked for, nothing was to be saved yet."""
        for form in self.forms:
            if form.is_bound:
                form._errors = ErrorDict()

    @transaction.atomic
    def save(self, sort: Sort, *, by, came_from: InChain | None):
        record = editing.save(self.form, action=sort.write, by=by)
        if hasattr(self.form, "save_hanging"):
            self.form.save_hanging(record)
        for _of, rows in self.rows:
            rows.save(record, by=by, action=sort.write)
        if came_from is not None:
            linking.tie(came_from, record, by=by)
        search.changed()
        return record


def edit(request, sort: Sort, record):
    """The form of a record and its rows, new or not."""
    data, new = request.POST or None, record._state.adding
    came_from = linking.found_by_element(Reader.of(request), request.GET.get("from", "")) if new else None
    if came_from is not None and linking.way_between(came_from.chain_kind, sort.name) is None:
        came_from = None
    named = "" if new else getattr(record, sort.called)
    initial = _inherited(record, came_from) if came_from is not None else {}
    page = Page(
        sort.form(data, instance=record, initial=initial), [(one, one.of(record, data)) for one in sort.rows]
    )
    status, doubles = 200, []
    if data:
        status = 422
        if "more" in data:
            page.without_faults()
        elif page.is_valid():
            if sort.alike and not data.get("another") and getattr(record, sort.called) != named:
                doubles = nearness.doubles(page.form.instance, request.person)
            if not doubles:
                try:
                    record = page.save(sort, by=request.person, came_from=came_from)
                except editing.EditedMeanwhile:
                    status = 409
                else:
                    messages.success(request, _("Saved."))
                    return redirect(addresses.staff(f"planning_staff:{sort.name}", request, pk=record.pk))
    values = {
        "sort": sort, "page": page, "form": page.form, "record": record, "new": new, "named": named, "doubles": doubles,
        "double_page": f"planning_staff:{sort.name}", "came_from": came_from,
        "back": addresses.staff(f"planning_staff:{sort.plural}", request) if new
        else addresses.staff(f"planning_staff:{sort.name}", request, pk=record.pk),
    }  # fmt: skip
    return render(request, "planning/staff/measures/form.html", values, status=status)


def _inherited(record, came_from) -> dict[str, Any]:
    """What is made of another record stands in its fields and its quarter, until somebody says otherwise."""
    found: dict[str, Any] = {}
    if hasattr(record, "in_fields") and hasattr(came_from, "in_fields"):
        placed = came_from.in_fields.filter(field__ended_on=None)
        found["in_fields"] = list(placed.values_list("field", flat=True))
    if hasattr(record, "space_id") and getattr(came_from, "space_id", None):
        found["space"] = came_from.space_id
    return found


def _add(request, sort: Sort):
    record = sort.model()
    if hasattr(record, "language"):
        record.language = request.tenant.source_language
    return edit(request, sort, record)


def _change(request, sort: Sort, pk):
    return edit(request, sort, rights.find_or_404(request.person, sort.write, sort.model, pk))


@needs("planning.write")
def add_need(request):
    return _add(request, kinds.NEED)


@needs("planning.write")
def edit_need(request, pk):
    return _change(request, kinds.NEED, pk)


@needs("planning.write")
def add_measure(request):
    return _add(request, kinds.MEASURE)


@needs("planning.write")
def edit_measure(request, pk):
    return _change(request, kinds.MEASURE, pk)


@needs("planning.write")
def add_goal(request):
    return _add(request, kinds.GOAL)


@needs("planning.write")
def edit_goal(request, pk):
    return _change(request, kinds.GOAL, pk)


@needs("planning.write")
def add_obstacle(request):
    return _add(request, kinds.OBSTACLE)


@needs("planning.write")
def edit_obstacle(request, pk):
    return _change(request, kinds.OBSTACLE, pk)


@needs("planning.write")
def add_post(request):
    return _add(request, kinds.POST)


@needs("planning.write")
def edit_post(request, pk):
    return _change(request, kinds.POST, pk)


@needs("planning.write")
def add_team(request):
    return _add(request, kinds.TEAM)


@needs("planning.write")
def edit_team(request, pk):
    return _change(request, kinds.TEAM, pk)
