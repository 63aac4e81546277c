import io
import time
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from quartierwerk.documents import xlsx
from quartierwerk.documents.cells import Column

COLUMNS = [Column("Träger"), Column("Betrag", "euro"), Column("Tag", "date"), Column("Zeit", "moment")]


def book(*sheets):
    return load_workbook(io.BytesIO(xlsx.render(sheets)))


def column_of(*values, kind="general"):
    page = book(xlsx.Sheet("A", [Column("x", kind)], [[value] for value in values])).active
    return [row[0] for row in page.iter_rows(min_row=2)]


def test_numbers_and_dates_are_real_and_shown_the_german_way():
    moment = datetime(2026, 7, 2, 3, 4, tzinfo=UTC)
    page = book(xlsx.Sheet("A", COLUMNS, [["x", Decimal("12.50"), date(2026, 5, 14), moment]])).active
    cells = list(page[2])
    assert [cell.value for cell in cells] == ["x", 12.5, datetime(2026, 5, 14), datetime(2026, 7, 2, 5, 4)]
    assert [cell.number_format for cell in cells[1:]] == [
        '#,##0.00\\ "€"',
        "dd.mm.yyyy",
        "dd.mm.yyyy\\ hh:mm",
    ]


def test_header_is_frozen_bold_repeated_in_print_and_filtered():
    page = book(xlsx.Sheet("A", COLUMNS, [["x", 1, None, None]])).active
    assert page.freeze_panes == "A2"
    assert page["A1"].font.bold
    assert page.print_title_rows == "$1:$1"
    assert page.auto_filter.ref == "A1:D2"


@pytest.mark.parametrize("text", ['=HYPERLINK("x";"y")', "=1+1", "+49 511 000", "@x", "\t=1", "-1+2", "'=1"])
def test_text_stays_text_with_its_exact_value(text):
    (cell,) = column_of(text)
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)


def test_harmless_text_is_not_marked():
    (cell,) = column_of("-5")
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", "-5", False)


def test_control_signs_and_not_a_number_do_not_break_the_file():
    text, number, lines = column_of("a\x00\x0bb", float("nan"), "eins\nzwei")
    assert (text.value, number.value, lines.value) == ("ab", None, "eins\nzwei")
    assert lines.alignment.wrap_text


def test_text_longer_than_a_cell_is_refused_with_its_place():
    with pytest.raises(ValueError, match="row 2, x: 32768 characters"):
        column_of("x" * 32_768)


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="row 2 has 1 cells"):
        book(xlsx.Sheet("A", COLUMNS, [["x"]]))


def test_sheet_names_excel_refuses_are_made_good():
    names = ["Maßnahmen/Ziele [2026]: alles?", "x" * 40, "x" * 40, "", "'a'"]
    written = book(*(xlsx.Sheet(name, [Column("a")], []) for name in names)).sheetnames
    assert written == ["Maßnahmen Ziele  2026   alles", "x" * 31, "x" * 29 + " 2", "Tabelle", "a"]


def test_columns_are_as_wide_as_their_content_within_bounds():
    page = book(
        xlsx.Sheet("A", [Column("a"), Column("b"), Column("c", width=12)], [["x" * 30, "y" * 200, "z"]])
    ).active
    assert [page.column_dimensions[letter].width for letter in "ABC"] == [31, 60, 12]


def test_the_same_content_gives_the_same_bytes():
    sheet = xlsx.Sheet("A", COLUMNS, [["x", 1, date(2026, 1, 1), None]])
    first = xlsx.render([sheet])
    time.sleep(2.1)  # zip archives count in steps of two seconds
    assert xlsx.render([sheet]) == first


@pytest.mark.slow
def test_twenty_thousand_rows_are_all_there():
    rows = ([f"Träger {number}", number / 3, date(2026, 1, 1), None] for number in range(20_000))
    written = xlsx.render([xlsx.Sheet("A", COLUMNS, rows)])
    assert sum(1 for _ in load_workbook(io.BytesIO(written), read_only=True).active.rows) == 20_001
