"""The concept on paper: from the records to the finished file, with 100 measures, charts and a map.

python -m bench papers     in a database of its own, on the tests' server
"""

import io
import statistics
import time
from collections.abc import Callable
from datetime import date

from bench import database

TIMES = 5
MEASURES, FIELDS = 100, 9


def main() -> None:
    with database.migrated():
        _report()


def _report() -> None:
    from django.utils import timezone, translation
    from pypdf import PdfReader

    from bench.results import machine, write_section
    from quartierwerk import testing
    from quartierwerk.planning.paper import concept, formats, progress, state

    head = machine()
    cast = testing.cast()
    row = _concept(cast)
    made: dict[str, bytes] = {}

    def paper(name: str, format: str, document) -> Callable[[], object]:
        def ask() -> None:
            with cast.in_town():
                told = state.of_today(row, cast.town, "de", timezone.localdate())
                made[name] = formats.set_as(document, told, format)

        return ask

    with translation.override("de"):
        rows = [
            ("the concept as PDF", *_timed(paper("pdf", "pdf", concept.document))),
            ("the concept as Word file", *_timed(paper("docx", "docx", concept.document))),
            ("the concept as web page", *_timed(paper("html", "html", concept.document))),
            ("the report on progress as PDF", *_timed(paper("progress", "pdf", progress.document))),
        ]
    pages = len(PdfReader(io.BytesIO(made["pdf"])).pages)
    lines = [
        f"{head}; {MEASURES} measures in {FIELDS} fields, each with the five answers, three steps, three cost lines, a need and "
        f"a goal with a value; charts and a map of the quarters. From the records to the file; the PDF (UA-1) has {pages} pages.",
        "",
        "| what | median ms | slowest ms | kB |",
        "|---|---|---|---|",
        *(
            f"| {what} | {middle:.0f} | {worst:.0f} | {len(file) // 1000} |"
            for (what, middle, worst), file in zip(rows, made.values(), strict=True)
        ),
    ]
    write_section("The concept on paper", "\n".join(lines))


def _timed(ask: Callable[[], object]) -> tuple[float, float]:
    ask()
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken), max(taken)


def _concept(cast):
    from quartierwerk.chain.models import Relation
    from quartierwerk.planning.models import CostLine, Goal, GoalValue, Milestone
    from quartierwerk.planning.tests import factories

    words = "Zwei Gruppen treffen sich am Vormittag, eine am Abend; in jeder werden acht Kinder betreut. "
    with cast.in_town():
        for place, space in enumerate((cast.middle, cast.old)):
            west = 9.8 + place * 0.02
            ring = [[west, 52.3], [west + 0.02, 52.3], [west + 0.02, 52.32], [west, 52.32], [west, 52.3]]
            space.outline = {"type": "Polygon", "coordinates": [ring]}
            space.save()
        fields = [factories.field(f"Handlungsfeld {n}", position=n) for n in range(FIELDS)]
        lead = factories.team()
        for n in range(MEASURES):
            field = fields[n % FIELDS]
            need = factories.need(f"Bedarf {n}", fields=[field])
            goal = factories.goal(
                f"Ziel {n}",
                fields=[field],
                evidence_kind=Goal.Evidence.INDICATOR,
                indicator_name="Bestandene Prüfungen im Jahr",
                baseline=10,
                target=40,
            )
            GoalValue.objects.create(goal=goal, on=date(2026, 1, 1), value=20)
            measure = factories.measure(
                f"Betreuung in den Kursräumen {n}",
                fields=[field],
                what=words * 3,
                stage="running",
                starts_on=date(2026, 1, 1),
                ends_on=date(2028, 12, 31),
                lead_team=lead,
                hours_per_week=10,
                review_on=date(2027, 6, 30),
                review_how=words,
                audience="Familien in den ersten drei Jahren",
                space=(cast.middle, cast.old, None)[n % 3],
            )
            for year in (2026, 2027, 2028):
                CostLine.objects.create(
                    measure=measure,
                    year=year,
                    label="Honorare und Räume",
                    source="Haushalt der Stadt",
                    planned_cents=1_230_050,
                )
                Milestone.objects.create(measure=measure, title=f"Schritt {year}", due_on=date(year, 5, 1))
            factories.linked(need, measure)
            factories.linked(measure, goal, Relation.MEASURED_BY)
    return fields[0].concept


if __name__ == "__main__":
    main()
