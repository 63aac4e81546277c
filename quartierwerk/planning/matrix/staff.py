"""The matrix and the lists that its numbers open."""

from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from quartierwerk import rights
from quartierwerk.chain.register import Reader
from quartierwerk.places.models import SocialSpace
from quartierwerk.rights import may, needs

from ..models import Concept, Team
from . import holding, page
from .gaps import WORDS, Gap

PER_PAGE = 50


def concept_of(request, *, missing_ok: bool = False) -> Concept | None:
    """The one named in the address, else the one somebody looked at last, else the first. Raises 404 for a name that is
    not here."""
    rows = rights.visible(request.person, "planning.read", Concept.objects.order_by("position", "slug"))
    slug, last = request.GET.get("concept", ""), request.session.get(_last(request), "")
    if slug:
        found = rows.filter(slug=slug).first()
    else:
        found = rows.order_by(Case(When(slug=last, then=0), default=1), "position", "slug").first()
    if found is None and (slug or not missing_ok):
        raise Http404
    if slug and slug != last:
        request.session[_last(request)] = slug
    return found


def _last(request) -> str:
    """Under which name the session keeps the concept that somebody looked at last here."""
    return f"concept of {request.tenant.slug}"


def _teams() -> list[Team]:
    return list(Team.objects.order_by("position", "sort_key"))


@needs("planning.read")
def matrix(request):
    """Fields × resources, needs, measures, goals, with gaps both ways; `?field=` unfolds one in place."""
    concept = concept_of(request, missing_ok=True)
    may_write = may(request.person, "planning.write")
    if concept is None:
        return render(request, "planning/staff/no_concept.html", {"may_write": may_write})
    asked = page.question(request.GET)
    teams = _teams()
    whole = holding.held_by(concept, request.person)
    shown = holding.chosen(whole, asked.asked)
    drawn = page.Matrix(request, shown, asked, {str(team.pk): team for team in teams})
    spaces = SocialSpace.objects.on(timezone.localdate()).order_by("position", "name")  # type: ignore[attr-defined]
    values = {
        "concept": concept,
        "rows": drawn.rows(),
        "without_field": drawn.without_field(),
        "sums": drawn.sums(),
        "filters": page.filters(asked, spaces, [team for team in teams if team.ended_on is None]),
        "kept": [(name, value) for name in ("concept", "gaps") if (value := asked.query.get(name))],
        "only_gaps": asked.asked.only_gaps,
        "gaps_url": asked.with_(gaps=None if asked.asked.only_gaps else "1") or "?",
        "gaps": sum(1 for part in holding.PARTS for entry in shown.entries(part) if entry.gaps),
        "narrows": asked.asked.narrows,
        "may_write": may_write,
        "may_import": may(request.person, "planning.import"),
    }
    return render(request, "planning/staff/matrix.html", values)


@needs("planning.read")
def entries(request):
    """The entries behind a number of the matrix: of one part, one field, one gap, under the same filters."""
    concept = concept_of(request)
    asked = page.question(request.GET)
    part = request.GET.get("part", "")
    part = part if part in holding.PARTS else holding.NEEDS
    gap = next((one for one in Gap if one.value == request.GET.get("gap")), None)
    shown = holding.chosen(holding.held_by(concept, request.person), asked.asked)
    found = shown.entries(part)
    if asked.places:
        inside: set[str] = {
            entry.pk for place in asked.places for entry in shown.in_field[part].get(place, ())
        }
        found = [entry for entry in found if entry.pk in inside]
    if gap:
        found = [entry for entry in found if gap in entry.gaps]
    teams, reader = {str(team.pk): team for team in _teams()}, Reader.of(request)
    fields = shown.fields_of(part)
    listed = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    values = {
        "concept": concept,
        "part": part,
        "title": page.LABELS[part],
        "page": listed,
        "rows": [
            {
                "entry": entry,
                "url": page.page_of(reader, entry),
                "fields": fields[entry.pk],
                "state": page.STATES[part].get(entry.state, ""),
                "team": teams.get(entry.team),
                "gaps": [WORDS[one] for one in entry.gaps],
            }
            for entry in listed
        ],
        "narrowed_to": [one.name for one in shown.fields if one.pk in asked.unfolded],
        "without_field": holding.NO_FIELD in asked.places,
        "gap_words": WORDS[gap] if gap else "",
        "has_team": part == holding.MEASURES,
        "may_write": may(request.person, "planning.write"),
    }
    return render(request, "planning/staff/entries.html", values)
