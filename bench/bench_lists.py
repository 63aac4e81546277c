"""Public lists of offers over HTTP: 1,000 different addresses with filters, each asked once; then 304 and 30 a second.

python -m bench lists [--offers 100000]     in a database of its own, on the tests' server, served by granian as in production
"""

import argparse
import asyncio
import os
import random
import socket
import subprocess
import sys
import time
from datetime import time as clock
from pathlib import Path

from bench import database

ROOT = Path(__file__).resolve().parent.parent
ADDRESSES = 1_000
AT_ONCE = 8
A_SECOND = 30
SECONDS = 20


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--offers", type=int, default=100_000)
    count = options.parse_args().offers
    with database.migrated() as name:
        _report(count, name)


def _report(count: int, database: str) -> None:
    from bench.results import machine, say, write_section

    about = machine()
    say(f"writing {count:,} offers")
    start, queries = _town(count)
    say("starting the server")
    with _served(database) as port:
        first = time.perf_counter()
        asyncio.run(_get(port, start, ""))
        reading = time.perf_counter() - first
        asyncio.run(_everybody(port, start))
        say(f"asking for {len(queries):,} addresses")
        times, tags, took = asyncio.run(_throughput(port, queries))
        again, states, _took = asyncio.run(_throughput(port, queries, tags))
        say(f"{A_SECOND} requests a second for {SECONDS} s")
        steady = asyncio.run(_steady(port, queries))
    lines = [
        f"{about}; {count:,} offers of one municipality, {len(queries):,} different addresses with one to four filters, 20 rows a page,"
        " map and counts beside every choice; server, database and client on the same two cores.",
        "",
        "| what | figure |",
        "|---|---|",
        f"| each address once, {AT_ONCE} at a time | **{len(times) / took:.0f} requests/s**, median {_at(times, 50):.0f} ms, p99 {_at(times, 99):.0f} ms |",
        f"| {A_SECOND} requests/s for {SECONDS} s | median {_at(steady, 50):.0f} ms, **p99 {_at(steady, 99):.0f} ms** |",
        f"| the same addresses again, unchanged | {sum(state == '304' for state in states.values())} of {len(queries):,} answer 304, median {_at(again, 50):.1f} ms |",
        f"| first page after a start, reading all offers | {reading:.1f} s |",
    ]
    text = "\n".join(lines)
    print(text)
    write_section("Lists of offers over HTTP", text)


