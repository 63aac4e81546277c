"""Tables are read without guessing: separators, decimal signs, encodings, and what is refused."""

import numpy as np
import openpyxl
import pytest

from methods.refusal import Refused
from methods.tables import read_table


@pytest.fixture
def table(tmp_path):
    def read(content, name="t.csv", **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(path, **options)

    return read


def numbers(table, column="x", **options):
    return table.numbers(column, names=[str(line) for line in table.lines], **options).tolist()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a,x\n1,2.5\n2,.5\n3,1e3\n", [2.5, 0.5, 1000]),
        ("a;x\n1;2,5\n2;0,5\n3;1000\n", [2.5, 0.5, 1000]),
        ("a;x\n1;2,5\n2;1.234\n3;1.234.567,8\n", [2.5, 1234, 1234567.8]),
        ("a\tx\n1\t2.5\n2\t3\n3\t4\n", [2.5, 3, 4]),
        ("a;x\n1;2.5\n2;3.25\n3;4\n", [2.5, 3.25, 4]),
        ('a,x\n1,"2.5"\n2, 3 \n3,4\n', [2.5, 3, 4]),
        ("\ufeffa,x\r\n1,2\r\n2,3\r\n\r\n3,4\r\n", [2, 3, 4]),
    ],
)
def test_numbers_are_read_as_they_are_meant(table, content, expected):
    assert numbers(table(content)) == expected


def test_windows_encoding_and_leading_zeros_are_kept(table):
    read = table("Schlüssel;x\n0012;1\n0013;2\n".encode("cp1252"))
    assert read.keys("Schlüssel") == ["0012", "0013"]


@pytest.mark.parametrize(
    "cell", ["", "n/a", "nan", "inf", "-", ".", "1,5", "1_000", "0x10", "1 000", "1..5", "٣", "1.234.567"]
)
def test_what_is_no_number_is_refused_with_its_row(table, cell):
    with pytest.raises(Refused, match=r"row 3 \(area 3\), column 'x'"):
        numbers(table(f'a,x\n1,1\n2,"{cell}"\n'))


def test_a_thousand_or_a_fraction_is_asked_for(table):
    content = "a;x\n1;1.234\n2;2.345\n"
    with pytest.raises(Refused, match="--decimal"):
        numbers(table(content))
    assert numbers(table(content, decimal=".")) == [1.234, 2.345]
    assert numbers(table(content, decimal=",")) == [1234, 2345]


def test_one_fraction_in_a_column_tells_its_sign_and_no_other_columns(table):
    assert numbers(table("a;x\n1;1.234\n2;12.57\n")) == [1.234, 12.57]
    with pytest.raises(Refused, match="--decimal"):
        numbers(table("a;x;y\n1;1.234;12.57\n"))


def test_a_point_as_decimal_beside_commas_is_refused(table):
    with pytest.raises(Refused, match="row 3"):
        numbers(table("a;x\n1;2,5\n2;2.5\n"))


def test_huge_and_negative_numbers(table):
    with pytest.raises(Refused, match="too large"):
        numbers(table("a,x\n1,1e999\n"))
    with pytest.raises(Refused, match="below zero"):
        numbers(table("a,x\n1,-1\n"))
    assert numbers(table("a,x\n1,-1\n"), negative=True) == [-1]


def test_rows_that_are_not_asked_for_are_not_read(table):
    values = numbers(table("a,x\n1,4\n2,rubbish\n"), where=np.array([True, False]))
    assert values[0] == 4
    assert np.isnan(values[1])


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "empty"),
        ("a,x\n", "nothing below"),
        ("a,x,a\n1,2,3\n", "'a' stands twice"),
        ("a,,x\n1,2,3\n", "column 2 has no name"),
        ("a,x\n1,2\n\n1\n", "row 4 has 1 cells"),
        ('a,x\n1,"2\n', "row"),
    ],
)
def test_broken_tables_are_refused(table, content, complaint):
    with pytest.raises(Refused, match=complaint):
        table(content)


def test_keys_are_unique_and_rows_keep_their_lines(table):
    read = table("k,y,x\na,1,5\nb,1,6\n\na,2,7\n")
    assert read.keys("k", within="y") == ["a", "b", "a"]
    with pytest.raises(Refused, match="row 5: area a stands twice, first in row 2"):
        read.keys("k")
    assert read.where("y", "2").lines == (5,)
    with pytest.raises(Refused, match="no row has '3'"):
        read.where("y", "3")
    with pytest.raises(Refused, match="no column 'z'"):
        read.texts("z")


def test_a_spreadsheet_is_read_like_a_table(tmp_path):
    book = openpyxl.Workbook()
    for row in (["key", "x", None], ["01", 2.5, None], [None, None, None], ["02", 3, None]):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    read = read_table(tmp_path / "t.xlsx")
    assert read.columns == ("key", "x")
    assert read.keys("key") == ["01", "02"]
    assert numbers(read) == [2.5, 3]
    assert read.lines == (2, 4)
    (tmp_path / "broken.xlsx").write_bytes(b"no zip")
    with pytest.raises(Refused, match="not readable"):
        read_table(tmp_path / "broken.xlsx")


def test_the_fingerprint_is_that_of_the_file(table):
    assert table("a,x\n1,2\n").fingerprint == table("a,x\n1,2\n", name="other.csv").fingerprint
    assert table("a,x\n1,2\n").fingerprint != table("a,x\n1,3\n").fingerprint
