"""Disclosure control attacked 10,000 times: `python -m bench suppression`, or with limits of its own

    python -m bench.bench_suppression --families 10000 --seconds 480

Writes the section "Disclosure control" of RESULTS.md after each of its three parts: the attacks, the loss against
the exact optimum, the tables of cities. What a limit of time left out is said there. Other seeds than the tests.
"""

import argparse
import collections
import sys
import time

import numpy as np

from bench import results
from bench.results import say
from bench.watched import Silent, answers
from methods.suppression import (
    VERSION,
    Family,
    Rule,
    Unprotectable,
    crossed,
    flat,
    protect,
    rectangle,
    with_totals,
)  # fmt: skip
from methods.suppression.exact import fewest
from methods.suppression.primary import needs_of
from methods.suppression.system import system_of
from methods.suppression.tests.attacker import successes
from methods.suppression.tests.random_families import KINDS, counts, family

TITLE = "Disclosure control"
FIRST_SEED = 1_000_000  # far from the seeds of the tests
PATIENCE = 300.0  # seconds for one table; the slowest takes some twenty of computing
LOSSES = 200
SEARCHES = (("as shipped", 200), ("search for large families", 0))
CITIES = ((48, 5), (96, 6), (240, 8))


def attacks(first, last):
    """Protect and attack the families with these seeds: what each adds to the row of its kind."""
    for seed in range(first, last):
        linked, rule = family(seed)
        begin = time.process_time()
        try:
            # The thorough search takes part in every tenth; what proves a pattern safe is the same in both.
            pattern = protect(linked, rule, rounds=12 if seed % 10 == 0 else 0)
        except Unprotectable:
            yield {"refused": 1}
            continue
        taken = time.process_time() - begin
        found = successes(pattern)
        if seed % 20 == 0:
            found += successes(pattern, whole=True)
        for name, *interval in found:
            say(f"SUCCESSFUL ATTACK {seed} {name} {interval}")
        yield {
            "families": 1, "protect": taken, "whole": int(seed % 20 == 0), "successes": len(found),
            "primary": len(pattern.primary), "secondary": len(pattern.secondary),
        }  # fmt: skip


def attacked(number, seconds):
    """A row for each kind, until the number or the time is reached; families that never end count as such."""
    start, rows = time.perf_counter(), collections.defaultdict(collections.Counter)
    seed, last = FIRST_SEED, FIRST_SEED + number
    while seed < last and time.perf_counter() - start < seconds:
        try:
            for gain in answers(attacks, seed, last, patience=PATIENCE):
                rows[KINDS[seed % len(KINDS)].__name__].update(gain)
                seed += 1
                if not (seed - FIRST_SEED) % 250:
                    say(f"attacked {seed - FIRST_SEED:,} of {number:,}, {time.perf_counter() - start:.0f} s")
                if time.perf_counter() - start > seconds:
                    break
        except Silent:
            say(f"family {seed} did not end")
            rows[KINDS[seed % len(KINDS)].__name__]["unended"] += 1
            seed += 1
    return rows, time.perf_counter() - start


def losses(small):
    """(hidden for protection, exact optimum) of plain tables up to 8 × 8."""
    for seed in range(LOSSES):
        rng = np.random.default_rng([88, seed])
        table = Family(*rectangle(counts(rng, tuple(rng.integers(2, 9, 2)))))
        rule = Rule(threshold=int(rng.choice([3, 5, 10])))
        hidden = len(protect(table, rule, small=small).secondary)
        needs = needs_of(table, rule)
        system = system_of(table, needs)
        yield hidden, int((fewest(system, needs, table.values)[0] & ~system.starts_hidden).sum())


def city(areas, groups):
    """One hierarchical table: areas in districts by groups."""
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
    return Family(*crossed(with_totals(inner, (tree, columns)), (tree, columns)))


def cities():
    """(cells, hidden themselves, hidden for protection, proven bound, CPU seconds) of each."""
    for areas, groups in CITIES:
        table = city(areas, groups)
        begin = time.process_time()
        pattern = protect(table)
        taken = time.process_time() - begin
        yield len(table.cells), len(pattern.primary), len(pattern.secondary), pattern.at_least, taken


def within(work, *arguments, until):
    """All answers that come before that time."""
    done = []
    try:
        for answer in answers(work, *arguments, patience=PATIENCE):
            done.append(answer)
            if time.perf_counter() > until:
                break
    except Silent:
        say(f"{work.__name__}: a table did not end")
    return done


def attack_lines(number, rows, seconds):
    total = collections.Counter()
    for row in rows.values():
        total.update(row)
    yield (
        f"{results.machine()}; disclosure control version {VERSION}, numpy {np.__version__}. "
        "`python -m bench suppression`"
    )
    yield ""
    yield (
        f"Attacked: {total['families']:,} random families of {number:,} asked for, in {seconds:.0f} s; "
        f"**{total['successes']} successful attacks**. Every tenth with the thorough search; {total['whole']:,} also "
        f"by an attacker who knows that people are whole. Refused as unprotectable: {total['refused']}; "
        f"not ended within {PATIENCE:.0f} s: {total['unended']}."
    )
    yield ""
    yield "| kind | families | hidden themselves | hidden for protection | successful attacks | protect, CPU ms |"
    yield "|---|--:|--:|--:|--:|--:|"
    for kind, row in rows.items():
        done = max(1, row["families"])
        yield (
            f"| {kind.replace('_', ' ')} | {row['families']:,} | {row['primary']:,} | {row['secondary']:,} "
            f"| {row['successes']} | {1000 * row['protect'] / done:.1f} |"
        )


def loss_lines(until):
    yield ""
    yield f"Loss on {LOSSES} tables up to 8 × 8 against the exact optimum:"
    yield ""
    yield "| search | hidden for protection | optimum | worst ratio | tables at the optimum |"
    yield "|---|--:|--:|--:|--:|"
    for name, small in SEARCHES:
        done = within(losses, small, until=until)
        say(f"loss, {name}: {len(done)} tables")
        if not done:
            yield f"| {name} | left out: no time | | | |"
            continue
        ratios = [ours / best if best else 1.0 if not ours else np.inf for ours, best in done]
        ours, best = (sum(column) for column in zip(*done, strict=True))
        same = sum(ratio == 1 for ratio in ratios)
        yield f"| {name} | {ours} | {best} | {max(ratios):.2f} | {same} of {len(done)} |"


def city_lines(until):
    yield ""
    yield "One table of a city, areas in districts by groups:"
    yield ""
    yield "| cells | hidden themselves | for protection | proven lower bound | CPU s |"
    yield "|--:|--:|--:|--:|--:|"
    done = within(cities, until=until)
    for cells, primary, secondary, at_least, taken in done:
        yield f"| {cells:,} | {primary} | {secondary} | {at_least} | {taken:.1f} |"
    say(f"cities: {len(done)} of {len(CITIES)}")
    for areas, groups in CITIES[len(done) :]:
        yield f"| {areas} areas × {groups} groups | left out: no time | | | |"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--families", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=2700.0, help="for the attacks")
    parser.add_argument("--seconds-after", type=float, default=600.0, help="for loss and cities")
    options = parser.parse_args()
    rows, seconds = attacked(options.families, options.seconds)
    lines = list(attack_lines(options.families, rows, seconds))
    results.write_section(TITLE, "\n".join(lines))
    until = time.perf_counter() + options.seconds_after
    for part in (loss_lines, city_lines):
        lines += part(until)
        results.write_section(TITLE, "\n".join(lines))
    print("\n".join(lines))
    return 1 if any(row["successes"] or row["unended"] for row in rows.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
