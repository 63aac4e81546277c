"""Search among 100,000 invented offers, ours and PostgreSQL's: words, beginnings, typing errors, filters.

python -m bench search [--offers 100000] [--times 300]

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
from pathlib import Path

from bench import database
from bench.results import machine, write_section
from bench.search_offers import TENANTS, Asked, offers, questions
from bench.search_peer import Peer
from quartierwerk.search.index import Index

SEED = 2026
SLOWEST, LEAST_RATIO = 20.0, 20.0  # ms at p99, times faster at the median


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--offers", type=int, default=100_000)
    options.add_argument("--times", type=int, default=100, help="questions of each kind")
    options.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.memory_of:
        return _print_memory(asked.memory_of)
    about = machine()
    with tempfile.TemporaryDirectory() as folder:
        index = Index(Path(folder))
        started, worked = time.perf_counter(), time.process_time()
        index.rebuild(offers(asked.offers, random.Random(SEED)))
        built, built_cpu = time.perf_counter() - started, time.process_time() - worked
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        with database.empty() as url, Peer(url) as peer:
            started = time.perf_counter()
            peer.build(offers(asked.offers, random.Random(SEED)))
            peer_built = time.perf_counter() - started
            rows = _measured(index, peer, asked.times)
            peer_size = peer.size()
        update = _update(index)
        memory = subprocess.run(
            [sys.executable, "-m", "bench.bench_search", "--memory-of", folder], capture_output=True, text=True, check=True
        ).stdout.strip()  # fmt: skip
    lines = [
        f"{about}; {asked.offers:,} offers in {TENANTS} municipalities, {asked.times} questions of each kind, wall clock.",
        "",
        "Peer: PostgreSQL full text with pg_trgm on the same offers in the same run, questions in turn; its table, indexes and "
        "statements stand in `bench/search_peer.py`. Both give the best twenty and the true count; ours also says why each "
        "was found.",
        "",
        "| question | ours, median | ours, p99 | PostgreSQL, median | PostgreSQL, p99 | ratio of medians |",
        "|---|--:|--:|--:|--:|--:|",
        *(
            f"| {name} | {ours[0]:.1f} ms | {ours[1]:.1f} ms | {theirs[0]:.1f} ms | {theirs[1]:.1f} ms | {theirs[0] / ours[0]:.1f} |"
            for name, ours, theirs in rows
        ),
        "",
        _summary(rows),
        "",
        f"Building: {built:.1f} s ({built_cpu:.1f} s of computing, one process), {size / 1e6:.0f} MB; PostgreSQL {peer_built:.1f} s, "
        f"{peer_size / 1e6:.0f} MB. One changed offer is found after {update * 1000:.0f} ms. "
        f"A process that only searches takes {memory} MB.",
    ]
    text = "\n".join(lines)
    write_section("Search", text)
    print(text)
    return 0


def _measured(
    index: Index, peer: Peer, times: int
) -> list[tuple[str, tuple[float, float], tuple[float, float]]]:
    kinds = questions(times, random.Random(SEED + 1))
    for kind in kinds.values():
        for words, lang, filters in kind[:5]:
            index.search(words, lang=lang, **filters)
            peer.search(words, **filters)
    rows = []
    for name, asked in kinds.items():
        ours, theirs = [], []
        for one in asked:
            ours.append(_timed(lambda one=one: _ours(index, one)))
            theirs.append(_timed(lambda one=one: peer.search(one[0], **one[2])))
        rows.append((name, _figures(ours), _figures(theirs)))
    return rows


def _ours(index: Index, asked: Asked) -> None:
    words, lang, filters = asked
    index.search(words, lang=lang, limit=20, **filters)


def _timed(work) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


def _figures(times: list[float]) -> tuple[float, float]:
    times.sort()
    return statistics.median(times), times[int(len(times) * 0.99) - 1]


def _summary(rows) -> str:
    ratios = [theirs[0] / ours[0] for _name, ours, theirs in rows]
    slowest = max(ours[1] for _name, ours, _theirs in rows)
    middle = statistics.median(ratios)
    return (
        f"Median ratio {middle:.1f} (target ≥ {LEAST_RATIO:.0f}: {_met(middle >= LEAST_RATIO)}); "
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
            _ours(index, one)
    print(round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
    return 0


if __name__ == "__main__":
    sys.exit(main())
