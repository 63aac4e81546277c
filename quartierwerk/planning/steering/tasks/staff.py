"""Open decisions and tasks, one's own first; ending them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from quartierwerk import rights
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses

from ...models import Decision, Measure, Task, Team
from .. import pages
from ..minutes.forms import Owners
from ..rules import Refused
from . import actions, lists
from .forms import GivenTaskForm

PER_PAGE = 50
WHOSE = ("mine", "team", "all")


@needs("planning.read_tasks")
def tasks(request: HttpRequest) -> HttpResponse:
    person, today = request.person, timezone.localdate()  # type: ignore[attr-defined]
    whose = request.GET.get("whose", "")
    rows = lists.open_tasks(person)
    own = {"mine": lists.owned_by(person), "team": lists.of_team(person, today), "all": Q()}
    if whose not in WHOSE:
        whose = "all"
    page = Paginator(rows.filter(own[whose]), PER_PAGE).get_page(request.GET.get("page"))
    owners = pages.owners_of(page.object_list)
    labels = (_("Mine"), _("My team's"), pgettext("tasks", "All"))
    values = {
        "page": page,
        "rows": [(task, owners.get(task.pk, ""), task.due_on < today) for task in page],
        "choices": [(name, label, name == whose) for name, label in zip(WHOSE, labels, strict=True)],
        "whose": whose,
        "may_give": may(person, "planning.write"),
    }
    return render(request, "planning/staff/steering/tasks.html", values)


@needs("planning.write")
def add_task(request: HttpRequest) -> HttpResponse:
    measures = rights.visible(request.person, "planning.write", Measure.objects.order_by("sort_key", "pk"))
    sent = request.POST if request.method == "POST" else None
    form = GivenTaskForm(sent, owners=Owners(), measures=measures)
    if form.is_bound and form.is_valid():
        try:
            task, measure = form.task(Team.objects.in_bulk()), form.cleaned_data["measure"]
            made = actions.give_task(task, measure=measure, by=request.person)
        except Refused as refused:
            form.say(refused.reasons)
        else:
            messages.success(request, _("The task is given."))
            return redirect(addresses.staff("planning_staff:task", request, pk=made.pk))
    status = 422 if form.is_bound else 200
    return render(request, "planning/staff/steering/task_form.html", {"form": form}, status=status)


def _task(request: HttpRequest, pk, action: str = "planning.read_tasks") -> Task:
    rows = Task.objects.select_related(
        "owner_team", "measure", "post", "context_change", "decision", "decision__meeting"
    )
    return rights.find_or_404(request.person, action, rows, pk)


@needs("planning.read_tasks")
def task(request: HttpRequest, pk) -> HttpResponse:
    return _task_page(request, _task(request, pk))


def _task_page(request: HttpRequest, found: Task, status: int = 200, **more: Any) -> HttpResponse:
    person = request.person  # type: ignore[attr-defined]
    is_open = not found.done_on and not found.withdrawn_reason
    values = {
        "task": found,
        "owner": pages.owners_of([found]).get(found.pk, ""),
        "is_overdue": is_open and found.due_on < timezone.localdate(),
        "may_finish": is_open and may(person, "planning.finish_task", found),
        "may_withdraw": is_open and may(person, "planning.withdraw_task", found),
        "may_read_plan": may(person, "planning.read"),
        "may_read_decision": found.decision is not None
        and may(person, "planning.read_decisions", found.decision),
        "refusals": [],
    }
    return render(request, "planning/staff/steering/task.html", values | more, status=status)


@require_POST
@needs("planning.finish_task")
def finish_task(request: HttpRequest, pk) -> HttpResponse:
    found = _task(request, pk, "planning.finish_task")
    try:
        actions.finish_task(found, by=request.person)
    except Refused as refused:
        found.refresh_from_db()
        return _task_page(request, found, 422, refusals=refused.in_words)
    messages.success(request, _("Done."))
    return _after(request, found)


@require_POST
@needs("planning.withdraw_task")
def withdraw_task(request: HttpRequest, pk) -> HttpResponse:
    found, reason = _task(request, pk, "planning.withdraw_task"), request.POST.get("reason", "")
    try:
        actions.withdraw_task(found, reason, by=request.person)
    except Refused as refused:
        found.refresh_from_db()
        return _task_page(request, found, 422, refusals=refused.in_words, typed=reason)
    messages.success(request, _("Withdrawn."))
    return _after(request, found)


def _after(request: HttpRequest, ended: Task) -> HttpResponse:
    """Where that was the last task of its decision, the decision asks whether it is carried out."""
    decision = ended.decision
    if (
        decision is not None
        and may(request.person, "planning.decide", decision)
        and lists.carried_out(request.person).filter(pk=decision.pk).exists()
    ):
        return redirect(addresses.staff("planning_staff:decision", request, pk=decision.pk))
    return redirect(addresses.staff("planning_staff:task", request, pk=ended.pk))


@needs("planning.read_decisions")
def decisions(request: HttpRequest) -> HttpResponse:
    """Open ones, the most overdue first."""
    person = request.person
    first = Min("tasks__due_on", filter=Q(tasks__done_on=None, tasks__withdrawn_reason=""))
    rows = lists.open_decisions(person).annotate(first_due=first)
    page = Paginator(rows.order_by("first_due", "decided_on", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    shown = pages.made_of(rows.filter(pk__in=[row.pk for row in page]))
    by_pk = {one.decision.pk: one for one in shown}
    values = {
        "page": page,
        "rows": [by_pk[row.pk] for row in page],
        "may_read_plan": may(person, "planning.read"),
    }
    return render(request, "planning/staff/steering/decisions.html", values)


def _decision(request: HttpRequest, pk, action: str = "planning.read_decisions") -> Decision:
    return rights.find_or_404(request.person, action, Decision.objects.select_related("meeting", "item"), pk)


@needs("planning.read_decisions")
def decision(request: HttpRequest, pk) -> HttpResponse:
    return _decision_page(request, _decision(request, pk))


def _decision_page(request: HttpRequest, found: Decision, status: int = 200, **more: Any) -> HttpResponse:
    made = next(pages.made_of(Decision.objects.filter(pk=found.pk)))
    is_open = found.state == Decision.State.OPEN
    values = {
        "one": made,
        "decision": found,
        "may_end": is_open and may(request.person, "planning.decide", found),
        "all_ended": is_open and not made.open_tasks,
        "may_read_plan": may(request.person, "planning.read"),
        "refusals": [],
    }
    return render(request, "planning/staff/steering/decision.html", values | more, status=status)


@require_POST
@needs("planning.decide")
def finish_decision(request: HttpRequest, pk) -> HttpResponse:
    found = _decision(request, pk, "planning.decide")
    try:
        actions.finish_decision(found, by=request.person)
    except Refused as refused:
        found.refresh_from_db()
        return _decision_page(request, found, 422, refusals=refused.in_words)
    messages.success(request, _("The decision is carried out."))
    return redirect(addresses.staff("planning_staff:decision", request, pk=pk))


@require_POST
@needs("planning.decide")
def withdraw_decision(request: HttpRequest, pk) -> HttpResponse:
    found, reason = _decision(request, pk, "planning.decide"), request.POST.get("reason", "")
    try:
        actions.withdraw_decision(found, reason, by=request.person)
    except Refused as refused:
        found.refresh_from_db()
        return _decision_page(request, found, 422, refusals=refused.in_words, typed=reason)
    messages.success(request, _("Withdrawn, with its open tasks."))
    return redirect(addresses.staff("planning_staff:decision", request, pk=pk))
