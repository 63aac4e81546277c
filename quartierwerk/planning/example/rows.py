"""Rows of many tables, written table by table in the order in which one stands on the other."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from quartierwerk.tenants.models import Municipal

M = TypeVar("M", bound=Municipal)


class Rows:
    def __init__(self, order: Iterable[type[Municipal]]):
        self.rows: dict[type[Municipal], list[Any]] = {model: [] for model in order}

    def add(self, row: M) -> M:
        """Of a table that was not named in the order: after those that were."""
        self.rows.setdefault(type(row), []).append(row)
        return row

    def write(self) -> None:
        for model, rows in self.rows.items():
            with _keeping_days(model, rows):
                model.objects.bulk_create(rows)


@contextmanager
def _keeping_days(model: type[Municipal], rows: list[Any]) -> Iterator[None]:
    """Rows that say when they were changed last keep that day."""
    stamps: list[Any] = [
        field for field in model._meta.fields if getattr(field, "auto_now", False) and all(getattr(row, field.attname) for row in rows)
    ]  # fmt: skip
    for field in stamps:
        field.auto_now = False
    try:
        yield
    finally:
        for field in stamps:
            field.auto_now = True
