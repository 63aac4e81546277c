"""A concept written to a file and read in elsewhere is the same concept, in JSON and in XLSX."""

import io
import json
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.utils import translation

from quartierwerk import cli
from quartierwerk.languages.states import TranslationState, state_of
from quartierwerk.rights import worker
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Visibility

from ..files import reading
from ..files.exporting import document_of
from ..files.importing import import_read
from ..files.writers import WRITERS
from ..models import (
    Concept,
    CostLine,
    FieldOfActionText,
    GoalValue,
    MeasurePartner,
    MeasureResource,
    MeasureTeam,
    MeasureText,
    Milestone,
)
from . import factories


def rich() -> Concept:
    """One of everything, with words that spreadsheets like to change."""
    concept = factories.concept(title="Integration in Musterstadt", summary="Erster Satz.\n\nZweiter Satz.")
    first = factories.field("Sprache", catalogue_code="education_language", topics=["language"], position=0)
    second = factories.field("Wohnen", description="=Mieten", position=1)
    factories.field("Geflüchtete", catalogue_code="refugees", is_detailed=False, position=2)
    resource = factories.resource("Netzwerk", kind="network", fields=[first, second])
    factories.resource(
        "+49 Telefonkette", fields=[second], visibility=Visibility.TENANT, description=resource.title
    )
    need = factories.need(
        "Betreuung; während der Kurse",
        fields=[second, first],
        urgency=3,
        state="accepted",
        noticed_on=date(2025, 5, 24),
    )
    factories.need(
        "Abgelehnt", fields=[first], state="rejected", rejected_reason="Gibt es schon.", noticed_on=None
    )
    goal = factories.goal(
        "Zugang", fields=[first], evidence_kind="indicator", indicator_name="Anteil", unit="%",
        baseline=Decimal("58.125"), baseline_on=date(2025, 6, 30), target=Decimal("75"), direction="down",
    )  # fmt: skip
    GoalValue.objects.create(goal=goal, on=date(2026, 6, 30), value=Decimal("0"), note="Umfrage")
    measure = factories.measure(
        "Kurs mit Betreuung", fields=[first], what="- Zwei Räume\n- Drei Tage", stage="running", starts_on=date(2026, 2, 28),
        ends_on=date(2028, 2, 29), lead_team=factories.team("53"), hours_per_week=Decimal("9.75"), review_on=date(2027, 3, 1),
        review_how="Gespräch", score_reach=4, manual_light="amber", manual_comment="Wartet.", rank_override=1,
        rank_reason="Zuerst.", internal_notes="Nur für uns.",
    )  # fmt: skip
    factories.measure("Wohnungsbörse", fields=[second], stage="stopped", stopped_reason="Keine Räume.")
    MeasureTeam.objects.create(measure=measure, team=factories.team("40", "Bildung"))
    MeasureTeam.objects.create(measure=measure, team=factories.team("61", "Planung"), part="informed")
    MeasurePartner.objects.create(measure=measure, name="Sprachhaus Leine")
    MeasureResource.objects.create(measure=measure, resource=resource)
    Milestone.objects.create(
        measure=measure, title="Raum gefunden", due_on=date(2026, 5, 1), done_on=date(2026, 4, 30)
    )
    CostLine.objects.create(
        measure=measure, year=2026, label="Honorare", source="Haushalt", kind="staff", planned_cents=1_234_567, spent_cents=1,
        is_secured=True, secured_until=date(2027, 5, 31),
    )  # fmt: skip
    factories.linked(need, measure)
    factories.linked(measure, goal, "measured by")
    for record, name, language, words in (
        (concept, "title", "uk", "Інтеграція"), (first, "name", "ar", "اللغة"), (need, "title", "uk", "Догляд"),
        (measure, "what", "uk", "Дві кімнати"), (measure, "title", "uk", "Курс"), (goal, "title", "ar", "=الوصول"),
    ):  # fmt: skip
        made = type(record)._meta.get_field("translations").related_model
        made.objects.create(
            record=record, text_name=name, language=language, text=words, state="machine", origin="team",
            source_text="Früher" if language == "ar" else getattr(record, name),
        )  # fmt: skip
    return concept


