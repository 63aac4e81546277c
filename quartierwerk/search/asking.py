"""Asking the index, and reading every hit again under the reader's rights: nothing withdrawn ever shows."""

from collections.abc import Collection
from uuid import UUID

from quartierwerk.tenants import scope

from . import kinds
from .index import Hit, NoIndex
from .keeping import index


def find(words: str, *, lang: str, only: Collection[str] = (), limit: int = 500) -> tuple[list[Hit], int]:
    """Hits best first, and the true count among them, for a reader of `lang` in the active scope.

    only    kinds to look for; all where empty
    Without an index (before the first build) nothing is found.
    """
    readable = scope.required().readable
    wanted = list(only) or kinds.names()
    try:
        found = index().search(words, lang=lang, tenants=readable, kinds=wanted, limit=limit)
    except NoIndex:
        return [], 0
    still: set[tuple[str, str]] = set()
    for name in {hit.kind for hit in found.hits}:
        ids = [UUID(hit.id) for hit in found.hits if hit.kind == name]
        rows = kinds.named(name).published().filter(pk__in=ids).values_list("pk", flat=True)
        still |= {(name, str(pk)) for pk in rows}
    hits = [hit for hit in found.hits if (hit.kind, hit.id) in still]
    return hits, found.count - (len(found.hits) - len(hits))
