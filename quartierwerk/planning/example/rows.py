"""Rows of many tables, written table by table in the order in which one stands on the other."""

from collections.abc import Iterable
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
            model.objects.bulk_create(rows)
