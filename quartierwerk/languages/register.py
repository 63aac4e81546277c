"""Kinds of records with texts to translate. Upper packages fill it in `apps.ready()`; the translators' pages read it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .models import Translatable, Translation

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Kind:
    """name   in addresses, plural ("offers")
    title  field by which people call a record
    order  field it is listed by
    page   address of its page in the back office; empty where it has none
    opens  action that opens this page; empty where whoever reads the texts may
    last   listed after what people work on all day
    edited whether content editors may change the words as first written
    """

    name: str
    label: "str | _StrPromise"
    model: type[Translatable]
    page: str
    title: str = "title"
    order: str = "sort_key"
    opens: str = ""
    last: bool = False
    edited: bool = True

    @property
    def translations(self) -> type[Translation]:
        return self.model._meta.get_field("translations").related_model  # type: ignore[return-value,misc]


_kinds: dict[str, Kind] = {}


def add(kind: Kind) -> None:
    if kind.name in _kinds:
        raise ValueError(f"{kind.name} is registered already")
    _kinds[kind.name] = kind


def kinds() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: kind.last)


def kind_named(name: str) -> Kind | None:
    return _kinds.get(name)


def kind_of(record: Translatable) -> Kind:
    return next(kind for kind in _kinds.values() if kind.model is type(record))
