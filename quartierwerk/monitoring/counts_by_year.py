"""Reading a table of counts per area and year, and refusing what cannot be."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from methods.refusal import Refused
from methods.segregation.counts import Floats
from methods.tables import Table
from quartierwerk.monitoring.calls import WrongCall, names_in, read, require_columns

TOTAL_NAME = re.compile(r"summe|gesamt|total|stadt|alle", re.IGNORECASE)


@dataclass(frozen=True)
class Year:
    """The inhabited areas of one year.

    name      as in the table; None without a column of years
    areas     keys
    total     (areas,) inhabitants, above 0
    groups    (areas,) persons, by column
    left_out  keys of the areas where nobody lives
    """

    name: str | None
    areas: tuple[str, ...]
    total: Floats
    groups: dict[str, Floats]
    left_out: tuple[str, ...]

    @property
    def before(self) -> str:
        """To begin a message with."""
        return f"{self.name}: " if self.name else ""


def read_years(args: argparse.Namespace, columns: list[str]) -> tuple[list[Year], Table]:
    """All years of the command's table; `columns` are the groups."""
    table = _filtered(read(args, args.counts), args.where)
    require_columns(table, args.area, args.total, args.year, *columns)
    table = table.asked_for(args.total, *columns)
    areas = table.keys(args.area, within=args.year)
    total, groups = _counts(table, areas, args, columns)
    years = []
    for name, rows in _years(table, args.year):
        inhabited = rows & (total > 0)
        year = Year(
            name,
            tuple(areas[i] for i in np.flatnonzero(inhabited)),
            total[inhabited],
            {column: values[inhabited] for column, values in groups.items()},
            tuple(areas[i] for i in np.flatnonzero(rows & ~inhabited)),
        )
        if not year.areas:
            raise Refused(f"{year.before}nobody lives in any area")
        if len(year.areas) == 1:
            raise Refused(
                f"{year.before}people live in one area only ({year.areas[0]}); segregation compares areas"
            )
        if (at := _total_row(year)) is not None:
            line = table.lines[int(np.flatnonzero(inhabited)[at])]
            raise Refused(
                f"row {line} (area {year.areas[at]}): its counts are those of the other rows together, so it is a "
                "total and no area; take it out, or keep rows of one kind with --where COLUMN=VALUE"
            )
        years.append(year)
    return years, table


def _total_row(year: Year) -> int | None:
    """The row that sums up the others, once or once per level (areas, districts); None if there is none.

    In tables of a few rows, or with several levels in few rows, this can be chance: then the name must say it.
    """
    columns = np.column_stack([year.total, *year.groups.values()])
    at = int(np.argmax(year.total))
    if len(year.total) < 3 or (year.total == year.total[at]).sum() > 1:
        return None
    others = columns.sum(axis=0) - columns[at]
    is_named = bool(TOTAL_NAME.search(year.areas[at]))
    for levels in (1, 2, 3):
        certain = is_named or len(year.total) >= (5 if levels == 1 else 10)
        if certain and np.allclose(others, levels * columns[at], rtol=1e-9, atol=1e-9):
            return at
    return None


def _filtered(table: Table, conditions: list[str]) -> Table:
    for condition in conditions:
        column, sign, value = condition.partition("=")
        if not sign:
            raise WrongCall(f"--where {condition}: write COLUMN=VALUE")
        require_columns(table, column)
        table = table.where(column, value)
    return table


def _years(table: Table, column: str | None) -> Iterator[tuple[str | None, NDArray[np.bool_]]]:
    if column is None:
        yield None, np.ones(len(table.rows), dtype=bool)
        return
    cells = table.texts(column)
    for year in sorted(set(cells)):
        if not year:
            raise Refused(f"row {table.lines[cells.index('')]}: the year in column '{column}' is empty")
        yield year, np.array([cell == year for cell in cells])


def _counts(
    table: Table, areas: list[str], args: argparse.Namespace, columns: list[str]
) -> tuple[Floats, dict[str, Floats]]:
    """All columns as numbers, checked against each other row by row."""
    total = table.numbers(args.total, names=areas)
    groups = {}
    for column in columns:
        # An uninhabited area is left out, so its cell may be empty; but a count in it is a contradiction.
        filled = np.array([cell != "" for cell in table.texts(column)])
        groups[column] = table.numbers(column, names=areas, where=(total > 0) | filled)
        _refuse_first(table, areas, groups[column] > total, f"'{column}' is larger than '{args.total}'")
    if args.multi:
        together = sum((groups[column] for column in names_in(args.multi)), 0 * total)
        # Fractions of persons (estimates) add up only to rounding.
        over = together > total * (1 + 1e-9)
        _refuse_first(table, areas, over, f"the groups together are more than '{args.total}': they overlap")
    return total, groups


def _refuse_first(table: Table, areas: list[str], bad: NDArray[np.bool_], why: str) -> None:
    if bad.any():
        i = int(np.argmax(bad))
        raise Refused(f"row {table.lines[i]} (area {areas[i]}): {why}")
