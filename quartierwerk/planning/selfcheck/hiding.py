"""Numbers of people that are small enough to recognise somebody are hidden, and as many others as it takes so that nobody
works them out from the totals (`docs/methods/disclosure-control.md`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from .rules import Count

ALL = "all teams"


@dataclass(frozen=True)
class Hidden:
    teams: frozenset[UUID] = frozenset()
    total: bool = False

    def __contains__(self, team: UUID) -> bool:
        return team in self.teams


def of_shares(counts: Mapping[UUID, Count]) -> Hidden:
    """Parts of wholes that everybody knows, such as the size of a team: what is left of one is as telling as the part."""
    known = {str(pk): one for pk, one in counts.items() if one.is_known}
    table = {
        (name, column): value
        for name, one in known.items()
        for column, value in (("part", one.part or 0), ("rest", (one.whole or 0) - (one.part or 0)))
    }
    return _protected(list(known), ("part", "rest"), table)


def of_counts(counts: Mapping[UUID, int | None]) -> Hidden:
    """Numbers that are a part of nothing."""
    known = {str(pk): count for pk, count in counts.items() if count is not None}
    return _protected(list(known), ("part",), {(name, "part"): count for name, count in known.items()})


def _protected(names: list[str], columns: tuple[str, ...], table: dict[tuple[str, str], int]) -> Hidden:
    # Here, since it loads a solver that no other page of the plan needs.
    from methods.suppression import Cell, Family, Rule, Sum, Unprotectable, protect

    if not names:
        return Hidden()
    cells: list[Any] = [Cell(key, count) for key, count in table.items()]
    links: list[Any] = []
    if len(names) > 1:
        for column in columns:
            parts = tuple((name, column) for name in names)
            cells.append(Cell((ALL, column), sum(table[part] for part in parts)))
            links.append(Sum((ALL, column), parts))
    if len(columns) > 1:
        for name in (*names, *([ALL] if len(names) > 1 else ())):
            parts = tuple((name, column) for column in columns)
            whole = sum(int(cell.value) for cell in cells if cell.name in parts)
            cells.append(Cell((name, "whole"), whole, known=True))
            links.append(Sum((name, "whole"), parts))
    try:
        # A zero tells that nobody did something, which is what one wants to know of a team.
        hidden = protect(Family(cells, links), Rule(zeros="open")).hidden
    except Unprotectable:
        return Hidden(frozenset(map(UUID, names)), total=True)
    found = {name[0] for name in hidden}
    return Hidden(frozenset(UUID(name) for name in names if name in found), ALL in found)
