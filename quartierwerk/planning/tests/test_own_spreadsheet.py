"""A municipality's own spreadsheet comes in by a mapping of its columns; several entries may stand in one cell."""

import io
import json

import openpyxl
import pytest

from quartierwerk import cli
from quartierwerk.rights import worker
from quartierwerk.tenants import scope

from ..files import columns, reading
from ..files.importing import import_read
from ..files.parsing import WrongFile
from ..models import FieldOfAction, Goal, Measure, Need, Resource, ResourceInField


def workbook(*rows: tuple) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


HEAD = ("Handlungsfeld", "Vorhanden", "Was fehlt", "Maßnahme", "Start", "Wohin")
MAPPING = columns.Mapping(
    columns={
        "Handlungsfeld": "field",
        "Vorhanden": "resource",
        "Was fehlt": "need",
        "Maßnahme": "measure",
        "Start": "measure.starts_on",
        "Wohin": "goal",
    }
)


def test_several_in_a_cell_and_merged_cells_of_the_field(cast):
    content = workbook(
        HEAD,
        ("Wohnen", "Netzwerk; Ehrenamt", "• mehr Wohnraum\n• Beratung", "Wohnungsbörse", "01.03.2026", ""),
        (None, "", "", "Mietercafé", "", "Gute Nachbarschaft"),
        ("Arbeit", "netzwerk", "Beratung", "", "", ""),
    )
    with cast.in_town():
        result = import_read(reading.read(content, "xlsx", MAPPING), by=worker("test", cast.town.pk))
        assert not result.findings
        assert [field.name for field in FieldOfAction.objects.all()] == ["Wohnen", "Arbeit"]
        assert Resource.objects.count() == 2
        assert ResourceInField.objects.count() == 3
        assert Need.objects.get(title="Beratung").in_fields.count() == 2
        measures = Measure.objects.all()
        assert {one.title: str(one.starts_on) for one in measures} == {
            "Mietercafé": "None",
            "Wohnungsbörse": "2026-03-01",
        }
        assert Goal.objects.get().in_fields.get().field.name == "Wohnen"
        assert not import_read(
            reading.read(content, "xlsx", MAPPING), by=worker("test", cast.town.pk)
        ).changes


BAD = {
    "no field above": ((None, "Netzwerk", "", "", "", ""), 2),
    "no such day": (("Wohnen", "", "", "Börse", "31.02.2026", ""), 2),
    "one day, two measures": (("Wohnen", "", "", "Börse; Café", "01.03.2026", ""), 2),
    "formula": (("Wohnen", "", "=1+1", "", "", ""), 2),
    "too long": (("Wohnen", "x" * 301, "", "", "", ""), 2),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_row_is_listed_with_its_number_and_the_others_are_read(name):
    row, number = BAD[name]
    read = reading.read(workbook(HEAD, row, ("Arbeit", "Messe", "", "", "", "")), "xlsx", MAPPING)
    assert {finding.row for finding in read.findings} == {number}
    assert [row["title"] for _number, row in read.of("resources")] == ["Messe"]


def test_usual_headings_need_no_mapping():
    content = workbook(
        ("Handlungsfeld", "Ressourcen", "Bedarfe", "Maßnahmen", "Ziele"), ("A", "b", "c", "d", "e")
    )
    assert {name: len(rows) for name, rows in reading.read(content, "xlsx").rows.items()} == {
        "fields": 1,
        "resources": 1,
        "resource_entries": 1,
        "needs": 1,
        "measures": 1,
        "goals": 1,
    }


@pytest.mark.parametrize(
    ("head", "mapping"),
    [
        (("Spalte A", "Spalte B"), None),
        (("Handlungsfeld", "Spalte B"), None),
        (HEAD, columns.Mapping(columns={"Feld": "field", "Maßnahme": "measure"})),
        (HEAD, columns.Mapping(sheet="Tabelle 9", columns={"Handlungsfeld": "field", "Maßnahme": "measure"})),
    ],
)
def test_columns_that_do_not_fit_are_refused_with_the_columns_there_are(head, mapping):
    with pytest.raises(WrongFile, match=head[0] if not (mapping and mapping.sheet) else "Tabelle 9"):
        reading.read(workbook(head, ("A",) * len(head)), "xlsx", mapping)


def test_the_command_takes_the_mapping_from_a_file(cast, capsys, tmp_path):
    path, mapping = tmp_path / "konzept.xlsx", tmp_path / "mapping.json"
    path.write_bytes(workbook(HEAD, ("Wohnen", "", "", "Wohnungsbörse", "", "")))
    mapping.write_text(json.dumps({"columns": dict(MAPPING.columns)}), encoding="utf-8")
    command = ["planning", "import", str(path), "--tenant", cast.town.slug, "--format", "xlsx"]
    with scope.entered(None):
        assert cli.main([*command, "--mapping", str(mapping)]) == 0
    assert "measures: 1 added" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 kaputt", b"\xd0\xcf\x11\xe0 alt", b"Handlungsfeld;Bedarf"]
)
def test_a_file_that_is_no_workbook_is_refused(content):
    with pytest.raises(WrongFile):
        reading.read(content, "xlsx")
