"""W3.2: the Laatzen matrix read in, a second time, after a field was renamed, and with bad rows."""

import io
import json
from pathlib import Path

import openpyxl
import pytest

from quartierwerk import cli
from quartierwerk.chain.models import Link
from quartierwerk.rights import Role, worker
from quartierwerk.tenants import scope

from ..files import parsing, reading
from ..files.importing import import_read
from ..matrix import fields as changing
from ..models import (
    Concept,
    FieldOfAction,
    Goal,
    Measure,
    MeasureInField,
    Need,
    Resource,
    ResourceInField,
    StageChange,
)
from . import factories

LAATZEN = Path(__file__).parents[1] / "data" / "laatzen.json"
COUNTED = {
    "resources": 26,
    "resource_entries": 30,
    "needs": 36,
    "measures": 26,
    "goals": 19,
}


def command(cast, capsys, path: Path, *more: str, format: str = "json") -> tuple[int, str, str]:
    with scope.entered(None):
        code = cli.main(
            ["planning", "import", str(path), "--tenant", cast.town.slug, "--format", format, *more]
        )
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def report(cast, capsys, path: Path, *more: str, format: str = "json") -> dict:
    _code, out, _err = command(cast, capsys, path, "--json", *more, format=format)
    return json.loads(out)


def stored() -> dict[str, int]:
    return {
        "resources": Resource.objects.count(),
        "resource_entries": ResourceInField.objects.count(),
        "needs": Need.objects.count(),
        "measures": Measure.objects.count(),
        "goals": Goal.objects.count(),
    }


def written(tmp_path: Path, document: dict) -> Path:
    path = tmp_path / "concept.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def test_the_laatzen_matrix_gives_eight_fields_and_refugees_not_detailed(cast, capsys):
    code, _out, _err = command(cast, capsys, LAATZEN)
    assert code == 0
    with cast.in_town():
        assert stored() == COUNTED
        assert FieldOfAction.objects.filter(is_detailed=True).count() == 8
        assert FieldOfAction.objects.get(is_detailed=False).name == "Geflüchtete"
        workers = Resource.objects.get(title="hauptamtliche Sozialarbeiterinnen")
        assert workers.in_fields.count() == 2
        assert Need.objects.first().noticed_on is None


def test_a_second_import_changes_nothing_not_even_the_history(cast, capsys):
    command(cast, capsys, LAATZEN)
    with cast.in_town():
        before = Need.pgh_event_model.objects.count(), MeasureInField.pgh_event_model.objects.count()
    code, out, _err = command(cast, capsys, LAATZEN)
    assert code == 0
    assert "Nothing changed." in out
    with cast.in_town():
        assert stored() == COUNTED
        after = Need.pgh_event_model.objects.count(), MeasureInField.pgh_event_model.objects.count()
    assert after == before


def test_what_staff_wrote_meanwhile_stays(cast, capsys):
    command(cast, capsys, LAATZEN)
    with cast.in_town():
        need = Need.objects.get(title="Begrüßungsmappe")
        need.state, need.urgency = "accepted", 3
        need.save()
    command(cast, capsys, LAATZEN)
    with cast.in_town():
        need.refresh_from_db()
        assert (need.state, need.urgency) == ("accepted", 3)


def test_a_dry_run_says_what_would_happen_and_stores_nothing(cast, capsys):
    found = report(cast, capsys, LAATZEN, "--dry-run")
    assert found["dry_run"]
    assert not found["stored"]
    assert found["counts"]["resource_entries"]["added"] == 30
    with cast.in_town():
        assert not Concept.objects.exists()


def test_a_field_renamed_meanwhile_is_asked_about_and_nothing_is_stored(cast, capsys, tmp_path):
    command(cast, capsys, LAATZEN)
    with cast.in_town():
        Need.objects.all().delete()
        field = FieldOfAction.objects.get(name="Wohnen und Leben")
        changing.rename(field, "Wohnen", by=worker("test", cast.town.pk))
    code, _out, err = command(cast, capsys, LAATZEN)
    assert code == 1
    assert "“Wohnen und Leben”" in err
    assert "--mapping FILE" in err
    assert '{"fields": {"Wohnen und Leben": "Wohnen"}}' in err
    with cast.in_town():
        assert not Need.objects.exists()
    found = report(cast, capsys, LAATZEN)
    assert found["questions"][0]["field"] == "Wohnen und Leben"
    assert found["questions"][0]["proposal"] == "Wohnen"

    answers = tmp_path / "mapping.json"
    answers.write_text('{"fields": {"Wohnen und Leben": "Wohnen"}}', encoding="utf-8")
    code, _out, _err = command(cast, capsys, LAATZEN, "--mapping", str(answers))
    assert code == 0
    with cast.in_town():
        assert stored() == COUNTED
        field.refresh_from_db()
        assert field.name == "Wohnen"
        assert field.needs.count() == 5


