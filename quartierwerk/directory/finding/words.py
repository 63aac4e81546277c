"""From a visitor's words to offers: the index proposes, the database decides what may be seen."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from quartierwerk.search import asking
from quartierwerk.search.index import Hit, NoIndex
from quartierwerk.search.keeping import index

MOST = 500  # a page of results is looked through, not a thousand


Reasons = list[tuple[str, str]]  # word as it stands in the text, where


class Offers(Mapping[UUID, Reasons]):
    """Offers found, best first → why. Hundreds are found and twenty shown: reasons are looked for when asked for."""

    def __init__(self, hits: list[Hit]) -> None:
        self._hits = {UUID(hit.id): hit for hit in hits}

    def __getitem__(self, pk: UUID) -> Reasons:
        return why(self._hits[pk])

    def __iter__(self) -> Iterator[UUID]:
        return iter(self._hits)

    def __len__(self) -> int:
        return len(self._hits)


def offers(words: str, request) -> Offers:
    hits, _count = asking.find(words, lang=request.lang, only=["offers"], limit=MOST)
    return Offers(hits)


def why(hit: Hit) -> Reasons:
    places = {
        "title": _("in the title"),
        "text": _("in the text"),
        "extra": _("in name or place"),
        "spoken": _("is spoken there"),
    }
    reasons: dict[str, str] = {}
    for match in hit.why:
        where = places[match.field]
        if match.how == "synonym":
            where = _("%(where)s (means the same as “%(word)s”)") % {"where": where, "word": match.word}
        reasons.setdefault(match.found, where)
    return list(reasons.items())[:4]


def state() -> str:
    """Differs after every change of the index; a page of hits is the same as long as it is."""
    try:
        return index().state()
    except NoIndex:
        return ""
