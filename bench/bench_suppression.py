"""Disclosure control attacked 10,000 times: `python -m bench suppression`, or with limits of its own

    python -m bench.bench_suppression --families 10000 --seconds 480

Writes the section "Disclosure control" of RESULTS.md. Other seeds than the tests.
"""

import argparse
import collections
import os
import platform
import sys
import time
from pathlib import Path

import numpy as np

from methods.suppression import Family, Rule, Unprotectable, crossed, flat, protect, rectangle, with_totals
from methods.suppression.exact import fewest
from methods.suppression.primary import needs_of
from methods.suppression.system import system_of
from methods.suppression.tests.attacker import successes
from methods.suppression.tests.random_families import KINDS, counts, family

RESULTS = Path(__file__).with_name("RESULTS.md")
TITLE = "## Disclosure control"
FIRST_SEED = 1_000_000  # far from the seeds of the tests


def attacked(number, seconds):
    """Protect and attack random families, until the number or the time is reached."""
    start, rows = time.perf_counter(), collections.defaultdict(collections.Counter)
    for seed in range(FIRST_SEED, FIRST_SEED + number):
        if time.perf_counter() - start > seconds:
            break
        row = rows[KINDS[seed % len(KINDS)].__name__]
        linked, rule = family(seed)
        begin = time.process_time()
        try:
            # The thorough search takes part in every tenth; what proves a pattern safe is the same in both.
            pattern = protect(linked, rule, rounds=12 if seed % 10 == 0 else 0)
        except Unprotectable:
            row["refused"] += 1
            continue
        row["protect"] += time.process_time() - begin
        found = successes(pattern)
        if seed % 20 == 0:
            row["whole"] += 1
            found += successes(pattern, whole=True)
        for name, *interval in found:
            print("SUCCESSFUL ATTACK", seed, name, interval, file=sys.stderr)
        row["families"] += 1
        row["successes"] += len(found)
        row["primary"] += len(pattern.primary)
        row["secondary"] += len(pattern.secondary)
    return rows, time.perf_counter() - start


def loss():
    """Hidden for protection over the exact optimum, 200 plain tables up to 8 × 8."""
    result = {}
    for name, small in (("as shipped", 200), ("search for large families", 0)):
        ratios, ours, best = [], 0, 0
        for seed in range(200):
            rng = np.random.default_rng([88, seed])
            table = Family(*rectangle(counts(rng, tuple(rng.integers(2, 9, 2)))))
            rule = Rule(threshold=int(rng.choice([3, 5, 10])))
            hidden = len(protect(table, rule, small=small).secondary)
            needs = needs_of(table, rule)
            system = system_of(table, needs)
            optimum = int((fewest(system, needs, table.values)[0] & ~system.starts_hidden).sum())
            ours, best = ours + hidden, best + optimum
            ratios.append(hidden / optimum if optimum else 1.0 if not hidden else np.inf)
        result[name] = (ours, best, max(ratios), sum(ratio == 1 for ratio in ratios))
    return result


def cities():
    """CPU seconds for one hierarchical table: areas in districts by groups."""
    for areas, groups in ((48, 5), (96, 6), (240, 8)):
        rng = np.random.default_rng(areas)
        districts = tuple(f"d{i}" for i in range(areas // 12))
        tree = {"city": districts} | {
            d: tuple(f"{d}-{i}" for i in range(areas // len(districts))) for d in districts
        }
        columns = flat([f"g{i}" for i in range(groups)])
        means = np.geomspace(15, 400, groups)
        inner = {
            (area, group): int(rng.geometric(1 / mean))
            for d in districts for area in tree[d] for group, mean in zip(columns["total"], means, strict=True)
        }  # fmt: skip
        table = Family(*crossed(with_totals(inner, (tree, columns)), (tree, columns)))
        begin = time.process_time()
        pattern = protect(table)
        taken = time.process_time() - begin
        yield len(table.cells), len(pattern.primary), len(pattern.secondary), pattern.at_least, taken


def report(number, rows, seconds):
    total = collections.Counter()
    for row in rows.values():
        total.update(row)
    lines = [
        TITLE,
        "",
        f"{time.strftime('%Y-%m-%d')} · {platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, numpy {np.__version__}, load at the end {os.getloadavg()[0]:.1f} · `python -m bench suppression`",
        "",
        f"Attacked: {total['families']:,} random families of {number:,} asked for, in {seconds:.0f} s; "
        f"**{total['successes']} successful attacks**. Every tenth with the thorough search; {total['whole']:,} also "
        f"by an attacker who knows that people are whole. Refused as unprotectable: {total['refused']}.",
        "",
        "| kind | families | hidden themselves | hidden for protection | successful attacks | protect, CPU ms |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for kind, row in rows.items():
        done = max(1, row["families"])
        lines.append(
            f"| {kind.replace('_', ' ')} | {row['families']:,} | {row['primary']:,} | {row['secondary']:,} "
            f"| {row['successes']} | {1000 * row['protect'] / done:.1f} |"
        )
    lines += ["", "Loss on 200 tables up to 8 × 8 against the exact optimum:", ""]
    lines += [
        "| search | hidden for protection | optimum | worst ratio | tables at the optimum |",
        "|---|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {name} | {a} | {b} | {worst:.2f} | {same} of 200 |"
        for name, (a, b, worst, same) in loss().items()
    ]
    lines += ["", "One table of a city, areas in districts by groups:", ""]
    lines += [
        "| cells | hidden themselves | for protection | proven lower bound | CPU s |",
        "|--:|--:|--:|--:|--:|",
    ]
    lines += [f"| {c:,} | {p} | {s} | {least} | {taken:.1f} |" for c, p, s, least, taken in cities()]
    return "\n".join(lines) + "\n", total["successes"]


def write(section):
    """Replace our section, leave the others as they are."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Measured results\n"
    before, _, rest = text.partition(TITLE + "\n")
    after = rest[rest.index("\n## ") + 1 :] if "\n## " in rest else ""
    parts = [before.rstrip("\n"), section.rstrip("\n"), after.rstrip("\n")]
    RESULTS.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--families", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=3600.0)
    options = parser.parse_args()
    section, found = report(options.families, *attacked(options.families, options.seconds))
    write(section)
    print(section)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