def test_null_in_the_mapping_makes_a_new_field(cast, capsys, tmp_path):
    command(cast, capsys, LAATZEN)
    document = {"fields": [{"name": "Sport"}], "needs": [{"title": "Schwimmzeiten", "fields": ["Sport"]}]}
    path = written(tmp_path, document)
    assert command(cast, capsys, path)[0] == 1
    answers = tmp_path / "mapping.json"
    answers.write_text('{"fields": {"Sport": null}}', encoding="utf-8")
    assert command(cast, capsys, path, "--mapping", str(answers))[0] == 0
    with cast.in_town():
        assert FieldOfAction.objects.get(name="Sport").needs.get().need.title == "Schwimmzeiten"


BAD_ROWS = {
    "no title": {"fields": ["Wohnen"]},
    "too long": {"title": "x" * 301, "fields": ["Wohnen"]},
    "no such day": {"title": "A", "fields": ["Wohnen"], "ends_on": "2026-02-30"},
    "unknown stage": {"title": "A", "fields": ["Wohnen"], "stage": "fertig"},
    "ends before it begins": {
        "title": "A",
        "fields": ["Wohnen"],
        "starts_on": "2026-03-01",
        "ends_on": "2026-01-01",
    },
    "stopped without reason": {"title": "A", "fields": ["Wohnen"], "stage": "stopped"},
    "score too high": {"title": "A", "fields": ["Wohnen"], "score_reach": 6},
    "unknown key": {"title": "A", "fields": ["Wohnen"], "titel": "B"},
    "no record": "A",
    "field is no list": {"title": "A", "fields": "Wohnen"},
    "unknown field": {"title": "A", "fields": ["Wohnnen"]},
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_bad_row_is_listed_and_left_out_and_the_others_come_in(cast, name):
    document = {
        "fields": [{"name": "Wohnen"}],
        "measures": [BAD_ROWS[name], {"title": "Gut", "fields": ["Wohnen"]}],
    }
    with cast.in_town():
        result = import_read(parsing.read_document(document), by=worker("test", cast.town.pk))
        assert [measure.title for measure in Measure.objects.all()] == ["Gut"]
    (finding,) = result.findings
    assert (finding.section, finding.is_error) == ("measures", True)
    assert finding.row == (1 if name not in {"ends before it begins"} else finding.row)
    assert result.counts["measures"]["left_out"] == 1


@pytest.mark.parametrize(
    "content", [b"", b"[1]", b'{"felder": []}', b'{"other": 1', b"\xff\xfe\x00", b'{"fields": 3}']
)
def test_a_file_that_is_no_concept_is_refused_with_a_sentence(cast, capsys, tmp_path, content):
    path = tmp_path / "odd.json"
    path.write_bytes(content)
    code, _out, err = command(cast, capsys, path)
    assert code == 1
    assert len(err) > 30
    with cast.in_town():
        assert not Concept.objects.exists()


@pytest.mark.parametrize(
    "mapping", ["[]", "{", '{"column": {}}', '{"columns": {"A": "measures"}}', '{"fields": {"A": 1}}']
)
def test_an_odd_mapping_file_is_refused(cast, capsys, tmp_path, mapping):
    path = tmp_path / "mapping.json"
    path.write_text(mapping, encoding="utf-8")
    assert command(cast, capsys, LAATZEN, "--mapping", str(path))[0] == 1


def test_needs_and_goals_of_a_measure_become_links_of_the_chain(cast):
    document = {
        "fields": [{"name": "Sprache"}],
        "needs": [{"title": "Betreuung", "fields": ["Sprache"]}],
        "goals": [{"title": "Zugang", "fields": ["Sprache"]}],
        "measures": [
            {"title": "Kurs", "fields": ["Sprache"], "needs": ["Betreuung", "Fehlt"], "goals": ["Zugang"]}
        ],
    }
    with cast.in_town():
        for _time in range(2):
            result = import_read(parsing.read_document(document), by=worker("test", cast.town.pk))
        measure = Measure.objects.get()
        assert Link.objects.filter(target=measure.element, relation="led to").count() == 1
        assert Link.objects.filter(source=measure.element, relation="measured by").count() == 1
    assert [finding.is_error for finding in result.findings] == [False]


def test_nothing_is_read_into_another_municipality(cast, capsys):
    command(cast, capsys, LAATZEN)
    with cast.in_other():
        assert not Concept.objects.exists()


def test_a_file_makes_nothing_adopted_without_the_council(cast, capsys, tmp_path):
    command(cast, capsys, LAATZEN)
    with cast.in_town():
        first, second = Measure.objects.order_by("sort_key")[:2]
        field = first.in_fields.first().field.name
    rows = [
        {"title": first.title, "fields": [field], "stage": "running"},
        {"title": second.title, "fields": [field], "stage": "prioritised", "manual_light": "red",
         "manual_comment": "Kein Raum."},
    ]  # fmt: skip
    told = report(cast, capsys, written(tmp_path, {"fields": [], "measures": rows}))
    assert [(one["title"], one["left_out"]) for one in told["findings"]] == [(first.title, False)]
    assert "decision of the council" in told["findings"][0]["sentence"]
    with cast.in_town():
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.stage, second.stage) == ("proposed", "prioritised")
        change = StageChange.objects.get()
        assert (change.measure, change.earlier, change.later) == (second, "proposed", "prioritised")
        assert second.manual_at


