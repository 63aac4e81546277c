"""How well voices that say the same are proposed for bundling, on judged voices, and how soon among 50,000.

python -m bench bundling      in a database of its own, on the tests' server; python -m bench.bench_bundling --times only the latter

The half `held` is measured, never read. Writes the sections "Bundling" and "Bundling, time" of RESULTS.md.
"""

import argparse
import random
import statistics
import time
from datetime import timedelta
from uuid import uuid4

from bench import database

VOICES, ASKED, AT_ONCE = 50_000, 60, 5_000
TARGET_MS = 100
SPACES = 6


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", action="store_true", help="only how soon, not how well")
    asked = options.parse_args()
    with database.migrated():
        if not asked.times:
            _report_quality()
        _report_times()


def _report_quality() -> None:
    from bench import bundling_quality as quality
    from bench.results import machine, write_section

    about = machine()
    lines = [
        f"{about}. 500 invented voices in seven languages with known groups (`tests/voices`), each half by itself; `held` was "
        "never looked at. Each voice with a relative there is compared with all others of its language, or of all other "
        f"languages; of at most {quality.SHOWN} proposals. Precision@3: hits / min(3, relatives there), as many voices have fewer than "
        "three; beside it hits / proposals shown, which cannot pass .41 in one language and .88 across. By keys of concerns, "
        "without a model, also across languages.",
        "",
        "| half | compared | target | voices asked | precision@3 | hits / shown | precision@3 by quarter alone, without points |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for split in ("tune", "held"):
        cases = quality.read(split)
        for name, compared in (("one", quality.in_one), ("across", quality.across)):
            found = quality.precision(cases, compared)
            without = quality.precision([quality.without_point(case) for case in cases], compared)
            label = "in one language" if name == "one" else "across languages"
            lines.append(
                f"| {split} | {label} | {quality.TARGETS[name]} | {found.asked} | {found.by_relatives:.2f} | {found.by_shown:.2f} "
                f"| {without.by_relatives:.2f} |"
            )
    text = "\n".join(lines)
    write_section("Bundling", text)
    print(text)


def _report_times() -> None:
    from bench import bundling_quality as quality
    from bench.results import machine, say, write_section
    from quartierwerk.participation.bundling.finding import LOOKED_AT

    about = machine()
    say(f"writing {VOICES:,} voices")
    times, cpu, spaces = _times(quality.read("tune"))
    text = (
        f"{about}. Proposals for one voice among {VOICES:,} of a municipality in {spaces} quarters, the newest {LOOKED_AT:,} of its "
        f"quarter looked at, database included: median {statistics.median(times):.0f} ms, 95th percentile "
        f"{sorted(times)[int(len(times) * 0.95)]:.0f} ms, of it our own CPU {statistics.median(cpu):.0f} ms (target {TARGET_MS} ms); "
        f"{len(times)} voices asked."
    )
    write_section("Bundling, time", text)
    print(text)


def _times(cases: list[dict]) -> tuple[list[float], list[float], int]:
    """Milliseconds for each voice asked, by the clock and of our CPU. Its words are those of two judged voices."""
    from quartierwerk import testing
    from quartierwerk.participation.bundling import finding
    from quartierwerk.participation.models import Voice

    cast = testing.cast()
    with cast.in_town():
        spaces = _fill(cast, cases)
    database.analyze()
    times, cpu = [], []
    with cast.in_town():
        for voice in Voice.objects.order_by("id")[:ASKED]:
            started, used = time.perf_counter(), time.process_time()
            finding.alike(voice)
            times.append((time.perf_counter() - started) * 1000)
            cpu.append((time.process_time() - used) * 1000)
    return times, cpu, spaces


def _fill(cast, cases: list[dict]) -> int:
    from django.utils import timezone

    from quartierwerk.participation.bundling import similar
    from quartierwerk.participation.models import Voice, VoiceOriginal
    from quartierwerk.places.models import SocialSpace

    spaces = list(SocialSpace.objects.all()[:SPACES])
    drawn = random.Random(6)
    today = timezone.localdate()
    for start in range(0, VOICES, AT_ONCE):
        voices = [
            Voice(
                kind="want", due_on=today, language="de", space=drawn.choice(spaces),
                received_on=today - timedelta(days=(start + at) // 30),
            )
            for at in range(AT_ONCE)
        ]  # fmt: skip
        Voice.objects.bulk_create(voices)
        VoiceOriginal.objects.bulk_create(
            VoiceOriginal(
                voice=voice,
                words=words,
                code_hash=uuid4().hex,
                keys=sorted(similar.keys_of(words, "de")),
            )
            for voice in voices
            for words in [" ".join(case["words"] for case in drawn.sample(cases, 2))]
        )
    return len(spaces)


if __name__ == "__main__":
    main()
