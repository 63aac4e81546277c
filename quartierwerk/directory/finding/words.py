"""From a visitor's words to offers: the index proposes, the database decides what may be seen."""

from uuid import UUID

from django.utils.translation import gettext as _

from quartierwerk.search import asking
from quartierwerk.search.index import Hit, NoIndex
from quartierwerk.search.keeping import index

MOST = 500  # a page of results is looked through, not a thousand


def offers(words: str, request) -> dict[UUID, list[tuple[str, str]]]:
    """Offers found, best first: id → why found (word as it stands in the text, where)."""
    hits, _count = asking.find(words, lang=request.lang, only=["offers"], limit=MOST)
    return {UUID(hit.id): why(hit) for hit in hits}


def why(hit: Hit) -> list[tuple[str, str]]:
    places = {"title": _("in the title"), "text": _("in the text"), "extra": _("in name or place")}
    reasons: dict[str, str] = {}
    for match in hit.why:
        reasons.setdefault(match.found, places[match.field])
    return list(reasons.items())[:4]


def state() -> str:
    """Differs after every change of the index; a page of hits is the same as long as it is."""
    try:
        return index().state()
    except NoIndex:
        return ""
