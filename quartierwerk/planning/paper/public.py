"""An adopted edition to take along, for everybody."""

from django.http import Http404, HttpRequest, HttpResponse

from quartierwerk.rights import open_to_all

from ..models import Edition
from . import kept
from .loading import answer


@open_to_all
def edition_file(request: HttpRequest, concept: str, number: int, format: str) -> HttpResponse:
    if format not in kept.PUBLIC_FORMATS:
        raise Http404
    rows = Edition.published.filter(
        tenant=request.tenant,  # type: ignore[attr-defined]
        concept__slug=concept,
        number=number,
        state=Edition.State.ADOPTED,
    )
    edition = rows.select_related("concept").first()
    if edition is None:
        raise Http404
    return answer(kept.content(edition, request.tenant, format), format, edition.title)
