"""One saved row of any declared model, with values that are easily lost on the way: for tests that walk the registry.

A model whose rules these values break names a `factory` in its records.py.
"""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, models

from quartierwerk.privacy.registry import Record, make, record_of
from quartierwerk.tenants.models import Tenant
from quartierwerk.testing import Cast

_number = count(1)


def saved(record: Record, cast: Cast) -> models.Model:
    if record.factory:
        return make(record, f"Spur{next(_number)}")
    return _saved(record.model, cast)


def _saved(model: type[models.Model], cast: Cast) -> models.Model:
    values = {}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.name == "tenant" or getattr(field, "generated", False):
            continue
        if field.is_relation:
            if field.related_model is Tenant:
                values[field.name] = cast.other
            elif field.related_model is model or field.has_default():
                continue
            else:
                values[field.name] = saved(record_of(field.related_model), cast)
        elif field.choices:
            values[field.name] = field.get_default() if field.has_default() else field.choices[0][0]
        elif field.name != "visibility":
            values[field.name] = _value(field)
    try:
        return model._default_manager.create(**values)
    except DatabaseError as error:
        raise AssertionError(
            f"{model._meta.label} takes no row of made-up values: declare a factory in its records.py."
        ) from error


def _value(field: models.Field):
    number = next(_number)
    match field:
        case ArrayField():
            return [] if field.name == "shared_with" else [_value(field.base_field), _value(field.base_field)]
        case models.JSONField():
            return {
                "zahl": 0.1,
                "groß": 12345678901234567890,
                "nichts": None,
                "Liste": ['"', "\\", "ع"],
                "": {},
            }
        case models.EmailField():
            return f"stelle{number}@beispiel.example"
        case models.URLField():
            return f"https://beispiel.example/{number}?a=%20&b='"
        case models.CharField() | models.TextField():
            text = f"{number} „Größe“ ' \" \\n \\ {{}} %s علي"
            return text[: field.max_length] if field.max_length else text + "\nzweite Zeile\t\u2028"
        case models.UUIDField():
            return uuid4()
        case models.BooleanField():
            return True
        case models.DecimalField():
            return Decimal("0.01")
        case models.FloatField():
            return 9.733212345678901 + number * 1e-13
        case models.IntegerField():
            return number % 30_000
        case models.DateTimeField():
            return datetime(2026, 3, 29, 1, 30, 0, 123457, UTC) + timedelta(minutes=number)
        case models.DateField():
            return date(2024, 2, 29) + timedelta(days=number)
        case models.TimeField():
            return time(23, 59, 59, 999999)
        case models.DurationField():
            return timedelta(days=40, microseconds=1)
        case models.BinaryField():
            return bytes(range(256))
    raise AssertionError(f"{field} is of a kind that this test does not know: add it to rows.py.")
