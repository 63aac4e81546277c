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
            # A number that stands in no table has no change that could stand in one.
            if changes and cell.released and old[cell.name].released:
                name = _in_year(f"{after}-{before}", cell.name)
                cells.append(_change(name, old[cell.name], cell))
                links.append(Bound((*pair, (name, -1.0)), low=0.0, high=0.0))
            if at_most is not None:
                links.append(Bound(pair, low=-at_most, high=at_most))
    return cells, links


def after_release(
    cells: Iterable[Cell], links: Iterable[Link], earlier: Mapping[Name, float | str]
) -> tuple[list[Cell], list[Link]]:
    """What an earlier, frozen release already printed becomes known, cells it hid stay hidden.

    links    with the shares, because readers also keep the shares of the earlier release
    earlier  as `Pattern.released()` gave it
    raises   DirtyInput if a printed figure differs: a corrected figure needs a name of its own; also if
             something that was released is missing now, because readers still have it
    """
    result: list[Cell] = []
    tied: list[Link] = []
    for cell in cells:
        printed = earlier.get(cell.name)
        if printed == ".":
            cell = replace(cell, hidden=True, known=False)
        elif printed is not None:
            if printed != cell.value:
                raise DirtyInput(cell.name, f"was released as {printed}, but is {cell.value:g} now")
            cell = replace(cell, known=True, hidden=False)
        result.append(cell)
    for link in links:
        printed = earlier.get(link.name, ".") if isinstance(link, Share) else "."
        if isinstance(link, Share) and printed != ".":
            if printed != link.published:
                now = "has no value" if link.published is None else f"is {link.published:g}"
                raise DirtyInput(link.name, f"was released as {printed}, but {now} now")
            link = replace(link, known=True)
        tied.append(link)
    names = {cell.name for cell in result} | {link.name for link in tied if isinstance(link, Share)}
    for name in earlier:
        if name not in names:
            raise DirtyInput(name, "was released earlier and is missing now. Readers still know it: keep it.")
    return result, tied


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
    """Shares to be released with their counts: name -> (part, whole).

    The share of an empty whole has no value and is printed as ".", like a hidden one: a gap of its own kind
    beside a hidden whole would say that nobody is there.
    """
    value = {cell.name: cell.value for cell in cells}
    shares = []
    for name, (part, whole) in pairs.items():
        for cell in (part, whole):
            if cell not in value:
                raise DirtyInput(cell, f"is missing, but the share {name} refers to it")
        printed = round(factor * value[part] / value[whole], decimals) if value[whole] > 0 else None
        shares.append(Share(name, part, whole, printed, decimals, factor))
    return shares


def _change(name: Name, before: Cell, after: Cell) -> Cell:
    """The change of a cell; of a sum it may be a fraction and needs the width of the larger contribution."""
    thresholds = [cell.threshold for cell in (before, after) if cell.threshold is not None]
    is_sum = after.units is not None or before.units is not None
    return Cell(
        name,
        after.value - before.value,
        units=(before.units or 0) + (after.units or 0) if is_sum else None,
        largest=max(before.largest or 0.0, after.largest or 0.0) if is_sum else None,
        threshold=max(thresholds, default=None),
        signed=True,
    )


def _in_year(year: str, name: Name) -> Name:
    return (year, name) if isinstance(name, str) else (year, *name)
