"""What ties tables to each other: several years, an earlier release, two area cuts, shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product

from methods.suppression.family import Bound, Cell, DirtyInput, Link, Name, Share, Sum
from methods.suppression.tables import Key, Tree, crossed, leaves, nodes, with_totals

Table = tuple[list[Cell], list[Sum]]


def years(
    tables: Mapping[str, Table], *, changes: bool = True, at_most: float | None = None
) -> tuple[list[Cell], list[Link]]:
    """The same table for several years, in the order given; names become (year, *name).

    changes  the change of each cell to the year before is released too, as ("2024-2023", *name)
    at_most  readers know that no cell changes by more than this within a year (a stock of residents); refused
             if a cell does
    """
    cells: list[Cell] = []
    links: list[Link] = []
    for year, (table, sums) in tables.items():
        cells += [replace(cell, name=_in_year(year, cell.name)) for cell in table]
        links += [Sum(_in_year(year, s.total), tuple(_in_year(year, part) for part in s.parts)) for s in sums]
    for before, after in zip(list(tables)[:-1], list(tables)[1:], strict=True):
        old = {cell.name: cell for cell in tables[before][0]}
        for cell in tables[after][0]:
            if cell.name not in old:
                continue
            pair = ((_in_year(after, cell.name), 1.0), (_in_year(before, cell.name), -1.0))
            difference = cell.value - old[cell.name].value
            if changes:
                name = _in_year(f"{after}-{before}", cell.name)
                cells.append(Cell(name, difference, signed=True, threshold=cell.threshold))
                links.append(Bound((*pair, (name, -1.0)), low=0.0, high=0.0))
            if at_most is not None:
                links.append(Bound(pair, low=-at_most, high=at_most))
    return cells, links


def after_release(cells: Iterable[Cell], earlier: Mapping[Name, float | str]) -> list[Cell]:
    """Cells that an earlier, frozen release already printed become known, those it hid stay hidden.

    earlier  as `Pattern.released()` gave it
    raises   DirtyInput if a printed figure differs: a corrected figure needs a name of its own
    """
    result = []
    for cell in cells:
        printed = earlier.get(cell.name)
        if printed == ".":
            cell = replace(cell, hidden=True, known=False)
        elif printed is not None:
            if printed != cell.value:
                raise DirtyInput(cell.name, f"was released as {printed}, but is {cell.value:g} now")
            cell = replace(cell, known=True, hidden=False)
        result.append(cell)
    return result


def area_cuts(
    first: Tree, second: Tree, pieces: Mapping[Key, float], others: Sequence[Tree] = ()
) -> tuple[list[Cell], list[Sum]]:
    """The same people by two divisions of the same area, each crossed with the same other dimensions.

    first, second  hierarchies whose roots have the same name (the city) and whose other names all differ
    pieces         people (area of first, area of second, *innermost of others); areas that do not overlap
                   are left out. Pieces stand in no table; the small ones are protected against differencing.
    raises         DirtyInput naming the piece if one is incomplete or lies in an unknown area
    """
    root, names = nodes(first)[0], [*nodes(first), *nodes(second)]
    if nodes(second)[0] != root or len(set(names)) < len(names) - 1:
        raise ValueError("both area cuts share the name of their root and no other name")
    overlaps = tuple(dict.fromkeys(key[:2] for key in pieces))
    inner = {0: leaves(first), 1: leaves(second)}
    for one, two in overlaps:
        if one not in inner[0] or two not in inner[1]:
            raise DirtyInput((one, two), "does not lie in an innermost area of both cuts")
    for cut, areas in inner.items():
        for area in areas:
            if not any(overlap[cut] == area for overlap in overlaps):
                raise DirtyInput(area, "has no piece, not even an empty one")
    label = {overlap: " ∩ ".join(overlap) for overlap in overlaps}
    counted = {(label[key[0], key[1]], *key[2:]): value for key, value in pieces.items()}
    below = {"pieces": tuple(label.values())}
    complete = with_totals(counted, (below, *others))
    hidden, piece_sums = crossed(complete, (below, *others), Cell("", 0, released=False))
    cells = [cell for cell in hidden if cell.name[0] != "pieces"]
    sums = [s for s in piece_sums if s.total[0] != "pieces"]
    rest = list(product(*(nodes(tree) for tree in others)))
    for cut, tree in enumerate((first, second)):
        of = {area: tuple(label[o] for o in overlaps if o[cut] == area) for area in inner[cut]}
        counts = {
            (area, *key): sum(complete[piece, *key] for piece in of[area])
            for area in of for key in product(*(leaves(t) for t in others))
        }  # fmt: skip
        table, table_sums = crossed(with_totals(counts, (tree, *others)), (tree, *others))
        cells += [cell for cell in table if cut == 0 or cell.name[0] != root]
        sums += [s for s in table_sums if cut == 0 or s.total[0] != root or s.parts[0][0] != root]
        sums += [Sum((area, *key), tuple((p, *key) for p in of[area])) for area in of for key in rest]
    return cells, sums


def shares_of(
    cells: Iterable[Cell],
    pairs: Mapping[Name, tuple[Name, Name]],
    *,
    decimals: int = 1,
    factor: float = 100.0,
) -> list[Share]:
    """Shares to be released with their counts: name -> (part, whole). Empty wholes have no share."""
    value = {cell.name: cell.value for cell in cells}
    shares = []
    for name, (part, whole) in pairs.items():
        for cell in (part, whole):
            if cell not in value:
                raise DirtyInput(cell, f"is missing, but the share {name} refers to it")
        if value[whole] > 0:
            printed = round(factor * value[part] / value[whole], decimals)
            shares.append(Share(name, part, whole, printed, decimals, factor))
    return shares


def _in_year(year: str, name: Name) -> Name:
    return (year, name) if isinstance(name, str) else (year, *name)
