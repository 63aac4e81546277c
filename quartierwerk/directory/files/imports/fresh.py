"""New rows of an import: what a model fills in by itself is looked up once, not for each of sixty thousand rows."""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


def fresh(model: type[M], **given: Any) -> M:
    """As `model(**given)`, in half the time; foreign keys by their column (`offer_id`)."""
    values = [
        given.pop(name) if name in given else make() if make else fixed
        for name, make, fixed in _defaults(model)
    ]
    return model(*values, **given)


@cache
def _defaults(model: type[Model]) -> list[tuple[str, Callable[[], Any] | None, Any]]:
    """Of each field its name and what makes its value anew for each row, else the one value of all rows."""
    return [
        (field.attname, field.default, None)
        if field.has_default() and callable(field.default)
        else (field.attname, None, field.get_default())
        for field in model._meta.concrete_fields
    ]
