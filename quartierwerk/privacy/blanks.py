"""What a personal value becomes in a row that stays: nothing that tells of anybody."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

_EMPTY = (
    (models.CharField, ""),
    (models.TextField, ""),
    (ArrayField, list),
    (models.JSONField, dict),
    (models.BooleanField, False),
    (models.IntegerField, 0),
    (models.BinaryField, b""),
)


class NoBlank(TypeError):
    """A personal field that cannot be emptied: make it nullable."""


def blank(field: models.Field):
    """The empty value of a field: nothing where it may be, else that of its kind. Raises NoBlank."""
    if field.null:
        return None
    for kind, value in _EMPTY:
        if isinstance(field, kind):
            return value() if callable(value) else value
    raise NoBlank(f"{field.model.__name__}.{field.name} cannot be emptied.")