def test_what_the_council_adopted_runs_as_the_file_says(cast, capsys, tmp_path):
    with cast.in_town():
        measure = factories.measure("Kurs", fields=[factories.field("Wohnen")])
        factories.adopted_edition()
    rows = [{"title": "Kurs", "fields": ["Wohnen"], "stage": "running"}]
    assert report(cast, capsys, written(tmp_path, {"measures": rows}))["findings"] == []
    with cast.in_town():
        measure.refresh_from_db()
        assert measure.stage == "running"
        assert StageChange.objects.get(measure=measure).later == "running"
    # A file that says nothing of it leaves the stage.
    command(cast, capsys, written(tmp_path, {"measures": [{"title": "Kurs", "fields": ["Wohnen"]}]}))
    with cast.in_town():
        measure.refresh_from_db()
        assert measure.stage == "running"


def test_only_who_enters_decisions_of_the_council_reads_in_adopted_measures(cast):
    rows = [{"title": "Kurs", "fields": ["Wohnen"], "stage": "running"}]
    content = json.dumps({"fields": [{"name": "Wohnen"}], "measures": rows}).encode()
    with cast.in_town():
        planner = import_read(parsing.read_json(content), by=cast.person(Role.PLANNER))
        assert [(one.title, one.is_error) for one in planner.findings] == [("Kurs", False)]
        assert Measure.objects.get().stage == "proposed"
        Measure.objects.all().delete()
        assert import_read(parsing.read_json(content), by=cast.person(Role.COORDINATOR)).findings == []
        assert Measure.objects.get().stage == "running"


def test_an_empty_cell_takes_nothing_back(cast):
    book = openpyxl.Workbook()
    for heading, rows in (
        ("Handlungsfelder", [("Name",), ("Wohnen",)]),
        ("Maßnahmen", [("Titel", "Handlungsfelder", "Stand", "Öffentlich"), ("Kurs", "Wohnen", None, None)]),
        ("Bedarfe", [("Titel", "Handlungsfelder", "Stand", "Öffentlich"), ("Raum", "Wohnen", "", " ")]),
    ):
        sheet = book.create_sheet(heading)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    with cast.in_town():
        field = factories.field("Wohnen")
        factories.measure("Kurs", fields=[field], stage="running")
        factories.need("Raum", fields=[field], state="accepted")
        result = import_read(reading.read(content.getvalue(), "xlsx"), by=cast.person(Role.COORDINATOR))
        assert (result.changes, result.findings) == (0, [])
        assert list(Measure.objects.values_list("stage", "visibility")) == [("running", "public")]
        assert list(Need.objects.values_list("state", "visibility")) == [("accepted", "public")]
