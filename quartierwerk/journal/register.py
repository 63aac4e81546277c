"""Records whose history people read and may restore. Upper packages fill it in `apps.ready()`; the pages stand in `versions`.

    register.add(register.Versioned("offers", Offer, "directory.restore", "directory.write", "directory_staff:offer"))

Texts, contacts and hours come along by themselves: every tracked model that takes its visibility from the record.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

PAGE = "versions:history"  # the address of a record's history, with `kind` and `pk`


@dataclass(frozen=True, eq=False)
class Versioned:
    """name     in addresses, plural ("offers")
    action   right to read what stood there and to bring it back
    write    right that the edit itself asks for
    page     address of the record's page in the back office, with `pk`
    title    field by which people call a record
    owned    foreign keys of the record to rows that are edited on its page (its address)
    leave_out  fields, and classes of rows that hang on it, which are shown but not brought back (counters, acts)
    words    field → function of its value and the reader's language, where the plain value says nothing to people
    former   numbers of records that were merged into this one, with their moment: their history is read with this one's right
    restored called with the record after something was brought back, in the same transaction
    """

    name: str
    model: type[Model]
    action: str
    write: str
    page: str
    title: str = "title"
    owned: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    words: Mapping[str, Callable[[Any, str], str]] = field(default_factory=dict)
    former: Callable[[Any], Iterable[tuple[UUID, datetime]]] = lambda record: ()
    restored: Callable[[Any], None] = lambda record: None


_kinds: dict[str, Versioned] = {}


def add(kind: Versioned) -> None:
    if kind.name in _kinds:
        raise ValueError(f"{kind.name} is registered already")
    if not hasattr(kind.model, "pgh_event_models"):
        raise ValueError(f"{kind.model.__name__} keeps no history; declare it @tracked()")
    _kinds[kind.name] = kind


def kinds() -> list[Versioned]:
    return list(_kinds.values())


def kind_named(name: str) -> Versioned | None:
    return _kinds.get(name)


def kind_of(record: Model) -> Versioned | None:
    return next((kind for kind in _kinds.values() if kind.model is type(record)), None)
