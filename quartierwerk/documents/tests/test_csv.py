import csv as reader
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from quartierwerk.documents import csv
from quartierwerk.documents.cells import Column, unguarded

COLUMNS = [Column("Träger"), Column("Betrag", "euro"), Column("Tag", "date")]


def test_german_spreadsheets_get_semicolon_comma_mark_and_dates():
    written = csv.render(COLUMNS, [["Müller & Söhne; Nord", Decimal("-1234.50"), date(2026, 5, 14)]])
    assert written == '\ufeffTräger;Betrag;Tag\r\n"Müller & Söhne; Nord";-1234,50;14.05.2026\r\n'.encode()


def test_machines_get_comma_point_and_iso_dates():
    moment = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    written = csv.render([Column("a"), Column("b")], [[0.1, moment], [True, None]], dialect=csv.PLAIN)
    assert written == b"a,b\r\n0.1,2026-01-02T03:04:00+00:00\r\ntrue,\r\n"


def test_moments_are_written_in_local_time():
    assert b"02.07.2026 05:04" in csv.render([Column("x")], [[datetime(2026, 7, 2, 3, 4, tzinfo=UTC)]])


def test_formulas_are_guarded_in_rows_and_header_and_come_back():
    texts = ["=1+1", "+49 511 000", "@x", "\t=1", '=HYPERLINK("a";"b")', "Zeile 1\nZeile 2"]
    written = csv.render([Column("=x")], [[text] for text in texts]).decode("utf-8-sig")
    rows = list(reader.reader(io.StringIO(written, newline=""), delimiter=";"))
    assert rows[0] == ["'=x"]
    assert [unguarded(row[0]) for row in rows[1:]] == texts
    assert rows[2] == ["'+49 511 000"]


def test_files_for_machines_keep_text_as_it_is():
    assert csv.render([Column("tel")], [["+49 511 000"]], dialect=csv.MACHINE) == b"tel\r\n+49 511 000\r\n"


def test_numbers_are_never_written_in_powers_of_ten():
    written = csv.render(
        [Column("x")], [[1e-7], [1e21], [float("nan")], [Decimal("1E+3")]], dialect=csv.PLAIN
    )
    assert written.decode().split() == ["x", "0.0000001", "1000000000000000000000", '""', "1000"]


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="row 2 has 1 cells, the table 2"):
        csv.render([Column("a"), Column("b")], [["x", "y"], ["z"]])


def test_a_value_of_another_kind_is_refused():
    with pytest.raises(TypeError, match="list"):
        csv.render([Column("a")], [[[1]]])


def test_a_stream_gives_the_same_bytes_in_pieces():
    rows = [[f"Zeile {number}" * 20] for number in range(2000)]
    pieces = list(csv.stream([Column("a")], rows))
    assert len(pieces) > 1
    assert b"".join(pieces) == csv.render([Column("a")], rows)
