import datetime
import io
import json
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartierwerk.intake import reading, table, workbook
from quartierwerk.intake.reading import decode, open_table
from quartierwerk.intake.table import Unreadable, column_letter, is_formula

PARTNERS = (
    "Verein;Straße;Seit\r\nBürgerverein Süd e. V.;Größe 1;14.5.26\r\nÇınar Nachbarschaft;Weg 2;1.6.26\r\n"
)


def cells(content, **options):
    return [list(row.cells.values()) for row in open_table(content, **options).rows]


def refused(content, **options):
    with pytest.raises(Unreadable) as refusal:
        open_table(content, **options)
    assert refusal.value.sentence
    return refusal.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_encoding_of_unicode_is_recognised(encoding):
    assert cells(PARTNERS.encode(encoding))[1] == ["Çınar Nachbarschaft", "Weg 2", "1.6.26"]


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman"])
def test_code_pages_of_german_spreadsheets_are_recognised(encoding):
    text = "Verein;Straße\r\nBürgerverein Süd;Größe 1\r\nÄlter werden;Mühlenweg\r\n"
    table_ = open_table(text.encode(encoding))
    assert table_.encoding == encoding
    assert table_.headers == ("Verein", "Straße")
    assert table_.rows[0].cells["Verein"] == "Bürgerverein Süd"


def test_windows_1252_wins_where_nothing_decides():
    assert decode("Gebühr 5 € – „frei“".encode("cp1252")) == ("Gebühr 5 € – „frei“", "cp1252")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_recognised_despite_commas_in_texts(delimiter):
    lines = [["Name", "Text", "Ort"], ["A", "rot, grün; blau", "X"], ["B", "eins, zwei, drei", "Y"]]
    quoted = "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    table_ = open_table(quoted.encode())
    assert table_.delimiter == delimiter
    assert len(table_.headers) == 3


def test_the_note_excel_puts_above_is_no_row():
    table_ = open_table(b"sep=;\r\nName;Ort\r\nA;B\r\n")
    assert (table_.headers, table_.rows[0].number) == (("Name", "Ort"), 2)


def test_rows_keep_the_number_of_the_spreadsheet():
    content = b'Name,Text\n\nA,"two\nlines, and ""quotes"""\n,\nB,\n\n\n'
    table_ = open_table(content)
    assert [(row.number, row.cells["Name"]) for row in table_.rows] == [(3, "A"), (5, "B")]
    assert table_.rows[0].cells["Text"] == 'two\nlines, and "quotes"'
    assert table_.empty_rows == 2


def test_titles_above_the_table_are_left_out_and_counted():
    table_ = open_table(b"Partner 2026;;\n\nName;Ort;Seit\nA;B;C\n")
    assert (table_.headers, table_.above_header, table_.rows[0].number) == (("Name", "Ort", "Seit"), 1, 4)


def test_ragged_rows_are_marked_not_repaired():
    rows = open_table(b"a,b,c\n1,2,3\n1,2\n1,2,3,4,5\n1,2,3,,\n").rows
    assert [(row.too_few, row.too_many) for row in rows] == [(0, ()), (1, ()), (0, ("4", "5")), (0, ())]


def test_a_filled_column_without_a_name_keeps_its_values():
    table_ = open_table(b"a,b,,\n1,2,3,\n4,5,,\n")
    assert table_.headers == ("a", "b", "(C)")
    assert column_letter(27) == "AB"


