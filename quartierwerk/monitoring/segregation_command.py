"""`quartierwerk monitoring segregation`: counts per area in, segregation indices as JSON out."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from methods.geometry import read_outlines
from methods.refusal import Refused
from methods.segregation import CATALOGUE, Index
from methods.segregation.counts import Floats, checked, checked_groups
from methods.segregation.ground import Ground
from methods.segregation.inference import Interval, against_chance, bootstrap
from quartierwerk.monitoring.calls import WrongCall, names_in, write
from quartierwerk.monitoring.counts_by_year import Year, read_years
from quartierwerk.monitoring.segregation_parts import requested_parts

BOOTSTRAP, GEOGRAPHIC = "bootstrap", "geographic"


@dataclass(frozen=True)
class Task:
    """One number to compute: an index of one group (against the rest) or of a set."""

    group: str
    columns: tuple[str, ...]
    index: Index


def run(args: argparse.Namespace) -> int:
    groups, multi = names_in(args.groups), names_in(args.multi)
    tasks, extras = _tasks(args, groups, multi), requested_parts(args)
    years, table = read_years(args, list(dict.fromkeys([*groups, *multi])))
    answer = _results(args, tasks, years)
    left_out = {year.name: (*year.left_out, *_without_set(year, multi)) for year in years}
    answer["left_out"] = sorted({area for areas in left_out.values() for area in areas})
    if args.year:
        answer["left_out_by_year"] = {name: areas for name, areas in left_out.items() if areas}
    if args.inference:
        answer["inference"] = {"kind": args.inference, "n": args.n, "seed": args.seed, "coverage": 0.95}
    for name, part in extras.items():
        answer[name] = part(years, groups, multi)
    answer["input_sha256"] = table.fingerprint
    write(json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False) + "\n", args.output)
    if args.output not in (None, "-"):
        empty = sum(map(len, left_out.values()))
        what = "1 area" if empty == 1 else f"{empty} areas"
        print(f"{len(answer['results'])} values, {what} left out (nobody lives there)")
    return 0


def _results(args: argparse.Namespace, tasks: list[Task], years: list[Year]) -> dict[str, Any]:
    grounds = _grounds(args)
    results, skipped = [], []
    for year in years:
        ground = grounds(year.areas) if grounds else None
        for task in _with_progress(tasks, year):
            try:
                results.append(_row(args, task, year, ground))
            except Refused as refusal:
                if args.index:
                    raise Refused(f"{year.before}{task.group}, {task.index.name}: {refusal}") from None
                # Nobody asked for it by name: say why it is missing, and give what can be computed.
                row = {"year": year.name, "group": task.group, "index": task.index.name}
                skipped.append(row | {"reason": str(refusal)})
    if not results:
        raise Refused(f"{skipped[0]['group']}: {skipped[0]['reason']}")
    return {"results": results} | ({"not_computed": skipped} if skipped else {})


def _without_set(year: Year, multi: list[str]) -> tuple[str, ...]:
    """Areas with inhabitants but nobody of the set: the indices of the set leave them out."""
    if not multi:
        return ()
    together = sum((year.groups[column] for column in multi), 0 * year.total)
    return tuple(area for area, people in zip(year.areas, together, strict=True) if people == 0)


def _tasks(args: argparse.Namespace, groups: list[str], multi: list[str]) -> list[Task]:
    if not groups and not multi:
        raise WrongCall(
            "name the groups: --groups A,B (each against the rest) or --multi A,B,C (all at once)"
        )
    if len(multi) == 1:
        raise WrongCall("--multi needs two columns or more")
    if args.n < 2:
        raise WrongCall("--n must be 2 or more")
    if args.seed < 0:
        raise WrongCall("--seed must be 0 or more")
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


def _row(args: argparse.Namespace, task: Task, year: Year, ground: Ground | None) -> dict[str, object]:
    row: dict[str, object] = {"year": year.name, "group": task.group, "index": task.index.name}
    interval = _interval(args, task, year, ground) if args.inference else None
    if interval is None:
        row |= {"value": _value(args, task, year, ground), "low": None, "high": None}
    else:
        row |= {"value": interval.value, "low": interval.low, "high": interval.high}
    if not math.isfinite(row["value"]):  # type: ignore[arg-type]
        raise Refused("the index is not defined for these counts")
    # As in the option --n: how many draws stand behind low and high.
    unused = _without_set(year, list(task.columns)) if task.index.kind == "several" else ()
    row |= {"n": interval.draws if interval else 0, "areas": len(year.areas) - len(unused)}
    if interval is not None and interval.p is not None:
        row["p"] = interval.p
    return row


def _value(args: argparse.Namespace, task: Task, year: Year, ground: Ground | None) -> float:
    seed = {"seed": args.seed, "draws": args.n} if task.index.drawn else {}
    if task.index.kind == "several":
        table = checked_groups(np.column_stack([year.groups[column] for column in task.columns]))
        return float(task.index.compute(table))
    group, total = checked(year.groups[task.columns[0]], year.total)
    if task.index.kind == "spatial":
        return float(task.index.compute(group, total, ground))
    return float(task.index.compute(group, total, **seed))


def _interval(args: argparse.Namespace, task: Task, year: Year, ground: Ground | None) -> Interval | None:
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
    columns = [year.groups[column] for column in task.columns]
    if task.index.kind != "several":
        group, total = checked(columns[0], year.total)
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


def _with_progress(tasks: list[Task], year: Year) -> Iterator[Task]:
    for done, task in enumerate(tasks):
        if sys.stderr.isatty():
            print(f"\r{year.before}{done + 1}/{len(tasks)} {task.index.name:<28}", end="", file=sys.stderr)
        yield task
    if sys.stderr.isatty():
        print("\r" + " " * 60 + "\r", end="", file=sys.stderr)
