"""Random families of every kind the protector claims to handle, from a seed. Also used by the benchmark."""

import numpy as np

from methods.suppression import (
    Cell,
    Family,
    Rule,
    after_release,
    area_cuts,
    crossed,
    flat,
    protect,
    rectangle,
    shares_of,
    with_totals,
    years,
)  # fmt: skip


def counts(rng, shape):
    """Counts as they occur: many small ones, zeros, a few large."""
    level = rng.choice([2, 5, 15, 60])
    zeros = rng.choice([0.0, 0.1, 0.4])
    return np.where(rng.random(shape) < zeros, 0, rng.geometric(1 / level, shape) - (rng.random(shape) < 0.1))


def tree(rng, name, width, depth):
    """A hierarchy with up to `depth` levels below its root; some branches end early."""
    result = {name: tuple(f"{name}{i}" for i in range(rng.integers(2, width + 1)))}
    if depth > 1:
        for node in result[name]:
            if rng.random() < 0.6:
                result |= tree(rng, node, width, depth - 1)
    return result


def inner(rng, dimensions):
    from itertools import product

    from methods.suppression.tables import leaves

    keys = list(product(*(leaves(dimension) for dimension in dimensions)))
    return dict(zip(keys, counts(rng, len(keys)).tolist(), strict=True))


def plain(rng, most=8):
    return rectangle(counts(rng, tuple(rng.integers(2, most + 1, 2))))


def hierarchical(rng):
    dimensions = (tree(rng, "city", 3, 2), flat([f"c{i}" for i in range(rng.integers(2, 6))]))
    return crossed(with_totals(inner(rng, dimensions), dimensions), dimensions)


def both_hierarchical(rng):
    dimensions = (tree(rng, "city", 3, 2), tree(rng, "all", 3, 2))
    return crossed(with_totals(inner(rng, dimensions), dimensions), dimensions)


def cube(rng):
    dimensions = tuple(flat([f"{n}{i}" for i in range(rng.integers(2, 4))], n) for n in ("a", "b", "c"))
    return crossed(with_totals(inner(rng, dimensions), dimensions), dimensions)


def linked_years(rng):
    shape = tuple(rng.integers(2, 5, 2))
    first = counts(rng, shape)
    second = np.maximum(0, first + rng.integers(-3, 4, shape))
    at_most = float(rng.choice([10, 30])) * shape[0] * shape[1] if rng.random() < 0.5 else None
    return years(
        {"2023": rectangle(first), "2024": rectangle(second)}, changes=rng.random() < 0.7, at_most=at_most
    )


def second_release(rng, rule):
    """Last year's table was released and frozen; this year adds a finer table over the same people."""
    dimensions = (tree(rng, "city", 3, 2), flat(["m", "w"]))
    cells, sums = crossed(with_totals(inner(rng, dimensions), dimensions), dimensions)
    coarse = {"city", *dimensions[0]["city"]}
    first = [cell for cell in cells if cell.name[0] in coarse]
    names = {cell.name for cell in first}
    earlier = protect(Family(first, [s for s in sums if {s.total, *s.parts} <= names]), rule).released()
    return after_release(cells, sums, earlier)


def cuts(rng):
    first, second = flat(["P1", "P2", "P3"], "city"), flat(["Q1", "Q2", "Q3"], "city")
    ages = flat(["young", "old"], "all")
    overlap = [(f"P{i}", f"Q{j}") for i in (1, 2, 3) for j in (1, 2, 3) if i == j or rng.random() < 0.4]
    number = counts(rng, (len(overlap), 2))
    pieces = {
        (*o, a): int(number[i, k]) for i, o in enumerate(overlap) for k, a in enumerate(("young", "old"))
    }
    return area_cuts(first, second, pieces, [ages])


def with_shares(rng):
    cells, sums = plain(rng, 6)
    whole = {cell.name[0]: cell.name for cell in cells if cell.name[1] == "total"}
    pairs = {
        (*cell.name, "%"): (cell.name, whole[cell.name[0]])
        for cell in cells if cell.name[1] != "total" and rng.random() < 0.7
    }  # fmt: skip
    return cells, [*sums, *shares_of(cells, pairs, decimals=int(rng.integers(0, 3)))]


def dominated(rng):
    """Sums (hours) with contributors; the largest contribution of a total is that of its parts."""
    rows, columns = rng.integers(2, 6, 2)
    dimensions = (flat([f"r{i}" for i in range(rows)]), flat([f"c{i}" for i in range(columns)]))
    parts = {}
    for r in dimensions[0]["total"]:
        for c in dimensions[1]["total"]:
            size = int(rng.choice([0, 1, 3, 8, 20], p=[0.1, 0.1, 0.2, 0.3, 0.3]))
            parts[r, c] = np.round(rng.pareto(1.5, size) * 40 + 1, 1)
    below = {key: [key] for key in parts}
    for r in dimensions[0]["total"]:
        below[r, "total"] = [(r, c) for c in dimensions[1]["total"]]
    for c in dimensions[1]["total"]:
        below["total", c] = [(r, c) for r in dimensions[0]["total"]]
    below["total", "total"] = list(parts)
    values = {key: float(sum(parts[k].sum() for k in keys)) for key, keys in below.items()}
    cells, sums = crossed(values, dimensions, Cell("", 0, units=0, largest=0.0))
    full = []
    for cell in cells:
        everyone = np.concatenate([parts[k] for k in below[cell.name]])
        full.append(
            Cell(cell.name, cell.value, units=len(everyone), largest=float(everyone.max(initial=0.0)))
        )
    return full, sums


KINDS = (
    plain, hierarchical, both_hierarchical, cube, linked_years, second_release, cuts, with_shares, dominated,
)  # fmt: skip


def family(seed):
    """(family, rule) number `seed`; the kinds take turns."""
    rng = np.random.default_rng([20_011, seed])
    rule = Rule(
        threshold=int(rng.choice([3, 5, 10])), zeros=("group", "group", "open", "all")[rng.integers(4)]
    )
    kind = KINDS[seed % len(KINDS)]
    return Family(*(kind(rng, rule) if kind is second_release else kind(rng))), rule