def test_one_column_is_a_table_too():
    assert cells("Name\nBürgerhaus, Süd\n".encode()) == [["Bürgerhaus, Süd"]]
    assert cells(b"Name\nA\nB\n") == [["A"], ["B"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"), (b"\xef\xbb\xbf  \r\n", "empty"), (b";;\n;;\n", "empty"), (b"Name;Ort;name\nA;B;C\n", "duplicate_headers"),
        (b'Name;Ort\nA;"B\nC;D\n', "broken_csv"), (b"%PDF-1.7", "no_table"), (b"\x89PNG\r\n", "no_table"),
        (b"<html><table>", "no_table"), (b"\xd0\xcf\x11\xe0\xa1\xb1", "old_excel"), (b"PK\x03\x04rubbish", "broken_xlsx"),
        (b'{"a": 1}', "no_table"), (b"[1, 2]", "no_table"), (b'[{"a": 1}', "broken_json"), (b"[" * 100_000, "broken_json"),
        (b"a,b\n\x00\x01\x02\x03,\xff\n\x00", "no_text"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_a_sentence(content, code):
    assert refused(content) == code


def test_an_open_quotation_mark_names_its_row():
    with pytest.raises(Unreadable, match="row 3"):
        open_table(b'Name;Ort\nA;B\nC;"D\nE;F\n')


def test_loose_quotation_marks_within_cells_are_read():
    assert cells(b'Name;Ort\n"Verein "Hand in Hand"";X\n')[0][1] == "X"


def test_size_limits(monkeypatch, tmp_path):
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    path = tmp_path / "large.csv"
    path.write_bytes(b"x" * 11)
    assert refused(path) == refused(b"x" * 11) == "too_large"
    monkeypatch.setattr(table, "MAX_ROWS", 1)
    assert refused(b"a\n1\n2\n3") == "too_many_rows"
    monkeypatch.setattr(table, "MAX_COLUMNS", 1)
    assert refused(b"a,b\n1,2") == "too_many_columns"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("=1+1", True), ('=HYPERLINK("http://x")', True), (" =A1", True), ("@SUM(1)", True), ("+cmd|' /C calc'!A0", True),
        ("-SUM(1)", True), ("+49 511 1234", False), ("-5", False), ("- Beratung (kostenlos)", False), ("@verein", False),
        ("===", False), ("", False), ("a=b", False),
    ],
)  # fmt: skip
def test_formulas_are_recognised(text, marked):
    assert is_formula(text) is marked


def test_formulas_in_csv_stay_text():
    row = open_table(b'a;b\n=HYPERLINK("http://evil");1\n').rows[0]
    assert row.formulas == {"a"}
    assert row.cells["a"].startswith("=HYPERLINK")


def test_json_lists_become_rows():
    content = json.dumps(
        [
            {
                "name": "A",
                "address": {"city": "Laatzen"},
                "tags": ["x", "y"],
                "n": 1.5,
                "open": True,
                "since": None,
            },
            {},
            {"name": "B", "more": [{"k": 1}]},
        ]
    ).encode()
    table_ = open_table(content)
    assert table_.headers == ("name", "address.city", "tags", "n", "open", "since", "more")
    assert list(table_.rows[0].cells.values()) == ["A", "Laatzen", "x; y", "1,5", "ja", "", ""]
    assert [row.number for row in table_.rows] == [1, 3]
    assert table_.empty_rows == 1
    assert cells(b'{"total": 1, "items": [{"a": "b"}]}') == [["b"]]


def test_geojson_points_become_coordinates():
    feature = {
        "type": "Feature",
        "id": 7,
        "properties": {"name": "A"},
        "geometry": {"type": "Point", "coordinates": [9.8, 52.3]},
    }
    table_ = open_table(json.dumps({"type": "FeatureCollection", "features": [feature]}).encode())
    assert table_.format == "geojson"
    row = table_.rows[0].cells
    assert (row["name"], row["id"], row["longitude"], row["latitude"]) == ("A", "7", "9,8", "52,3")


def workbook_bytes(rows, **more_sheets):
    book = openpyxl.Workbook()
    book.active.title = "Partner"
    for row in rows:
        book.active.append(row)
    for title, entries in more_sheets.items():
        sheet = book.create_sheet(title)
        for row in entries:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_spreadsheets_are_read_as_typed():
    content = workbook_bytes(
        [
            ["Name", "Zahl", "Tag", "Um", "Ja", "PLZ", "Formel"],
            ["Süd", 1234.5, datetime.date(2026, 5, 14), datetime.time(14, 30), True, 30880, "=1+1"],
            [None] * 7,
            ["Nord", 0.1 + 0.2, datetime.datetime(2026, 5, 14, 9, 0), None, False, "01067", "#REF!"],
        ]
    )
    table_ = open_table(content)
    assert list(table_.rows[0].cells.values()) == [
        "Süd",
        "1234,5",
        "14.05.2026",
        "14:30",
        "ja",
        "30880",
        "=1+1",
    ]
    assert list(table_.rows[1].cells.values())[:3] == ["Nord", "0,3", "14.05.2026 9:00"]
    assert [row.formulas for row in table_.rows] == [{"Formel"}, {"Formel"}]
    assert [row.number for row in table_.rows] == [2, 4]


def test_the_first_filled_sheet_is_read_and_others_are_named():
    content = workbook_bytes([], Liste=[["a", "b"], [1, 2]], Alt=[["c", "d"], [3, 4]])
    table_ = open_table(content)
    assert (table_.sheet, table_.sheets) == ("Liste", ("Partner", "Liste", "Alt"))
    assert table_.notes
    assert cells(content, sheet="Alt") == [["3", "4"]]
    assert refused(content, sheet="Fehlt") == "no_sheet"
    assert refused(workbook_bytes([])) == "empty"


def rezipped(content, **changes):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name in set(changes) - set(old.namelist()):
            new.writestr(name, changes[name])
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_unpacking(monkeypatch):
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 10_000_000)
    bomb = rezipped(workbook_bytes([["a"], [1]]), **{"xl/media/x.bin": b"\x00" * 20_000_000})
    assert len(bomb) < 100_000
    assert refused(bomb) == "too_large"


def test_entities_in_a_spreadsheet_are_refused():
    good = workbook_bytes([["a"], [1]])
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst>&e;</sst>'
    assert refused(rezipped(good, **{"xl/sharedStrings.xml": evil})) == "broken_xlsx"


def test_other_archives_are_no_spreadsheet():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refused(out.getvalue()) == "no_table"


def test_a_damaged_spreadsheet_is_refused():
    content = workbook_bytes([["a"], [1]])
    assert refused(content[: len(content) // 2]) == "broken_xlsx"
    assert refused(rezipped(content, **{"xl/worksheets/sheet1.xml": b"<worksheet>"})) == "broken_xlsx"


@given(st.binary(max_size=300) | st.text(alphabet=';,"\n\taä1=', max_size=80).map(str.encode))
def test_any_content_is_read_or_refused(content):
    try:
        table_ = open_table(content)
    except Unreadable:
        return
    assert all(set(row.cells) == set(table_.headers) for row in table_.rows)


@given(
    st.lists(
        st.lists(st.text(alphabet='aä;,"\n\t|=', min_size=1, max_size=6), min_size=3, max_size=3),
        min_size=1,
        max_size=5,
    )
)
def test_what_was_written_is_read_again(rows):
    import csv

    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(["eins", "zwei", "drei"])
    writer.writerows(rows)
    read = cells(stream.getvalue().encode(), delimiter=";")
    assert read == [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]


def test_a_file_of_almost_only_separators_is_refused_before_it_fills_the_memory():
    wide = ("a" + ";" * 399 + "\n") * 8000
    with pytest.raises(Unreadable) as refusal:
        open_table(wide.encode())
    assert refusal.value.code == "too_many_rows"
