"""The panel of the chain with 10,000 links: queries and time, as a coordinator and as a community worker reads it.

python -m bench chain [--links 10000]     in a database of its own, on the tests' server
"""

import argparse
import statistics
import time

from bench import database


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--links", type=int, default=10_000)
    links = options.parse_args().links
    with database.migrated():
        _report(links)


def _report(links: int) -> None:
    from bench.results import machine, write_section
    from quartierwerk import testing
    from quartierwerk.chain.models import Link, Relation
    from quartierwerk.chain.register import Reader
    from quartierwerk.chain.tests.app.models import ExampleWish, Lack
    from quartierwerk.rights import Role

    about = machine()
    cast = testing.cast()
    with cast.in_town():
        lack = Lack.objects.create(title="Kinderbetreuung", space=cast.middle)
        spaces = (cast.old, cast.middle)
        wishes = [ExampleWish(title=f"Wunsch {n}", space=spaces[n % 2]) for n in range(links)]
        records = _timed(lambda: ExampleWish.objects.bulk_create(wishes))
        made = [
            Link(source_id=wish.element_id, target_id=lack.element_id, relation=Relation.LED_TO)
            for wish in wishes
        ]
        joined = _timed(lambda: Link.objects.bulk_create(made))
        lines = [
            f"{about}; {links:,} voices linked to one need.",
            "",
            "| reader | queries | median | slowest of 20 |",
        ]
        lines.append("|---|---|---|---|")
        for role in (Role.COORDINATOR, Role.COMMUNITY_WORKER):
            reader = Reader(cast.person(role), "de", cast.town, is_public=False)
            queries, times = _read(lack, reader)
            median = statistics.median(times) * 1000
            lines.append(f"| {role.value} | {queries} | {median:.0f} ms | {max(times) * 1000:.0f} ms |")
    lines += [
        "",
        f"Writing {links:,} records with their elements took {records:.1f} s, their links {joined:.1f} s.",
    ]
    text = "\n".join(lines)
    print(text)
    write_section("Chain", text)


def _read(record, reader) -> tuple[int, list[float]]:
    from django.db import connection
    from django.template.loader import render_to_string
    from django.test.utils import CaptureQueriesContext

    from quartierwerk.chain import panel

    def page() -> None:
        render_to_string("chain/_panel.html", {"panel": panel.of(record, reader)})

    with CaptureQueriesContext(connection) as asked:
        page()
    return len(asked), [_timed(page) for _ in range(20)]


def _timed(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
