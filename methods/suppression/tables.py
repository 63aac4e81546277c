"""Families from tables: rows × columns × … with totals, each dimension flat or a hierarchy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import numpy.typing as npt

from methods.suppression.family import Cell, DirtyInput, Name, Sum

Tree = Mapping[str, Sequence[str]]  # node -> its parts; nodes that are no key are leaves; one root
Key = tuple[str, ...]


def flat(parts: Sequence[str], total: str = "total") -> Tree:
    """A dimension without levels between its parts and its total."""
    return {total: tuple(parts)}


def nodes(tree: Tree) -> tuple[str, ...]:
    """All nodes, root first, every node before its parts. ValueError if it is no tree with one root."""
    parts = [part for node in tree for part in tree[node]]
    roots = [node for node in tree if node not in set(parts)]
    if len(roots) != 1 or len(set(parts)) < len(parts) or any(not tree[node] for node in tree):
        raise ValueError("a dimension has one root, and each of its parts stands below one node only")
    order, waiting = [], [roots[0]]
    while waiting:
        node = waiting.pop(0)
        order.append(node)
        waiting = [*tree.get(node, ()), *waiting]
    if len(order) < len(parts) + 1:
        raise ValueError("a dimension must not go round in circles")
    return tuple(order)


def leaves(tree: Tree) -> tuple[str, ...]:
    return tuple(node for node in nodes(tree) if node not in tree)


def sums_of(dimensions: Sequence[Tree]) -> list[Sum]:
    """Every relation of a crossed table: each sum in one dimension, at every position of the others."""
    orders = [nodes(tree) for tree in dimensions]
    return [
        Sum(_at(key, axis, node), tuple(_at(key, axis, part) for part in parts))
        for axis, tree in enumerate(dimensions)
        for node, parts in tree.items()
        for key in product(*(order[:1] if i == axis else order for i, order in enumerate(orders)))
    ]


def crossed(
    values: Mapping[Key, float], dimensions: Sequence[Tree], pattern: Cell | None = None
) -> tuple[list[Cell], list[Sum]]:
    """A table given with all its totals, as cells and sums for a Family.

    values   one value for each combination of nodes, totals included
    pattern  a Cell whose other fields (threshold, known …) all cells take over
    raises   DirtyInput for a combination that is missing or belongs to no table
    """
    keys = list(product(*(nodes(tree) for tree in dimensions)))
    for key in keys:
        if key not in values:
            raise DirtyInput(key, "is missing")
    if len(values) > len(keys):
        raise DirtyInput(min(set(values) - set(keys)), "belongs to no cell of the table")
    pattern = pattern or Cell("", 0)
    return [replace(pattern, name=key, value=values[key]) for key in keys], sums_of(dimensions)


def with_totals(counts: Mapping[Key, float], dimensions: Sequence[Tree]) -> dict[Key, float]:
    """The totals of a table of which only the innermost counts are at hand, for `crossed`.

    raises  DirtyInput for an innermost combination that is missing
    """
    below = [{node: _leaves_below(tree, node) for node in nodes(tree)} for tree in dimensions]
    for key in product(*(leaves(tree) for tree in dimensions)):
        if key not in counts:
            raise DirtyInput(key, "is missing")
    return {
        key: sum(counts[leaf] for leaf in product(*(below[axis][node] for axis, node in enumerate(key))))
        for key in product(*(nodes(tree) for tree in dimensions))
    }


def rectangle(
    counts: npt.ArrayLike, rows: Sequence[str] = (), columns: Sequence[str] = ()
) -> tuple[list[Cell], list[Sum]]:
    """A plain table from its inner counts (rows, columns); totals are added under the name "total"."""
    array = np.asarray(counts)
    rows = rows or [f"row {i + 1}" for i in range(array.shape[0])]
    columns = columns or [f"column {i + 1}" for i in range(array.shape[1])]
    if array.shape != (len(rows), len(columns)):
        raise ValueError(f"counts: {array.shape}, but {len(rows)} rows and {len(columns)} columns are named")
    dimensions = (flat(rows), flat(columns))
    inner: dict[Key, float] = {
        (r, c): array[i, j].item() for i, r in enumerate(rows) for j, c in enumerate(columns)
    }
    return crossed(with_totals(inner, dimensions), dimensions)


def _leaves_below(tree: Tree, node: str) -> tuple[str, ...]:
    if node not in tree:
        return (node,)
    return tuple(leaf for part in tree[node] for leaf in _leaves_below(tree, part))


def _at(key: Key, axis: int, node: str) -> Name:
    return (*key[:axis], node, *key[axis + 1 :])
