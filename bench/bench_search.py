"""Search among 100,000 invented offers: building, exact words, beginnings, typing errors, filters; p50 and p99.

python bench/bench_search.py [--offers 100000] [--json]
"""

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from quartierwerk.search.index import Document, Index, Text

TOPICS = ["Deutsch", "Schulden", "Wohnung", "Familie", "Senioren", "Migration", "Gesundheit", "Recht", "Arbeit", "Rad", "Tanz",
          "Musik", "Garten", "Küche", "Sprach", "Jugend", "Frauen", "Eltern", "Kinder", "Computer"]  # fmt: skip
FORMS = [
    "kurs",
    "beratung",
    "treff",
    "gruppe",
    "werkstatt",
    "café",
    "hilfe",
    "begleitung",
    "sprechstunde",
    "training",
]
PLACES = [
    "Laatzen",
    "Rethen",
    "Gleidingen",
    "Grasdorf",
    "Ingeln",
    "Oesselse",
    "Pattensen",
    "Sehnde",
    "Hemmingen",
    "Springe",
]
WORDS = ["kostenlos", "offen", "für", "alle", "am", "Vormittag", "Abend", "mit", "ohne", "Anmeldung", "im", "Stadthaus", "Treffpunkt", "Nachbarschaft", "Menschen", "lernen", "zusammen", "Kaffee", "Kinderbetreuung", "stufenlos", "Dolmetscher", "Anfänger", "Fortgeschrittene", "Montag", "Dienstag", "Mittwoch", "Donnerstag"]  # fmt: skip
UKRAINIAN = ["курс", "німецької", "мови", "для", "початківців", "зустріч", "допомога", "консультація", "житло", "робота", "діти", "жінки", "безкоштовно", "субота", "центр"]  # fmt: skip


def offers(count: int, chance: random.Random) -> Iterator[Document]:
    for number in range(count):
        topic, form, place = chance.choice(TOPICS), chance.choice(FORMS), chance.choice(PLACES)
        body = " ".join(chance.choices(WORDS, k=40))
        texts = {"de": Text(f"{topic}{form} {place} {number % 997}", f"{body} {place}")}
        if number % 3 == 0:
            texts["uk"] = Text(
                " ".join(chance.choices(UKRAINIAN, k=4)), " ".join(chance.choices(UKRAINIAN, k=20))
            )
        facets = [f"topic:{topic.casefold()}", f"place:{place.casefold()}"]
        yield Document("offers", str(number), number % 20, texts, "de", facets)


def measured(index: Index, queries: list[tuple[str, str, dict]], cpu: bool) -> dict[str, float]:
    times = []
    for query, lang, filters in queries:
        started = time.thread_time() if cpu else time.perf_counter()
        index.search(query, lang=lang, limit=20, **filters)
        times.append(1000 * ((time.thread_time() if cpu else time.perf_counter()) - started))
    times.sort()
    return {
        "p50_ms": round(statistics.median(times), 2),
        "p99_ms": round(times[int(len(times) * 0.99) - 1], 2),
    }


def mistyped(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def run(count: int, times: int, cpu: bool) -> dict[str, object]:
    chance = random.Random(2026)
    with tempfile.TemporaryDirectory() as folder:
        index = Index(Path(folder))
        started, worked = time.perf_counter(), time.process_time()
        index.rebuild(offers(count, chance))
        build, build_cpu = time.perf_counter() - started, time.process_time() - worked
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        names = [f"{chance.choice(TOPICS)}{chance.choice(FORMS)}" for _ in range(times)]
        places = [chance.choice(PLACES) for _ in range(times)]
        both = list(zip(names, places, strict=True))
        sets = {
            "one_word": [(name, "de", {}) for name in names],
            "two_words": [(f"{name} {place}", "de", {}) for name, place in both],
            "beginning": [(name[: chance.randrange(2, len(name))], "de", {}) for name in names],
            "part": [(chance.choice(FORMS), "de", {}) for _ in range(times)],
            "typo": [(mistyped(name, chance), "de", {}) for name in names],
            "typo_and_filter": [
                (
                    mistyped(name, chance),
                    "de",
                    {"tenants": [1, 2, 3], "facets": {"place": [place.casefold()]}},
                )
                for name, place in both
            ],
            "ukrainian": [(" ".join(chance.choices(UKRAINIAN, k=2)), "uk", {}) for _ in range(times)],
            "question": [
                (f"wo finde ich {name} mit Kinderbetreuung in {place}", "de", {}) for name, place in both
            ],
            "hostile": [('"' * 50 + " AND (NOT *:* " + "a* " * 2_000, "de", {}) for _ in range(times // 10)],
        }
        measured(index, sets["one_word"][:50], cpu)
        figures = {name: measured(index, queries, cpu) for name, queries in sets.items()}
        started = time.perf_counter()
        index.update(offers(1, chance))
        index.search("deutschkurs", lang="de")
        update = time.perf_counter() - started
    return {
        "offers": count, "build_s": round(build, 1), "build_cpu_s": round(build_cpu, 1), "size_mb": round(size / 1e6, 1), "update_and_search_s": round(update, 3),
        **figures,
    }  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offers", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=500, help="queries of each kind")
    parser.add_argument(
        "--cpu", action="store_true", help="count computing time only, for a machine with other work"
    )
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    results = run(options.offers, options.times, options.cpu)
    if options.json:
        print(json.dumps(results, indent=1))
    else:
        for name, figure in results.items():
            print(f"{name:22} {figure}")
