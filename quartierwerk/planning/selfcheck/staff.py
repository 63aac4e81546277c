"""Self-checks in the back office: all teams of a year, one team beside its last year, and the form."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk import rights
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses, editing

from ..models import SelfCheck, Team
from . import pages
from .forms import SelfCheckForm


def departments():
    return Team.objects.current().filter(is_department=True).order_by("position", "sort_key")  # type: ignore[attr-defined]


def _year(request: HttpRequest) -> int:
    typed, this = request.GET.get("year", ""), timezone.localdate().year
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else this


@needs("planning.read")
def self_checks(request: HttpRequest) -> HttpResponse:
    """All teams of one year; `?year=` names an earlier one."""
    year = _year(request)
    teams = list(departments())
    rows = rights.visible(request.person, "planning.read", SelfCheck.objects.all())  # type: ignore[attr-defined]
    of_both = {year: {}, year - 1: {}}  # type: dict[int, dict[UUID, SelfCheck]]
    for check in rows.filter(team__in=teams, year__in=of_both):
        of_both[check.year][check.team_id] = check
    years = set(rows.values_list("year", flat=True).distinct()) | {timezone.localdate().year}
    values = {
        "year": year,
        "before": year - 1,
        "years": sorted(years, reverse=True),
        "told": pages.overview(teams, of_both[year], of_both[year - 1], request.lang),  # type: ignore[attr-defined]
        "labels": list(pages.LABELS.values()),
        "may_check": may(request.person, "planning.write"),  # type: ignore[attr-defined]
    }
    return render(request, "planning/staff/selfcheck/overview.html", values)


def _team(request: HttpRequest, pk: UUID) -> Team:
    return rights.find_or_404(request.person, "planning.self_check", Team, pk)  # type: ignore[attr-defined]


@needs("planning.self_check")
def self_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One team: this year beside the last one, as it was typed."""
    team, year = _team(request, pk), timezone.localdate().year
    checks = {one.year: one for one in SelfCheck.objects.filter(team=team)}
    values = {
        "team": team,
        "year": year,
        "before": year - 1,
        "check": checks.get(year),
        "rows": pages.beside_last_year(checks.get(year), checks.get(year - 1), request.lang),  # type: ignore[attr-defined]
        "notes": [one for one in checks.values() if one.note],
        "reads_plan": may(request.person, "planning.read"),  # type: ignore[attr-defined]
        "is_current": team.ended_on is None,
    }
    return render(request, "planning/staff/selfcheck/team.html", values)


@needs("planning.self_check")
def fill_in_self_check(request: HttpRequest, pk: UUID, year: int) -> HttpResponse:
    """This year or the last one, which may still be set right."""
    team, this = _team(request, pk), timezone.localdate().year
    if team.ended_on or year not in (this, this - 1):
        raise Http404
    record = SelfCheck.objects.filter(team=team, year=year).first() or SelfCheck(team=team, year=year)
    form = SelfCheckForm(request.POST or None, instance=record, reader=request.lang)  # type: ignore[attr-defined]
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                editing.save(form, action="planning.self_check", by=request.person, through=team)  # type: ignore[attr-defined]
            except editing.EditedMeanwhile:
                status = 409
            else:
                messages.success(request, _("Saved."))
                return redirect(addresses.staff("planning_staff:self_check", request, pk=pk))
    values = {
        "team": team,
        "year": year,
        "form": form,
        "back": addresses.staff("planning_staff:self_check", request, pk=pk),
    }
    return render(request, "planning/staff/selfcheck/form.html", values, status=status)
