"""What `monitoring segregation` adds on request: values per area, and why an index changed between two years."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

import numpy as np

from methods.refusal import Refused
from methods.segregation import CATALOGUE, checked_groups, local
from methods.segregation.counts import checked
from methods.segregation.decomposition import decompose
from quartierwerk.monitoring.calls import WrongCall, names_in
from quartierwerk.monitoring.counts_by_year import Year

Part = Callable[[list[Year], list[str], list[str]], list[dict[str, Any]]]
DECOMPOSED = ("Dissim", "Gini", "Entropy", "Atkinson", "Isolation", "CorrelationR")


def requested_parts(args: argparse.Namespace) -> dict[str, Part]:
    """The additions the caller asked for, by their name in the answer."""
    parts: dict[str, Part] = {}
    if args.local:
        parts["local"] = _local
    if args.decompose:
        names = names_in(args.decompose)
        if len(names) != 2 or not args.year or not args.groups:
            raise WrongCall("--decompose FROM,TO needs two years, --year and --groups")
        parts["decomposition"] = lambda years, groups, multi: _decomposition(
            years, groups, names, args.approach
        )
    return parts


def _local(years: list[Year], groups: list[str], multi: list[str]) -> list[dict[str, Any]]:
    """One row per area: location quotients and parts of D by group, diversity and divergence of the set."""
    rows = []
    for year in years:
        columns: dict[str, Any] = {}
        for group in groups:
            x, t = checked(year.groups[group], year.total)
            columns[f"location_quotient {group}"] = local.location_quotients(np.column_stack([x, t - x]))[
                :, 0
            ]
            columns[f"part_of_dissimilarity {group}"] = local.local_dissimilarity(x, t)
        if multi:
            table = checked_groups(np.column_stack([year.groups[column] for column in multi]))
            columns |= {
                "diversity": local.local_diversity(table),
                "entropy": local.local_entropy(table),
                "divergence": local.local_divergence(table),
                "simpson_concentration": local.local_simpson_concentration(table),
                "simpson_interaction": local.local_simpson_interaction(table),
            }
        for i, area in enumerate(year.areas):
            # nan only where an inhabited area has nobody of the set: a gap, said as null.
            values = {name: None if np.isnan(c[i]) else float(c[i]) for name, c in columns.items()}
            rows.append({"year": year.name, "area": area, **values})
    return rows


def _decomposition(
    years: list[Year], groups: list[str], names: list[str], approach: Any
) -> list[dict[str, Any]]:
    by_name = {year.name: year for year in years}
    if missing := [name for name in names if name not in by_name]:
        raise Refused(
            f"there is no year '{missing[0]}' to decompose; there are {', '.join(map(str, by_name))}"
        )
    before, after = (by_name[name] for name in names)
    rows = []
    for group in groups:
        for index in DECOMPOSED:
            parts = decompose(
                CATALOGUE[index].compute,  # type: ignore[arg-type]
                (after.groups[group], after.total),
                (before.groups[group], before.total),
                approach=approach,
            )
            rows.append(
                {
                    "group": group,
                    "index": index,
                    "from": parts.second,
                    "to": parts.first,
                    "change": parts.difference,
                    "structure": parts.structure,
                    "composition": parts.composition,
                    "approach": approach,
                }
            )
    return rows
