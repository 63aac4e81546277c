"""The adopted guiding principle on the portal: the words that hold, what they replaced, and what follows from them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from quartierwerk.languages.showing import show_all
from quartierwerk.rights import open_to_all
from quartierwerk.tenants.managers import children

from ..models import GuidingPrinciple, Measure, PrincipleVersion
from ..showing.navigation import crumbs
from . import pages
from .rules import State


@open_to_all
def principle(request: HttpRequest, concept: str, number: int | None = None) -> HttpResponse:
    """The version that holds; earlier ones by their number."""
    found = children(
        GuidingPrinciple.published.filter(tenant=request.tenant, concept__slug=concept), "translations"
    ).first()
    if found is None:
        raise Http404
    rows = list(
        PrincipleVersion.published.filter(principle=found, state=State.ADOPTED)
        .select_related("principle", "council_decision")
        .order_by("-number")
    )
    at = next((n for n, one in enumerate(rows) if number in (None, one.number)), None)
    if at is None:
        raise Http404
    row, before = rows[at], rows[at + 1] if at + 1 < len(rows) else None
    cited = pages.cited_by(found, Measure.published.values("pk"))
    paragraphs = pages.paragraphs(row, request.lang, cited)
    title = show_all(found, request.lang)["title"]
    values = {
        "title": title,
        "version": row,
        "paragraphs": paragraphs,
        "current": rows[0],
        "others": [one for one in rows if one.pk != row.pk],
        "before": before,
        "difference": pages.difference(before, row) if before else [],
        "fallback": next((one.text for one in paragraphs if one.text.is_fallback), None),
        "is_machine": any(one.text.is_machine for one in paragraphs),
        "concept": concept,
        "crumbs": crumbs(request, (_("Guiding principle"), "")),
    }
    return render(request, "planning/public/principle.html", values)
