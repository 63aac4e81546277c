"""Reading the files of the example: fields named as in the models hold what the models hold."""

import json
from collections.abc import Iterable
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.db import models
from django.utils import timezone

PACKAGE = Path(__file__).parents[1]
FILES = PACKAGE / "data" / "example"
MATRIX = PACKAGE / "data" / "laatzen.json"

Entry = dict[str, Any]


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def measures(town: str) -> list[Entry]:
    return [entry for path in sorted((FILES / town / "measures").glob("*.json")) for entry in read(path)]


def values(model: type[models.Model], entry: Entry) -> Entry:
    """What of an entry are plain fields of the model; the rest says where it is or what hangs on it."""
    fields = {field.name: field for field in _plain_fields(model)}
    return {name: _typed(fields[name], value) for name, value in entry.items() if name in fields}


def moment(day: str) -> datetime:
    """A day, or a day and an hour, of the town's own time."""
    found = datetime.fromisoformat(day)
    if "T" not in day:
        found = datetime.combine(found, time(9))
    return found.replace(tzinfo=timezone.get_default_timezone())


def _plain_fields(model: type[models.Model]) -> Iterable[models.Field]:
    return (field for field in model._meta.concrete_fields if not field.is_relation)


def _typed(field: models.Field, value: Any) -> Any:
    if isinstance(field, models.DateTimeField):
        return moment(value)
    return field.to_python(value)
