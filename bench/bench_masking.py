"""How much of what must not be public the marker finds in judged voices, per kind and language.

python -m bench masking; python -m bench.bench_masking --wrong lists what fails in `tune`. The half `held` is measured, never
read. Writes the section "Masking" of RESULTS.md.
"""

import argparse
import sys
import time


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--wrong", action="store_true", help="list what fails in tune; held is not measured")
    asked = options.parse_args()
    from bench import masking_quality as quality

    if asked.wrong:
        for name, what in quality.wrong(quality.read("tune")):
            print(name, what)
        return 0
    return _report(quality)


def _report(quality) -> int:
    from bench.results import machine, write_section

    about = machine()
    started = time.process_time()
    halves = {split: quality.read(split) for split in ("tune", "held")}
    rates = {split: quality.measured(cases) for split, cases in halves.items()}
    took = time.process_time() - started
    met = all(one.recall(kind) >= least for one in rates.values() for kind, least in quality.TARGETS.items())
    count = sum(map(len, halves.values()))
    lines = [
        f"{about}. {count} invented voices in seven languages (`tests/voices`), written by somebody who had not seen the marker; "
        "`held` was never looked at. Found: a mark covers the whole judged stretch. Right: a mark touches a judged stretch. "
        f"Lists and patterns only, no model; {took * 1000 / count:.1f} ms CPU for a voice, lists read included.",
        "",
        "| kind | target | tune: judged | found | right | held: judged | found | right |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for kind in quality.KINDS:
        cells = [
            f"{one.judged[kind]} | {one.recall(kind):.1%} | {one.precision(kind):.1%}"
            for one in rates.values()
        ]
        lines.append(f"| {kind} | {quality.TARGETS[kind]:.0%} | {' | '.join(cells)} |")
    lines += [
        "",
        "Found of all kinds by main language of the voice:",
        "",
        "| | tune | held |",
        "|---|--:|--:|",
    ]
    for language in sorted({case["language"] for cases in halves.values() for case in cases}):
        cells = []
        for cases in halves.values():
            one = quality.measured(case for case in cases if case["language"] == language)
            cells.append(f"{one.found.total()} of {one.judged.total()}")
        lines.append(f"| {language} | {' | '.join(cells)} |")
    text = "\n".join(lines)
    write_section("Masking", text)
    print(text)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
