"""Register of what can be found: upper packages add a kind in `apps.ready()`, this package imports none of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from .index import Document

# Rows of the model whose foreign key (column) names the row before; a third part names another column than its id.
Step = tuple[type[Model], str] | tuple[type[Model], str, str]


@dataclass(frozen=True)
class Kind:
    """One kind of public record.

    name       as in `--kind`, on the portal and in the index
    published  rows a visitor may see, in the active scope; also used to read every hit again under the reader's rights
    documents  entries for such rows; their texts hold nothing that the public page does not show
    told_by    whose rows, when written, make a record stale. (model, column): the record of that column, itself or its
               child. (model, column, (other, foreign key), …): followed from row to row, the last one is the record
    aside      found only where it is asked for by name, so that it takes no place from what people look for most
    """

    name: str
    published: Callable[[], QuerySet]
    documents: Callable[[QuerySet], Iterable[Document]]
    told_by: tuple[tuple[type[Model], str, *tuple[Step, ...]], ...]
    aside: bool = False


_kinds: dict[str, Kind] = {}


def add(kind: Kind) -> None:
    if kind.name in _kinds:
        raise ValueError(f"The kind {kind.name} is registered twice.")
    _kinds[kind.name] = kind


def all_kinds() -> list[Kind]:
    return list(_kinds.values())


def named(name: str) -> Kind:
    return _kinds[name]


def names() -> list[str]:
    return list(_kinds)


def asked_unless_named() -> list[str]:
    """What is looked for where nobody says which kinds."""
    return [kind.name for kind in _kinds.values() if not kind.aside]
