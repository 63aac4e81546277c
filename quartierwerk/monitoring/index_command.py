"""`quartierwerk monitoring index` and `recipes`: a city's shares in, index and class of every area out."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from methods.recipes import (
    Indicator,
    Recipe,
    RecipeResult,
    apply_recipe,
    load_recipe,
    rated_by_rule,
    shipped_recipes,
)
from methods.refusal import Refused
from methods.tables import Table
from quartierwerk.monitoring.calls import WrongCall, read, require_columns, write


def run(args: argparse.Namespace) -> int:
    recipe = _recipe(args.recipe)
    table = read(args, args.shares)
    require_columns(table, args.area, args.rated, args.population)
    columns = _columns(recipe, args.column, table)
    if args.map and not (args.geometry and args.key):
        raise WrongCall("--map needs the outlines of the areas: --geometry FILE --key NAME")
    areas = table.keys(args.area)
    table = table.asked_for(*columns.values(), *([args.population] if args.population else []))
    rated, reasons = _rated(recipe, table, areas, args)
    result = apply_recipe(
        recipe,
        _values(table, areas, rated, recipe.status, columns),
        _values(table, areas, rated, recipe.dynamics, columns) if recipe.dynamics else None,
        rated=rated,
    )
    # Drawn before anything is written: a refusal leaves nothing behind.
    drawing = _map(args, areas, result) if args.map else None
    write(as_csv(areas, result), args.output)
    if drawing is not None:
        write(drawing, args.map)
    _report(args, table, areas, result, reasons)
    return 0


def list_recipes(args: argparse.Namespace) -> int:
    recipes = shipped_recipes()
    if args.json:
        rows = [
            {
                "name": recipe.name,
                "title": recipe.title,
                "version": recipe.version,
                "state": recipe.state,
                "source": recipe.source,
                "area": recipe.area,
                "window": recipe.window,
                "status": [indicator.key for indicator in recipe.status],
                "dynamics": [indicator.key for indicator in recipe.dynamics],
                "notes": list(recipe.notes),
            }
            for recipe in recipes
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    for recipe in recipes:
        keys = ",".join(indicator.key for indicator in (*recipe.status, *recipe.dynamics))
        print(f"{recipe.name} (version {recipe.version}): {recipe.title}")
        print(
            f"  state   {recipe.state}\n  source  {recipe.source}\n  window  {recipe.window}\n  columns {keys}"
        )
        for note in recipe.notes:
            print(f"  note    {note}")
    return 0


def as_csv(areas: list[str], result: RecipeResult) -> str:
    """The table as the issue of the method asks for it; numbers in full, so nothing is rounded before its use."""
    recipe, dynamics = result.recipe, result.dynamics
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    z_names = [f"z_{indicator.key}" for indicator in (*recipe.status, *recipe.dynamics)]
    writer.writerow(
        (
            *("area_id", *z_names, "status_sum", "status_index", "status_class"),
            *("dynamics_sum", "dynamics_index", "dynamics_class", "class"),
        )
    )
    for i, area in enumerate(areas):
        status = (*result.status.z[i], *(dynamics.z[i] if dynamics else ()), result.status.total[i])
        change = (dynamics.total[i], dynamics.index[i]) if dynamics else (np.nan, np.nan)
        writer.writerow(
            (
                *(area, *map(_text, status), _text(result.status.index[i]), result.status_class[i]),
                *(*map(_text, change), result.dynamics_class[i], result.overall_class[i]),
            )
        )
    return out.getvalue()


def _map(args: argparse.Namespace, areas: list[str], result: RecipeResult) -> str:
    from methods.class_map import class_map
    from methods.geometry import read_outlines

    recipe = result.recipe
    return class_map(
        read_outlines(args.geometry, args.key).of(areas),
        result.status_class,
        result.dynamics_class,
        title=recipe.title,
        status_labels=[(limit.code, limit.label) for limit in recipe.status_classes],
        dynamics_labels=[(limit.code, limit.label) for limit in recipe.dynamics_classes],
    )


def _text(value: float) -> str:
    return "" if np.isnan(value) else repr(float(value))


def _recipe(name: str) -> Recipe:
    try:
        return load_recipe(name)
    except KeyError:
        known = ", ".join(recipe.name for recipe in shipped_recipes())
        raise WrongCall(
            f"there is no recipe '{name}'; there are {known}, or an own file ending in .toml"
        ) from None


def _columns(recipe: Recipe, options: list[str], table: Table) -> dict[str, str]:
    """Column of each indicator: its key, unless the caller said otherwise."""
    columns = {indicator.key: indicator.key for indicator in (*recipe.status, *recipe.dynamics)}
    for option in options:
        key, sign, column = option.partition("=")
        if not sign or key not in columns:
            raise WrongCall(f"--column {option}: write KEY=COLUMN with a KEY out of {', '.join(columns)}")
        columns[key] = column
        require_columns(table, column)
    if missing := [column for column in columns.values() if column not in table.columns]:
        raise Refused(
            f"recipe {recipe.name} needs the column '{missing[0]}', and the table has none of that name"
        )
    return columns


def _rated(
    recipe: Recipe, table: Table, areas: list[str], args: argparse.Namespace
) -> tuple[NDArray[np.bool_], dict[str, str]]:
    """Which rows take part; and the reasons for the others, by area."""
    if args.rated:
        cells = table.texts(args.rated)
        for area, cell, line in zip(areas, cells, table.lines, strict=True):
            if cell not in ("0", "1"):
                raise Refused(f"row {line} (area {area}), column '{args.rated}': '{cell}' is neither 1 nor 0")
        return (
            np.array([cell == "1" for cell in cells]),
            {area: "not rated" for area, cell in zip(areas, cells, strict=True) if cell == "0"},
        )
    if args.population:
        return rated_by_rule(recipe, areas, table.numbers(args.population, names=areas))
    # Without a word on population, only the areas the recipe names are left out; a gap elsewhere is refused.
    everybody = np.full(len(areas), np.inf)
    return rated_by_rule(recipe, areas, everybody)


def _values(
    table: Table,
    areas: list[str],
    rated: NDArray[np.bool_],
    indicators: tuple[Indicator, ...],
    columns: dict[str, str],
) -> NDArray[np.float64]:
    values = [
        table.numbers(columns[i.key], names=areas, where=rated, negative=i.may_be_negative)
        for i in indicators
    ]
    for indicator, column in zip(indicators, values, strict=True):
        if indicator.is_share and (above := rated & (column > 100)).any():
            row = int(np.argmax(above))
            raise Refused(
                f"row {table.lines[row]} (area {areas[row]}), column '{columns[indicator.key]}': "
                f"{column[row]:g} % is above 100; a share cannot be"
            )
    return np.column_stack(values)


def _report(
    args: argparse.Namespace, table: Table, areas: list[str], result: RecipeResult, reasons: dict[str, str]
) -> None:
    """Summary on standard output, or on standard error where the table itself goes there."""
    recipe = result.recipe
    excluded = {exclusion.area for exclusion in recipe.exclusions}
    contrary = [area for area, rated in zip(areas, result.rated, strict=True) if rated and area in excluded]
    counts = Counter(code for code in result.overall_class if code) or Counter(
        c for c in result.status_class if c
    )
    stream = sys.stdout if args.output not in (None, "-") else sys.stderr
    if args.json:
        summary = {
            "recipe": recipe.name,
            "version": recipe.version,
            "state": recipe.state,
            "areas": len(areas),
            "rated": int(result.rated.sum()),
            "left_out": [{"area": area, "reason": reason} for area, reason in reasons.items()],
            "rated_against_recipe": contrary,
            "classes": dict(sorted(counts.items())),
            "input_sha256": table.fingerprint,
            "fingerprint": result.fingerprint,
            "output": args.output,
        }
        print(json.dumps(summary, ensure_ascii=False), file=stream)
        return
    print(f"{recipe.title} (recipe {recipe.name}, version {recipe.version}, {recipe.state})", file=stream)
    print(f"{int(result.rated.sum())} of {len(areas)} areas rated", file=stream)
    for area, reason in reasons.items():
        print(f"  left out: {area} ({reason})", file=stream)
    for area in contrary:
        print(f"  rated by the table, though the recipe leaves it out: {area}", file=stream)
    print("classes: " + ", ".join(f"{code} {n}" for code, n in sorted(counts.items())), file=stream)
    print(f"fingerprint {result.fingerprint}", file=stream)
