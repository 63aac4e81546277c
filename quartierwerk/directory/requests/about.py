"""What somebody speaks of in the forms for wishes and voices: `?about=` a public record. Who shows such records registers here."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from quartierwerk.web.asked import as_uuid


class About(NamedTuple):
    pk: UUID
    title: str
    language: str
    url: str


# Called with the request and the record's id; only what everybody may see is found.
finders: list[Callable[[Any, UUID], About | None]] = []


def of(request) -> About | None:
    if (pk := as_uuid(request.GET.get("about", ""))) is None:
        return None
    return find(request, pk)


def find(request, pk: UUID) -> About | None:
    return next((found for finder in finders if (found := finder(request, pk))), None)