@pytest.mark.parametrize("format", ["json", "xlsx"])
def test_written_read_elsewhere_and_written_again_is_the_same(cast, format):
    with cast.in_town():
        first = WRITERS[format](document_of(rich()))
    with cast.in_other():
        result = import_read(reading.read(first, format), by=worker("test", cast.other.pk))
        assert not result.findings
        assert WRITERS[format](document_of(Concept.objects.get())) == first
        again = import_read(reading.read(first, format), by=worker("test", cast.other.pk))
        assert not again.changes


def test_both_formats_say_the_same(cast):
    with cast.in_town():
        document = document_of(rich())
    rows = [reading.read(WRITERS[format](document), format).rows for format in ("json", "xlsx")]
    plain = [{name: [row for _number, row in part] for name, part in one.items()} for one in rows]
    assert plain[0] == plain[1]


def test_the_tables_come_in_one_archive(cast):
    with cast.in_town():
        packed = WRITERS["csv"](document_of(rich()))
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        assert "measures.csv" in package.namelist()
        costs = package.read("costs.csv").decode("utf-8-sig")
    assert "12345,67" in costs


def test_number_of_questions_does_not_grow_with_the_concept(cast, django_assert_max_num_queries):
    with cast.in_town():
        concept = rich()
        for number in range(12):
            factories.measure(
                f"Maßnahme {number}", fields=[factories.field("Sprache")], lead_team=factories.team("53")
            )
        with django_assert_max_num_queries(27):
            document_of(concept)


def exported(cast, capsys, *more: str) -> tuple[int, str, str]:
    with scope.entered(None):
        code = cli.main(["planning", "export", "--tenant", cast.town.slug, *more])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_the_command_writes_the_file_and_counts(cast, capsys, tmp_path):
    with cast.in_town():
        rich()
    path = tmp_path / "konzept.json"
    code, out, _err = exported(cast, capsys, "--format", "json", "-o", str(path), "--json")
    assert code == 0
    assert json.loads(out)["measures"] == 2
    assert json.loads(path.read_text(encoding="utf-8"))["needs"][0]["state"] == "rejected"


@pytest.mark.parametrize("more", [["--format", "doc"], ["--format", "json", "--concept", "fehlt"]])
def test_what_cannot_be_written_is_refused(cast, capsys, tmp_path, more):
    with cast.in_town():
        factories.concept()
    code, _out, err = exported(cast, capsys, *more, "-o", str(tmp_path / "konzept"))
    assert code == 1
    assert err.startswith("quartierwerk: ")


def test_a_formula_in_our_own_workbook_is_listed_and_not_taken(cast):
    with cast.in_town():
        book = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](document_of(rich()))))
    book["Bedarfe"]["A2"] = '=HYPERLINK("https://boese.example")'
    changed = io.BytesIO()
    book.save(changed)
    read = reading.read(changed.getvalue(), "xlsx")
    assert len(read.of("needs")) == 1
    assert "Formel" in read.findings[0].sentence or "formula" in read.findings[0].sentence


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"record": "Gibt es nicht"}, "is not in the file"),
        ({"language": "xx-nonsense-tag-far-too-long"}, "is no language"),
        ({"language": "de"}, "already"),
        ({"text": "rejected_reason"}, "no such text"),
    ],
)
def test_a_translation_that_belongs_nowhere_is_listed_and_the_rest_is_taken(cast, change, words):
    with cast.in_town():
        document = json.loads(WRITERS["json"](document_of(rich())))
    document["texts"][2] |= change
    with cast.in_other(), translation.override("en"):
        result = import_read(
            reading.read(json.dumps(document).encode(), "json"), by=worker("test", cast.other.pk)
        )
    (finding,) = result.findings
    assert finding.section == "texts"
    assert words in finding.sentence
    assert result.counts["texts"] == {"added": len(document["texts"]) - 1, "left_out": 1}


def test_a_translation_knows_elsewhere_whether_it_is_out_of_date(cast):
    with cast.in_town():
        content = WRITERS["json"](document_of(rich()))
    with cast.in_other():
        import_read(reading.read(content, "json"), by=worker("test", cast.other.pk))
        states = {
            (one.language, state_of(one, getattr(one.record, one.text_name)))
            for model in (FieldOfActionText, MeasureText)
            for one in model.objects.select_related("record")
        }
    assert states == {("ar", TranslationState.OUTDATED), ("uk", TranslationState.MACHINE)}
