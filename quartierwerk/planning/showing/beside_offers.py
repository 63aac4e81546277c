"""Measures and fields of the plan for the words with which somebody looks for an offer: below the offers, a few."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk.directory.finding import beside
from quartierwerk.search import asking
from quartierwerk.web import addresses
from quartierwerk.web.hits import Hit

from .in_search import FIELDS, MEASURES
from .navigation import has_plan

MOST = 3
_PAGES = {MEASURES: "planning:measure", FIELDS: "planning:field"}


def found(words: str, request) -> beside.Group | None:
    if not has_plan(request):
        return None
    hits, _count = asking.find(words, lang=request.lang, only=[MEASURES, FIELDS], limit=MOST * 2)
    own = [hit for hit in hits if hit.tenant == request.tenant.pk][:MOST]
    return beside.Group(
        "plan",
        gettext_lazy("What is planned"),
        [
            Hit(
                title=hit.title,
                url=addresses.public(_PAGES[hit.kind], request, pk=UUID(hit.id)),
                lang=hit.lang if hit.lang != request.lang else "",
                untranslated=hit.lang != request.lang,
            )
            for hit in own
        ],
        (_("See the whole plan"), addresses.public("planning:plan", request)),
    )


def register() -> None:
    beside.finders.append(found)
