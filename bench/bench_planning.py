"""The matrix of a large concept: the whole page as a browser gets it, and its parts, with 5,000 measures.

python -m bench planning [--measures 5000]     in a database of its own, on the tests' server
"""

import argparse
import statistics
import time
from collections.abc import Callable
from uuid import uuid4

from bench import database

TIMES = 15
FIELDS = 9


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--measures", type=int, default=5_000)
    count = options.parse_args().measures
    with database.migrated():
        _report(count)


def _report(count: int) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings

    from bench.results import machine, say, write_section
    from quartierwerk import testing
    from quartierwerk.planning.files import exporting, writers
    from quartierwerk.planning.matrix import holding
    from quartierwerk.planning.models import Concept, FieldOfAction, Measure
    from quartierwerk.rights import Role
    from quartierwerk.tenants import scope

    say(f"writing {count:,} measures")
    cast = testing.cast()
    with cast.in_town():
        _fill(cast, count)
        concept = Concept.objects.get()
        field = FieldOfAction.objects.order_by("position").first()
        measures = Measure.objects.count()
    database.analyze()
    client = Client()
    client.force_login(cast.account[Role.COORDINATOR])
    address = f"/staff/{cast.town.slug}/concept/"

    def get(query: str = "") -> Callable[[], object]:
        def ask() -> None:
            with scope.entered(None):
                answer = client.get(address + query)
            assert answer.status_code == 200, answer.status_code

        return ask

    def first_page() -> None:
        with scope.entered(None):
            assert client.get(f"/staff/{cast.town.slug}/").status_code == 200

    def reading() -> None:
        with cast.in_town():
            holding.held_by(concept, cast.person(Role.COORDINATOR))

    def export() -> None:
        with cast.in_town():
            writers.as_json(exporting.document_of(concept))

    work = {
        "the matrix page": get(),
        "with one field unfolded": get(f"?field={field.pk}"),
        "one quarter, only gaps": get(f"?quarter={cast.middle.pk}&gaps=1"),
        "list of all measures": get("entries/?part=measures"),
        "the first page": first_page,
        "reading alone": reading,
        "export as JSON": export,
    }
    rows = []
    with override_settings(DEBUG=False):
        for what, ask in work.items():
            say(what)
            rows.append((what, *_timed(ask, times=3 if ask is export else TIMES)))
        with CaptureQueriesContext(connection) as asked:
            get()()
    lines = [
        f"{machine()}; {measures:,} measures, as many needs and goals, 1,000 resources, {FIELDS} fields; each linked to one need, "
        f"one goal and one resource. The page asks {len(asked)} queries, session and navigation included.",
        "",
        "| what | median ms | slowest ms |",
        "|---|---|---|",
        *(f"| {what} | {middle:.0f} | {worst:.0f} |" for what, middle, worst in rows),
    ]
    write_section("Matrix of a concept", "\n".join(lines))
    print("\n".join(lines))


def _timed(ask: Callable[[], object], times: int = TIMES) -> tuple[float, float]:
    ask()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken), max(taken)


def _fill(cast, count: int) -> None:
    from quartierwerk.chain.models import Link, Relation
    from quartierwerk.planning.models import (
        Goal,
        GoalInField,
        Measure,
        MeasureInField,
        MeasureResource,
        Need,
        NeedInField,
        Resource,
        ResourceInField,
    )
    from quartierwerk.planning.tests import factories

    fields = [factories.field(f"Feld {number}", position=number) for number in range(FIELDS)]
    teams = [factories.team(str(number), f"Team {number}") for number in range(40, 60)]
    spaces = [cast.middle, cast.old, None]

    def made(model, title: str, number: int, **values):
        row = model(title=f"{title} {number}", visibility="public", element_id=uuid4(), **values)
        row.fill_keys()
        return row

    numbers = range(count)
    needs = [made(Need, "Bedarf", n, space=spaces[n % 3]) for n in numbers]
    measures = [
        made(Measure, "Maßnahme", n, space=spaces[n % 3], lead_team=teams[n % 20], stage="running")
        for n in numbers
    ]
    goals = [made(Goal, "Ziel", n) for n in numbers]
    resources = [Resource(title=f"Ressource {n}", visibility="public") for n in range(1_000)]
    for resource in resources:
        resource.fill_keys()
    for model, rows in ((Need, needs), (Measure, measures), (Goal, goals), (Resource, resources)):
        model.objects.bulk_create(rows, batch_size=1_000)
    for through, side, rows in (
        (NeedInField, "need", needs),
        (MeasureInField, "measure", measures),
        (GoalInField, "goal", goals),
        (ResourceInField, "resource", resources),
    ):
        through.objects.bulk_create(
            [through(**{side: row}, field=fields[n % FIELDS], position=n) for n, row in enumerate(rows)],
            batch_size=1_000,
        )
    links = []
    for n, measure in enumerate(measures):
        if n % 5:
            links.append(
                Link(source_id=needs[n].element_id, target_id=measure.element_id, relation=Relation.LED_TO)
            )
        links.append(
            Link(source_id=measure.element_id, target_id=goals[n].element_id, relation=Relation.MEASURED_BY)
        )
    Link.objects.bulk_create(links, batch_size=1_000)
    MeasureResource.objects.bulk_create(
        [MeasureResource(measure=measure, resource=resources[n % 900]) for n, measure in enumerate(measures)],
        batch_size=1_000,
    )


if __name__ == "__main__":
    main()
