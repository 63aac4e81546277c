"""Asking the index, and reading every hit again under the reader's rights: nothing withdrawn ever shows."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from quartierwerk.tenants import scope

from . import kinds
from .index import Found, Hit, NoIndex
from .keeping import index
from .models import SynonymRing
from .units import OwnWords


def find(words: str, *, lang: str, only: Collection[str] = (), limit: int = 500) -> tuple[list[Hit], int]:
    """Hits best first, and the true count among them, for a reader of `lang` in the active scope.

    only    kinds to look for; all that do not stand aside where empty
    Without an index (before the first build) nothing is found.
    """
    found = ask(words, lang=lang, only=only, limit=limit)
    return found.hits, found.count


def ask(
    words: str,
    *,
    lang: str,
    only: Collection[str] = (),
    facets: Mapping[str, Collection[str]] | None = None,
    limit: int = 20,
    offset: int = 0,
    count_facets: bool = False,
) -> Found:
    """The same with filters, pages and counts of facets, in the words the municipality put into the ring itself.

    facets  group → values, one of which a record must have in each group: {"language": ["ar", "fa"], "free": ["yes"]}
    """
    readable = scope.required().readable
    wanted = list(only) or kinds.asked_unless_named()
    try:
        found = index().search(
            words,
            lang=lang,
            tenants=readable,
            kinds=wanted,
            facets=facets,
            limit=limit,
            offset=offset,
            count_facets=count_facets,
            own=own_words() if words.strip() else (),
        )
    except NoIndex:
        return Found([], 0, "nothing")
    still: set[tuple[str, str]] = set()
    for name in {hit.kind for hit in found.hits}:
        ids = [UUID(hit.id) for hit in found.hits if hit.kind == name]
        rows = kinds.named(name).published().filter(pk__in=ids).values_list("pk", flat=True)
        still |= {(name, str(pk)) for pk in rows}
    hits = [hit for hit in found.hits if (hit.kind, hit.id) in still]
    return replace(found, hits=hits, count=found.count - (len(found.hits) - len(hits)))


def own_words() -> list[OwnWords]:
    """Words of this municipality and of those above it."""
    return [ring.as_own_words() for ring in SynonymRing.published.all()]
