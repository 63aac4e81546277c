"""`quartierwerk monitoring segregation`: counts per area in, segregation indices as JSON out."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from methods.geometry import read_outlines
from methods.refusal import Refused
from methods.segregation import CATALOGUE, Index
from methods.segregation.counts import Floats, checked, checked_groups
from methods.segregation.ground import Ground
from methods.segregation.inference import Interval, against_chance, bootstrap
from methods.tables import Table
from quartierwerk.monitoring.calls import WrongCall, names_in, read, require_columns, write

BOOTSTRAP, GEOGRAPHIC = "bootstrap", "geographic"


@dataclass(frozen=True)
class Task:
    """One number to compute: an index of one group (against the rest) or of a set."""

    group: str
    columns: tuple[str, ...]
    index: Index


def run(args: argparse.Namespace) -> int:
    groups, multi = names_in(args.groups), names_in(args.multi)
    tasks = _tasks(args, groups, multi)
    table = _filtered(read(args, args.counts), args.where)
    require_columns(table, args.area, args.total, args.year, *groups, *multi)
    areas = table.keys(args.area, within=args.year)
    counts = _counts(table, areas, args.total, groups, multi)
    grounds = _grounds(args)
    results, skipped = [], []
    left_out: dict[str | None, list[str]] = {}
    for year, rows in _years(table, args.year):
        inhabited = rows & (counts[args.total] > 0)
        left_out[year] = [areas[i] for i in np.flatnonzero(rows & ~inhabited)]
        if not inhabited.any():
            raise Refused(f"{_when(year)}nobody lives in any area")
        here = tuple(areas[i] for i in np.flatnonzero(inhabited))
        part = {column: values[inhabited] for column, values in counts.items()}
        for task in _with_progress(tasks, year):
            try:
                ground = grounds(here) if grounds and task.index.kind == "spatial" else None
                results.append(_row(args, year, task, part, ground))
            except Refused as refusal:
                if not args.index and (task.index.drawn or task.index.kind == "spatial"):
                    # Nobody asked for it by name: say so instead of refusing what can be computed.
                    skipped.append(
                        {"year": year, "group": task.group, "index": task.index.name, "reason": str(refusal)}
                    )
                    continue
                raise Refused(f"{_when(year)}{task.group}, {task.index.name}: {refusal}") from None
    answer: dict[str, object] = {
        "results": results,
        "left_out": sorted({area for some in left_out.values() for area in some}),
    }
    if skipped:
        answer["not_computed"] = skipped
    if args.year:
        answer["left_out_by_year"] = {year: some for year, some in left_out.items() if some}
    if args.inference:
        answer["inference"] = {"kind": args.inference, "n": args.n, "seed": args.seed, "coverage": 0.95}
    answer["input_sha256"] = table.fingerprint
    write(json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False) + "\n", args.output)
    if args.output not in (None, "-"):
        print(
            f"{len(results)} values, {sum(map(len, left_out.values()))} areas left out (nobody lives there)"
        )
    return 0


def _tasks(args: argparse.Namespace, groups: list[str], multi: list[str]) -> list[Task]:
    if not groups and not multi:
        raise WrongCall(
            "name the groups: --groups A,B (each against the rest) or --multi A,B,C (all at once)"
        )
    if len(multi) == 1:
        raise WrongCall("--multi needs two columns or more")
    if args.n < 2:
        raise WrongCall("--n must be 2 or more")
    names = names_in(args.index)
    if unknown := [name for name in names if name not in CATALOGUE]:
        raise WrongCall(f"there is no index '{unknown[0]}'; there are {', '.join(CATALOGUE)}")
    chosen = [CATALOGUE[name] for name in names]
    if not chosen:
        chosen = [index for index in CATALOGUE.values() if args.geometry or index.kind != "spatial"]
    if (spatial := [index.name for index in chosen if index.kind == "spatial"]) and not args.geometry:
        raise WrongCall(f"the index {spatial[0]} needs the outlines of the areas: --geometry FILE --key NAME")
    if args.geometry and not args.key:
        raise WrongCall("--geometry needs --key, the property that holds the area's key")
    tasks = [Task(group, (group,), index) for group in groups for index in chosen if index.kind != "several"]
    if multi:
        tasks += [Task("|".join(multi), tuple(multi), index) for index in chosen if index.kind == "several"]
    used = {task.index.name for task in tasks}
    if idle := [name for name in names if name not in used]:
        need = "--multi" if CATALOGUE[idle[0]].kind == "several" else "--groups"
        raise WrongCall(f"the index {idle[0]} needs {need}")
    return tasks


def _grounds(args: argparse.Namespace) -> Callable[[tuple[str, ...]], Ground] | None:
    """The outlines of any set of areas; what is computed of them once serves all years with the same areas."""
    if not args.geometry:
        return None
    outlines = read_outlines(args.geometry, args.key, crs=args.crs)
    return lru_cache(maxsize=4)(lambda areas: Ground(outlines.of(areas)))


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
    table: Table, areas: list[str], total: str, groups: list[str], multi: list[str]
) -> dict[str, Floats]:
    """All columns as numbers, checked against each other row by row."""
    counts = {total: table.numbers(total, names=areas)}
    everybody = counts[total]
    for column in dict.fromkeys([*groups, *multi]):
        # An uninhabited area is left out, so its cell may be empty; but a count in it is a contradiction.
        filled = np.array([cell != "" for cell in table.texts(column)])
        counts[column] = table.numbers(column, names=areas, where=(everybody > 0) | filled)
        _refuse_first(table, areas, counts[column] > everybody, f"'{column}' is larger than '{total}'")
    if multi:
        together = sum((counts[column] for column in multi), np.zeros(len(areas)))
        # Fractions of persons (estimates) add up only to rounding.
        over = together > everybody * (1 + 1e-9)
        _refuse_first(table, areas, over, f"the groups together are more than '{total}': they overlap")
    return counts


def _refuse_first(table: Table, areas: list[str], bad: NDArray[np.bool_], why: str) -> None:
    if bad.any():
        i = int(np.argmax(bad))
        raise Refused(f"row {table.lines[i]} (area {areas[i]}): {why}")


def _row(
    args: argparse.Namespace, year: str | None, task: Task, counts: dict[str, Floats], ground: Ground | None
) -> dict[str, object]:
    total = counts[args.total]
    row: dict[str, object] = {"year": year, "group": task.group, "index": task.index.name}
    interval = _interval(args, task, counts, ground) if args.inference else None
    if interval is None:
        row |= {"value": _value(args, task, counts, ground), "low": None, "high": None}
    else:
        row |= {"value": interval.value, "low": interval.low, "high": interval.high}
    # As in the option --n: how many draws stand behind low and high.
    row |= {"n": interval.draws if interval else 0, "areas": len(total)}
    if interval is not None and interval.p is not None:
        row["p"] = interval.p
    return row


def _value(args: argparse.Namespace, task: Task, counts: dict[str, Floats], ground: Ground | None) -> float:
    seed = {"seed": args.seed, "draws": args.n} if task.index.drawn else {}
    if task.index.kind == "several":
        table = checked_groups(np.column_stack([counts[column] for column in task.columns]))
        return float(task.index.compute(table))
    group, total = checked(counts[task.columns[0]], counts[args.total])
    if task.index.kind == "spatial":
        return float(task.index.compute(group, total, ground))
    return float(task.index.compute(group, total, **seed))


def _interval(
    args: argparse.Namespace, task: Task, counts: dict[str, Floats], ground: Ground | None
) -> Interval | None:
    """The interval; None where there is none.

    An index that is itself an average over draws has none. Areas drawn twice have no place on a map, so spatial
    indices have no bootstrap; areas that change places leave all other indices as they are.
    """
    spatial = task.index.kind == "spatial"
    if (
        task.index.drawn
        or (args.inference == GEOGRAPHIC and not spatial)
        or (args.inference == BOOTSTRAP and spatial)
    ):
        return None
    columns = [counts[column] for column in task.columns]
    if task.index.kind != "several":
        group, total = checked(columns[0], counts[args.total])
        columns = [group, total - group]
    table = checked_groups(np.column_stack(columns))
    statistic = _statistic(task.index, ground)
    if args.inference == BOOTSTRAP:
        return bootstrap(statistic, table, draws=args.n, seed=args.seed)
    return against_chance(statistic, table, args.inference, draws=args.n, seed=args.seed)


def _statistic(index: Index, ground: Ground | None) -> Callable[[Floats], Floats]:
    def one(samples: Floats) -> Floats:
        group, total = samples[..., 0], samples.sum(axis=-1)
        if index.batched:
            return np.asarray(index.compute(group, total))
        more = (ground,) if index.kind == "spatial" else ()
        return np.array([index.compute(x, t, *more) for x, t in zip(group, total, strict=True)])

    return index.compute if index.kind == "several" else one  # type: ignore[return-value]


def _with_progress(tasks: list[Task], year: str | None) -> Iterator[Task]:
    for done, task in enumerate(tasks):
        if sys.stderr.isatty():
            print(f"\r{_when(year)}{done + 1}/{len(tasks)} {task.index.name:<28}", end="", file=sys.stderr)
        yield task
    if sys.stderr.isatty():
        print("\r" + " " * 60 + "\r", end="", file=sys.stderr)


def _when(year: str | None) -> str:
    return f"{year}: " if year else ""
