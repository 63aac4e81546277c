"""Fields that travel in files as plain text, whatever the format: how each is written, and read again."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, DateField, Field, IntegerField, JSONField, Model

from ..models import Offer, Organisation

# Without a place of their own in HSDS: they go as attributes there, and as columns in tables.
OFFER = (
    "kind", "topics", "is_free", "childcare", "step_free", "accessibility", "registration", "serves_postcodes",
    "valid_until", "course_type", "level", "starts_on", "ends_on", "seats", "seats_taken", "has_waiting_list",
    "childcare_places", "specialities", "intake", "listing_type", "german_level", "deadline", "trial",
    "costs_covered", "gear", "language", "text_languages",
)  # fmt: skip
ORGANISATION = ("legal_name", "hours", "roles", "topics", "languages_spoken", "serves_postcodes", "language", "text_languages")  # fmt: skip
BY_MODEL: dict[str, tuple[type[Model], Sequence[str]]] = {
    "offer": (Offer, OFFER),
    "organisation": (Organisation, ORGANISATION),
}


class NotReadable(ValueError):
    """A text that is no value of this field."""


def written(record: Model, name: str) -> str:
    """The field's value as text; empty where it says nothing beyond its default."""
    field: Field = record._meta.get_field(name)  # type: ignore[assignment]
    value = getattr(record, name)
    if value in (None, "", [], {}) or (value == field.get_default() and name != "language"):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    if isinstance(value, list):
        return ";".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)


def read(model: type[Model], name: str, text: str) -> Any:
    """The value this text stands for; raises NotReadable."""
    field: Field = model._meta.get_field(name)  # type: ignore[assignment]
    if not text:
        return field.get_default()
    try:
        if isinstance(field, ArrayField):
            value: Any = [word for word in (part.strip() for part in text.split(";")) if word]
        elif isinstance(field, JSONField):
            value = json.loads(text)
            if not isinstance(value, dict):
                raise NotReadable(text)
        elif isinstance(field, BooleanField):
            if text.lower() not in ("true", "false"):
                raise NotReadable(text)
            value = text.lower() == "true"
        elif isinstance(field, DateField):
            value = date.fromisoformat(text[:10])
        elif isinstance(field, IntegerField):
            value = int(text)
        else:
            value = text
        if isinstance(field, JSONField):
            return value
        return field.clean(value, None)
    except (ValueError, RecursionError, ValidationError):
        raise NotReadable(text) from None