def _at(times: list[float], percent: int) -> float:
    ordered = sorted(times)
    return 1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def _town(count: int) -> tuple[str, list[str]]:
    """A town with many offers; the address of its list, and others with filters."""
    from quartierwerk import testing
    from quartierwerk.directory.models import Offer, OfferSchedule, Organisation
    from quartierwerk.directory.topics import TOPICS
    from quartierwerk.languages.names import sort_key
    from quartierwerk.places.models import Address

    chance = random.Random(2026)
    cast = testing.cast()
    languages = ["de", "en", "ar", "uk", "ru", "tr", "fa", "kmr", "ti", "fr", "pl", "ro"]
    days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    known = ["yes", "no", "unknown"]
    with cast.in_town():
        spaces = [cast.middle, cast.old]
        for number, space in enumerate(spaces):
            west = 9.75 + number * 0.03
            ring = [[west, 52.29], [west + 0.03, 52.29], [west + 0.03, 52.32], [west, 52.32], [west, 52.29]]
            space.outline = {"type": "Polygon", "coordinates": [ring]}
            space.save()
        organisations = [
            Organisation(name=f"Verein {n}", sort_key=sort_key(f"Verein {n}"), visibility="public")
            for n in range(max(count // 20, 1))
        ]
        places = [
            Address(
                street=f"Weg {n}", postcode="30999", town="Musterstadt", visibility="public", space=chance.choice(spaces),
                latitude=52.29 + chance.random() * 0.03, longitude=9.75 + chance.random() * 0.06,
            )
            for n in range(2_000)
        ]  # fmt: skip
        Organisation.objects.bulk_create(organisations)
        Address.objects.bulk_create(places)
        for begin in range(0, count, 5_000):
            offers = []
            for n in range(begin, min(begin + 5_000, count)):
                title = f"{chance.choice(['Kurs', 'Beratung', 'Treff', 'Gruppe', 'Sport'])} {n:06}"
                kind = chance.choice(["course", "counselling", "group", "meeting_place", "sport"])
                offers.append(
                    Offer(
                        title=title, sort_key=sort_key(title), organisation=chance.choice(organisations), kind=kind,
                        address=chance.choice(places), visibility="public", topics=chance.sample(list(TOPICS), 2),
                        languages_spoken=chance.sample(languages, chance.randrange(4)), childcare=chance.choice(known),
                        step_free=chance.choice(known), is_free=chance.choice(known), description="Wir lernen zusammen.",
                        seats=12 if kind == "course" else None, seats_taken=chance.randrange(13),
                        level=chance.choice(["A1", "A2", "B1"]) if kind == "course" else "",
                    )
                )  # fmt: skip
            Offer.objects.bulk_create(offers)
            OfferSchedule.objects.bulk_create(
                OfferSchedule(
                    offer=offer, visibility="public", weekdays=[chance.choice(days)],
                    opens_at=clock(chance.choice([9, 14, 18])), closes_at=clock(chance.choice([20, 21])),
                )
                for offer in offers
            )  # fmt: skip
    database.analyze()
    start = f"/de/{cast.town.slug}/offers/"
    filters = {
        "topic": list(TOPICS),
        "speaks": languages,
        "quarter": [str(space.pk) for space in spaces],
        "day": days,
        "time": ["morning", "afternoon", "evening"],
        "childcare": ["1"],
        "step_free": ["1"],
        "free": ["1"],
        "kind": ["course", "group", "sport"],
        "near": ["52.305,9.780", "30999"],
        "page": ["2", "3"],
    }
    queries: dict[str, None] = {}
    while len(queries) < ADDRESSES:
        names = chance.sample(list(filters), chance.randrange(1, 5))
        queries[start + "?" + "&".join(f"{name}={chance.choice(filters[name])}" for name in names)] = None
    return start, list(queries)


class _served:  # noqa: N801 - reads as a statement
    def __init__(self, database: str):
        self.database = database

    def __enter__(self) -> int:
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            port = trial.getsockname()[1]
        surroundings = {**os.environ, "TEST_DATABASE_NAME": self.database}
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2",
            "--blocking-threads", "2", "--log-level", "error", "config.wsgi:application",
        ]  # fmt: skip
        self.process = subprocess.Popen(command, cwd=ROOT, env=surroundings)
        for _ in range(300):
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    time.sleep(3)
                    return port
            time.sleep(0.2)
        raise SystemExit("The server did not start.")

    def __exit__(self, *exception):
        self.process.terminate()
        self.process.wait(20)


async def _get(port: int, path: str, tag: str, connection=None):
    """(state, ETag, connection) of one answer; the connection stays open for the next."""
    reader, writer = connection or await asyncio.open_connection("127.0.0.1", port)
    wanted = f"If-None-Match: {tag}\r\n" if tag else ""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\n{wanted}\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    state = head.split(" ", 2)[1]
    fields = dict(line.split(": ", 1) for line in head.lower().split("\r\n")[1:] if ": " in line)
    if fields.get("transfer-encoding") == "chunked":
        while size := int((await reader.readline()).strip() or b"0", 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    else:
        await reader.readexactly(int(fields.get("content-length", "0")))
    if state not in ("200", "304"):
        raise SystemExit(f"{path} answered {state}.")
    return state, fields.get("etag", ""), (reader, writer)


async def _everybody(port: int, path: str) -> None:
    """As many connections as reach every process: each has its catalogue then."""
    await asyncio.gather(*(_get(port, path, "") for _ in range(4 * AT_ONCE)))


async def _throughput(port: int, paths: list[str], tags: dict[str, str] | None = None):
    """(seconds of each, ETag or state by path, seconds of all)."""
    waiting = list(paths)
    times: list[float] = []
    found: dict[str, str] = {}

    async def visitor() -> None:
        connection = None
        while waiting:
            path = waiting.pop()
            begin = time.perf_counter()
            state, tag, connection = await _get(port, path, (tags or {}).get(path, ""), connection)
            times.append(time.perf_counter() - begin)
            found[path] = state if tags else tag

    begin = time.perf_counter()
    await asyncio.gather(*(visitor() for _ in range(AT_ONCE)))
    return times, found, time.perf_counter() - begin


async def _steady(port: int, paths: list[str]) -> list[float]:
    """Seconds of each answer while requests come evenly, whatever the answers take."""
    times: list[float] = []
    begin = time.perf_counter()

    async def one(number: int) -> None:
        at = begin + number / A_SECOND
        await asyncio.sleep(max(0, at - time.perf_counter()))
        _state, _tag, (_reader, writer) = await _get(port, paths[number % len(paths)], "")
        times.append(time.perf_counter() - at)
        writer.close()

    await asyncio.gather(*(one(number) for number in range(A_SECOND * SECONDS)))
    return times


if __name__ == "__main__":
    main()
