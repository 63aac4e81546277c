"""Adopted editions on the portal: as they were adopted, and what has changed since the one before."""

from typing import Any

from django.db.models.fields.json import KeyTransform
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quartierwerk.rights import open_to_all
from quartierwerk.web import addresses

from ..models import Edition
from ..paper import kept, loading
from ..showing import bodies
from ..showing.navigation import crumbs
from . import pages, picture
from .rules import State


def _adopted(request: HttpRequest, concept: str):
    """The municipality's own: the Region above may have a concept of the same short name."""
    return (
        Edition.published.filter(tenant=request.tenant, concept__slug=concept, state=State.ADOPTED)  # type: ignore[attr-defined]
        .select_related("decision", "concept")
        .annotate(decided=KeyTransform("decision", "content"))
        .order_by("-number")
    )


@open_to_all
def editions(request: HttpRequest, concept: str) -> HttpResponse:
    rows = list(_adopted(request, concept).defer("content"))
    if not rows:
        raise Http404
    return render(
        request,
        "planning/public/editions.html",
        {
            "editions": [(row, _body(row, request)) for row in rows],
            "concept": concept,
            "crumbs": crumbs(request, (_("Editions of the concept"), "")),
        },
    )


def _body(row: Any, request: HttpRequest) -> SafeString:
    return bodies.in_words(row.decided["body"], row.concept.language, request.lang)


@open_to_all
def edition(request: HttpRequest, concept: str, number: int) -> HttpResponse:
    rows = list(_adopted(request, concept).filter(number__lte=number)[:2])
    if not rows or rows[0].number != number:
        raise Http404
    row, before = rows[0], rows[1] if len(rows) > 1 else None
    counted = picture.counted(row.content)
    values = {
        "files": loading.listed(
            row.title,
            kept.PUBLIC_FORMATS,
            lambda one: addresses.public(
                "planning:edition_file", request, concept=concept, number=number, format=one
            ),
            language=row.concept.language,
            reader=request.lang,
            sizes=kept.sizes(row),
        ),
        "edition": row,
        "body": _body(row, request),
        "content": row.content,
        "chapters": pages.chapters(row.content),
        "counted": counted,
        "total": pages.planned(counted.total),
        "before": before,
        "difference": pages.difference(before.content, row.content) if before else [],
        "crumbs": crumbs(
            request,
            (_("Editions of the concept"), addresses.public("planning:editions", request, concept=concept)),
            (row.title, ""),
        ),
    }
    return render(request, "planning/public/edition.html", values)
