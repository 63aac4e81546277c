"""Search among 100,000 invented offers, ours and PostgreSQL's: words, beginnings, typing errors, filters.

Once as one municipality with all of them, once as one of twenty that have 5,000 each.

python -m bench search [--offers 100000] [--times 60]

Writes the section "Search" of RESULTS.md. Both sides answer the same questions in turn, so that other work on the machine
slows both down.
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench import database
from bench.results import machine, say, write_section
from bench.search_offers import ALL, TENANTS, Asked, offers, questions
from bench.search_peer import Peer, Plain
from quartierwerk.search.index import Index

SEED = 2026
PLAIN_EVERY = 4  # it takes so long
SLOWEST, LEAST_RATIO = 20.0, 20.0  # ms at p99, times faster at the median


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--offers", type=int, default=100_000)
    options.add_argument("--times", type=int, default=60, help="questions of each kind")
    options.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.memory_of:
        return _print_memory(asked.memory_of)
    about = machine()
    with tempfile.TemporaryDirectory() as folder:
        index = Index(Path(folder))
        say(f"building our index of {asked.offers:,} offers")
        started, worked = time.perf_counter(), time.process_time()
        index.rebuild(offers(asked.offers, random.Random(SEED)))
        built, built_cpu = time.perf_counter() - started, time.process_time() - worked
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        with database.empty() as url, Peer(url) as peer, Plain(url) as plain:
            say("building that of PostgreSQL")
            started = time.perf_counter()
            peer.build(offers(asked.offers, random.Random(SEED)))
            peer_built = time.perf_counter() - started
            say("building the plain table of PostgreSQL")
            plain.build(offers(asked.offers, random.Random(SEED)))
            one = _measured(index, peer, plain, asked.times, ALL)
            spread = _measured(index, peer, plain, asked.times, 1)
            peer_size = peer.size()
        update = _update(index)
        memory = subprocess.run(
            [sys.executable, "-m", "bench.bench_search", "--memory-of", folder], capture_output=True, text=True, check=True
        ).stdout.strip()  # fmt: skip
    lines = [
        f"{about}; {asked.offers:,} offers, {asked.times} questions of each kind, wall clock.",
        "",
        "Peers: PostgreSQL full text with pg_trgm on the same offers in the same run, questions in turn; tables, indexes and "
        "statements stand in `bench/search_peer.py`. *Plain* is what one writes first: one table with a `tsvector`, an index of "
        f"trigrams on the text, one statement (asked every {PLAIN_EVERY}th question). *Tuned* has a table of all words beside it, "
        "looks up what was meant, and asks with that. All give the best twenty and the true count, and forgive typing errors; ours "
        "also knows synonyms and says why each of the twenty was found.",
        *_table(f"All {asked.offers:,} offers in one municipality", one),
        *_table(f"One of {TENANTS} municipalities with {asked.offers // TENANTS:,} each", spread),
        "",
        f"Building: {built:.1f} s ({built_cpu:.1f} s of computing, one process), {size / 1e6:.0f} MB; tuned PostgreSQL {peer_built:.1f} s, "
        f"{peer_size / 1e6:.0f} MB. One changed offer is found after {update * 1000:.0f} ms. "
        f"A process that only searches takes {memory} MB.",
    ]
    text = "\n".join(lines)
    write_section("Search", text)
    print(text)
    return 0


@dataclass
class _Row:
    """One kind of question: milliseconds of each side, those computing, and how many questions it had no answer to."""

    name: str
    ours: tuple[float, float]
    theirs: tuple[float, float]
    plain: tuple[float, float]
    computing: tuple[float, float]
    ours_empty: int
    theirs_empty: int


def _measured(index: Index, peer: Peer, plain: Plain, times: int, tenant: int) -> list[_Row]:
    kinds = questions(times, random.Random(SEED + 1))
    for kind in kinds.values():
        for one in kind[:5]:
            _ours(index, one, tenant)
            _theirs(peer, one, tenant)
        _theirs(plain, kind[0], tenant)
    rows = []
    for name, asked in kinds.items():
        say(f"asking both: {name}")
        ours, theirs, simply, empty = [], [], [], [0, 0]
        computing = [0.0, 0.0]
        for number, one in enumerate(asked):
            began = time.process_time()
            took, count = _timed(lambda one=one: _ours(index, one, tenant))
            ours.append(took)
            empty[0] += not count
            between, server = time.process_time(), peer.computing()
            took, count = _timed(lambda one=one: _theirs(peer, one, tenant))
            theirs.append(took)
            empty[1] += not count
            computing[0] += between - began
            computing[1] += time.process_time() - between + peer.computing() - server
            if number % PLAIN_EVERY == 0:
                simply.append(_timed(lambda one=one: _theirs(plain, one, tenant))[0])
        mean = (1000 * computing[0] / len(asked), 1000 * computing[1] / len(asked))
        rows.append(_Row(name, _figures(ours), _figures(theirs), _figures(simply), mean, *empty))
    return rows


def _ours(index: Index, asked: Asked, tenant: int) -> int:
    words, lang, filters = asked
    found = index.search(words, lang=lang, tenants=[tenant], limit=20, **filters)
    for hit in found.hits:
        assert hit.why is not None  # looked for only when read
    return found.count


def _theirs(peer: Peer, asked: Asked, tenant: int) -> int:
    """With all offers in one municipality there is nothing to filter by, which spares the peer a condition."""
    words, _lang, filters = asked
    return peer.search(words, tenants=None if tenant == ALL else [tenant], **filters)[1]


def _timed(work) -> tuple[float, int]:
    started = time.perf_counter()
    count = work()
    return 1000 * (time.perf_counter() - started), count


def _table(title: str, rows: list[_Row]) -> list[str]:
    return [
        "",
        f"### {title}",
        "",
        "| question | ours, median | ours, p99 | plain, median | ratio of medians | tuned, median | tuned, p99 | ratio of medians | computing, mean: ours, tuned | nothing found: ours, tuned |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
        *(
            f"| {row.name} | {row.ours[0]:.1f} ms | {row.ours[1]:.1f} ms | {row.plain[0]:.1f} ms | {row.plain[0] / row.ours[0]:.1f} "
            f"| {row.theirs[0]:.1f} ms | {row.theirs[1]:.1f} ms "
            f"| {row.theirs[0] / row.ours[0]:.1f} | {row.computing[0]:.1f} ms, {row.computing[1]:.1f} ms | {row.ours_empty}, {row.theirs_empty} |"
            for row in rows
        ),
        "",
        _summary(rows),
    ]


def _figures(times: list[float]) -> tuple[float, float]:
    times.sort()
    return statistics.median(times), times[int(len(times) * 0.99) - 1]


def _summary(rows: list[_Row]) -> str:
    middle = statistics.median(row.theirs[0] / row.ours[0] for row in rows)
    simply = statistics.median(row.plain[0] / row.ours[0] for row in rows)
    slowest = max(row.ours[1] for row in rows)
    computing = statistics.median(row.computing[1] / row.computing[0] for row in rows)
    return (
        f"Median ratio to plain {simply:.1f} (target ≥ {LEAST_RATIO:.0f}: {_met(simply >= LEAST_RATIO)}), to tuned {middle:.1f} "
        f"({_met(middle >= LEAST_RATIO)}), of computing alone {computing:.1f}; "
        f"slowest p99 of ours {slowest:.1f} ms (target ≤ {SLOWEST:.0f} ms: {_met(slowest <= SLOWEST)})."
    )


def _met(is_met: bool) -> str:
    return "met" if is_met else "**not met**"


def _update(index: Index) -> float:
    started = time.perf_counter()
    index.update(offers(1, random.Random(1)))
    index.search("deutschkurs", lang="de")
    return time.perf_counter() - started


def _print_memory(folder: Path) -> int:
    import resource

    index = Index(folder)
    for kind in questions(20, random.Random(SEED + 2)).values():
        for one in kind:
            _ours(index, one, ALL)
    print(round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
    return 0


if __name__ == "__main__":
    sys.exit(main())
