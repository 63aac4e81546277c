"""The number a record has in files and interfaces: the one it came with where that is a UUID, else always the same one.

A record of an imported list keeps its UUID wherever it travels, although its row here has a key of its own: two
municipalities of one installation may both hold it.
"""

import uuid
from collections.abc import Iterable
from typing import Any

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "quartierwerk:identity")


def as_uuid(text: str) -> uuid.UUID | None:
    """Only the usual form with hyphens: a number of 32 digits may be a number."""
    if len(text) != 36:
        return None
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def part(of: uuid.UUID | str, *words: object) -> uuid.UUID:
    """The number of something within a record: its second phone, its place."""
    return uuid.uuid5(_SPACE, "\x1f".join(map(str, (of, *words))))


def number(kind: str, pk: uuid.UUID, source: str, source_id: str) -> uuid.UUID:
    if not source:
        return pk
    return as_uuid(source_id) or uuid.uuid5(_SPACE, "\x1f".join((source, kind, source_id)))


def numbers(model: Any) -> dict[uuid.UUID, uuid.UUID]:
    """Key → number of all records of the active municipality. Two lists with one number: the second keeps its key."""
    rows = model.objects.order_by("source", "pk").values_list("pk", "source", "source_id")
    return _distinct(model._meta.model_name, rows)


def _distinct(kind: str, rows: Iterable[tuple[uuid.UUID, str, str]]) -> dict[uuid.UUID, uuid.UUID]:
    found: dict[uuid.UUID, uuid.UUID] = {}
    taken: set[uuid.UUID] = set()
    for pk, source, source_id in rows:
        wanted = number(kind, pk, source, source_id)
        found[pk] = pk if wanted in taken else wanted
        taken.add(found[pk])
    return found
