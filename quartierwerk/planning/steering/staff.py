"""Steering in the back office: what the next meeting should talk about, and what the last ones decided."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from quartierwerk import rights
from quartierwerk.rights import Person, may, needs

from ..matrix.staff import concept_of
from ..models import Meeting
from ..redactions import staff as redactions
from . import pages
from .inviting import telling
from .minutes.forms import AdditionForm
from .tasks import lists

PER_PAGE = 50


@needs("planning.read_meetings")
def meetings(request: HttpRequest) -> HttpResponse:
    """The next meeting first, with what it should talk about; for those who do not read the plan, their groups' meetings."""
    today = timezone.localdate()
    concept = concept_of(request, missing_ok=True)
    rows = rights.visible(request.person, "planning.read_meetings", Meeting.objects.select_related("group"))
    if concept:
        rows = rows.filter(concept=concept)
    values = {
        "page": Paginator(rows.order_by("-starts_at", "pk"), PER_PAGE).get_page(request.GET.get("page")),
        "coming": rows.filter(kind=Meeting.Kind.MEETING, starts_at__date__gte=today, frozen_at=None)
        .exclude(state=Meeting.State.CANCELLED)
        .order_by("starts_at")
        .first(),
        "may_plan": may(request.person, "planning.write"),
        "open_decisions": lists.open_decisions(request.person).count(),
        "open_tasks": lists.open_tasks(request.person).count(),
        "concept": concept,
        "proposal": pages.proposal(concept, today, request) if concept else [],
        "today": today,
    }
    return render(request, "planning/staff/steering/meetings.html", values)


@needs("planning.read_meetings")
def meeting(request: HttpRequest, pk) -> HttpResponse:
    rows = Meeting.objects.select_related("group", "concept", "public_date")
    return meeting_page(request, rights.find_or_404(request.person, "planning.read_meetings", rows, pk))


def meeting_page(request: HttpRequest, found: Meeting, status: int = 200, **more: Any) -> HttpResponse:
    person: Person = request.person  # type: ignore[attr-defined]
    # A public kick-off has pages of its own.
    is_open = (
        found.kind == Meeting.Kind.MEETING
        and found.frozen_at is None
        and found.state != Meeting.State.CANCELLED
    )
    ahead = is_open and found.state != Meeting.State.HELD
    values = {
        "shown": pages.meeting_page(found, as_minuted=True, reader=person),
        "has_changed": ahead and telling.has_changed(found),
        "may_plan": is_open and may(person, "planning.write", found),
        "may_invite": ahead and may(person, "planning.write", found),
        "may_minute": is_open and may(person, "planning.minute", found),
        "adding": AdditionForm() if found.frozen_at and may(person, "planning.minute", found) else None,
        "may_read_plan": may(person, "planning.read"),
        "has_come": timezone.localdate(found.starts_at) <= timezone.localdate(),
        "refusals": [],
        **redactions.shown(request, found, found.frozen_at is not None),
    }
    return render(request, "planning/staff/steering/meeting.html", values | more, status=status)
