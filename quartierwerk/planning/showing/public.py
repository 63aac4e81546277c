from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk.languages import showing
from quartierwerk.rights import open_to_all

from ..links import showing as links
from ..models import Concept
from . import changes as changing
from . import concept_pages, listing, measure_page, published, saying
from .loading import with_children
from .navigation import crumbs
from .navigation import label as plan_label

LATEST = 5


def _concept_or_404(request, slug: str = "") -> Concept:
    rows = published.concepts(request.tenant)
    found = next(iter(with_children((rows.filter(slug=slug) if slug else rows)[:1], "translations")), None)
    if found is None:
        raise Http404
    return found


@open_to_all
def plan(request: HttpRequest) -> HttpResponse:
    """The municipality's concept; where it has several, the first, which leads to the others."""
    return _shown(request, _concept_or_404(request), [(str(plan_label()), "")])


@open_to_all
def concept(request: HttpRequest, concept: str) -> HttpResponse:
    record = _concept_or_404(request, concept)
    return _shown(request, record, crumbs(request, (_title(record, request), "")))


def _shown(request, record: Concept, way: list[tuple[str, str]]) -> HttpResponse:
    values = {
        "shown": concept_pages.of_concept(record, request),
        "saying": saying.about(request, record.pk),
        "latest": changing.of(record, request, most=LATEST),
        "plans": links.published(concept=record),
        "crumbs": way,
    }
    return render(request, "planning/public/concept.html", values)


def _title(record: Concept, request) -> str:
    return showing.show_all(record, request.lang)["title"].text


@open_to_all
def measures(request: HttpRequest, concept: str) -> HttpResponse:
    record = _concept_or_404(request, concept)
    values = {
        "concept": record,
        "saying": saying.about(request, record.pk),
        "list": listing.of(record, request),
        "crumbs": crumbs(request, (_("All measures"), "")),
    }
    return render(request, "planning/public/measures.html", values)


@open_to_all
def changes(request: HttpRequest, concept: str) -> HttpResponse:
    record = _concept_or_404(request, concept)
    values = {
        "concept": record,
        "changes": changing.of(record, request),
        "days": changing.DAYS,
        "crumbs": crumbs(request, (_("What changed"), "")),
    }
    return render(request, "planning/public/changes.html", values)


@open_to_all
def field(request: HttpRequest, pk) -> HttpResponse:
    record = concept_pages.find_field(request, pk)
    if record is None:
        raise Http404
    shown = concept_pages.of_field(record, request)
    values = {
        "shown": shown,
        "saying": saying.about(request, record.pk),
        "crumbs": crumbs(request, (shown.texts["name"].text, "")),
    }
    return render(request, "planning/public/field.html", values)


@open_to_all
def measure(request: HttpRequest, pk) -> HttpResponse:
    record = measure_page.find(request, pk)
    shown = measure_page.of(record, request) if record else None
    if shown is None:
        raise Http404
    fields = [(name.text, url) for name, url in shown.fields[:1]]
    values = {
        "shown": shown,
        "saying": saying.about(request, record.pk),
        "plans": links.published(measure=record),
        "as_of": timezone.localdate(),
        "crumbs": crumbs(request, *fields, (shown.texts["title"].text, "")),
    }
    return render(request, "planning/public/measure.html", values)


@open_to_all
def quarter(request: HttpRequest, pk) -> HttpResponse:
    """What is planned in a quarter; a municipality without a public concept has no such page."""
    _concept_or_404(request)
    space = concept_pages.find_quarter(request, pk)
    if space is None:
        raise Http404
    values = {
        "shown": concept_pages.of_quarter(space, request),
        "saying": saying.about(request, space.pk),
        "plans": links.published(space=space),
        "crumbs": crumbs(request, (space.name, "")),
    }
    return render(request, "planning/public/quarter.html", values)
