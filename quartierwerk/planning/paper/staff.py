"""Papers in the back office: the concept of today, the report on progress, the paper for the council."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from quartierwerk import rights
from quartierwerk.documents.content import Document
from quartierwerk.languages import tags
from quartierwerk.languages.interface import BY_CODE
from quartierwerk.rights import may, needs
from quartierwerk.web import addresses

from ..files.writers import WRITERS
from ..matrix.staff import concept_of
from ..models import Concept, Edition
from . import concept as concept_paper
from . import council, formats, hearing, kept, loading, progress
from . import state as states
from .state import State

TO_EDIT = ("pdf", "docx")
# The report on progress is written in the municipality's own language only, as its council reads it.
PAPERS: dict[str, tuple[tuple[str, ...], Callable[[State], Document]]] = {
    "concept": (tuple(formats.SETTERS), concept_paper.document),
    "progress": (TO_EDIT, progress.document),
}


@needs("planning.read")
def papers(request: HttpRequest) -> HttpResponse:
    """What can be made of the records of today, in the language one chooses."""
    found = concept_of(request)
    lang = _language(request, found)

    def address(paper: str) -> Callable[[str], str]:
        return lambda one: (
            addresses.staff("planning_staff:paper", request, concept=found.slug, paper=paper, format=one)
            + f"?lang={lang}"
        )

    def data(one: str) -> str:
        return f"{addresses.staff('planning_staff:export', request)}?concept={found.slug}&format={one}"

    values = {
        "concept": found,
        "languages": [(code, tags.name(code, request.lang), code == lang) for code in BY_CODE],
        "whole": loading.listed(
            _("Concept"), formats.SETTERS, address("concept"), language=lang, reader=request.lang
        ),
        "progress": loading.listed(
            _("Report on progress"),
            TO_EDIT,
            address("progress"),
            language=found.language,
            reader=request.lang,
        ),
        "data": loading.listed(_("Records"), WRITERS, data, language=found.language, reader=request.lang)
        if may(request.person, "planning.export")
        else [],
    }
    return render(request, "planning/staff/papers.html", values)


def _language(request: HttpRequest, found: Concept) -> str:
    asked = request.GET.get("lang", "")
    return asked if asked in BY_CODE else found.language


@needs("planning.read")
def paper(request: HttpRequest, concept: str, paper: str, format: str) -> HttpResponse:
    known, document = PAPERS.get(paper, ((), None))
    if document is None or format not in known:
        raise Http404
    rows = rights.visible(request.person, "planning.read", Concept.objects.all())
    found, today = get_object_or_404(rows, slug=concept), timezone.localdate()
    lang = _language(request, found) if paper == "concept" else found.language
    state = states.of_today(found, request.tenant, lang, today)
    content = formats.set_as(document, state, format)
    return loading.answer(content, format, loading.dated(f"{found.title} {paper}", today))


@needs("planning.read_editions")
def edition_paper(request: HttpRequest, pk, paper: str, format: str) -> HttpResponse:
    """Of an edition: the concept as it holds it, or the paper for the council. A draft shows the records of now."""
    row = rights.find_or_404(
        request.person, "planning.read_editions", Edition.objects.select_related("concept"), pk
    )
    is_adopted = row.state == Edition.State.ADOPTED
    if format not in (formats.FORMATS if paper == "concept" else TO_EDIT if paper == "council" else ()):
        raise Http404
    if paper == "concept" and is_adopted and format in kept.PUBLIC_FORMATS:
        content = kept.content(row, request.tenant, format)
    else:
        state = _state(row, request)
        content = (
            formats.written(state, format)
            if paper == "concept"
            else formats.set_as(lambda one: council_paper(row, one, request), state, format)
        )
    return loading.answer(content, format, f"{row.title} {'beschlussvorlage' if paper == 'council' else ''}")


def _state(row: Edition, request: HttpRequest) -> State:
    lang = row.concept.language
    if row.state == Edition.State.ADOPTED:
        return states.of_edition(row, request.tenant, lang)
    return states.of_draft(row, request.tenant, lang, timezone.localdate())


def council_paper(row: Edition, state: State, request: HttpRequest) -> Document:
    before = (
        Edition.objects.filter(concept=row.concept_id, state=Edition.State.ADOPTED, number__lt=row.number)
        .order_by("-number")
        .first()
    )
    return council.document(
        state, before.content if before else None, hearing.of(row), request.tenant.contact_office
    )


def of_edition(row: Edition, request: HttpRequest) -> dict[str, object]:
    """What the edition's page lists."""

    def address(paper: str) -> Callable[[str], str]:
        return lambda one: addresses.staff(
            "planning_staff:edition_paper", request, pk=row.pk, paper=paper, format=one
        )

    words = {"language": row.concept.language, "reader": request.lang}
    sizes = kept.sizes(row)
    return {
        "concept_files": loading.listed(row.title, formats.FORMATS, address("concept"), sizes=sizes, **words),
        "council_files": loading.listed(_("Paper for the council"), TO_EDIT, address("council"), **words),
    }
