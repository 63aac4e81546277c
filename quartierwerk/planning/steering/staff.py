"""Steering in the back office: what the next meeting should talk about, and what the last ones decided."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from quartierwerk import rights
from quartierwerk.rights import needs

from ..models import Concept, Meeting
from . import pages

PER_PAGE = 50


@needs("planning.read")
def meetings(request: HttpRequest) -> HttpResponse:
    """The next meeting first, with what it should talk about."""
    today = timezone.localdate()
    concepts = list(rights.visible(request.person, "planning.read", Concept.objects.all()))
    concept = next((one for one in concepts if one.slug == request.GET.get("concept")), None)
    concept = concept or next(iter(concepts), None)
    rows = rights.visible(request.person, "planning.read", Meeting.objects.filter(concept=concept))
    rows = rows.select_related("group")
    values = {
        "page": Paginator(rows.order_by("-starts_at", "pk"), PER_PAGE).get_page(request.GET.get("page")),
        "coming": rows.filter(starts_at__date__gte=today).order_by("starts_at").first(),
        "concepts": concepts,
        "concept": concept,
        "proposal": pages.proposal(concept, today, request) if concept else [],
        "today": today,
    }
    return render(request, "planning/staff/steering/meetings.html", values)


@needs("planning.read")
def meeting(request: HttpRequest, pk) -> HttpResponse:
    rows = Meeting.objects.select_related("group", "concept")
    found = rights.find_or_404(request.person, "planning.read", rows, pk)
    return render(request, "planning/staff/steering/meeting.html", {"shown": pages.meeting_page(found)})
