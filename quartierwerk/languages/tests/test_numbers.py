from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartierwerk.languages.numbers import (
    Ambiguous,
    NotANumber,
    format_amount,
    format_decimal,
    format_whole,
    parse_amount,
    parse_decimal,
    parse_whole,
)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1.690.000,00", 169_000_000), ("1.690.000,00 €", 169_000_000), ("1690000", 169_000_000),
        ("1,69 Mio.", 169_000_000), ("1,69 Mio. €", 169_000_000), ("10,825 Mio. €", 1_082_500_000),
        ("10,825 Millionen Euro", 1_082_500_000), ("2 Mrd.", 200_000_000_000), ("12,5 Tsd. EUR", 1_250_000),
        ("5 T€", 500_000), ("5 TEUR", 500_000), ("3.694", 369_400), ("1.234", 123_400), ("1.250,00", 125_000),
        ("12,50", 1_250), ("12,5", 1_250), (",50", 50), ("0", 0), ("0,00", 0), ("0.00", 0), ("50,-", 5_000), ("1.200,– €", 120_000),
        ("€ 50", 5_000), ("EUR 50", 5_000), ("50euro", 5_000), ("-12,50", -1_250), ("−12,50 €", -1_250), ("+3", 300),
        ("1 690 000,00", 169_000_000), ("1\u00a0690\u202f000,00\u00a0€", 169_000_000), ("1'234", 123_400),
        ("  7  ", 700), ("١٢٫٥", 1_250), ("۱۲٬۳۴۵", 1_234_500),
    ],
)  # fmt: skip
def test_amounts_in_german_are_read(typed, cents):
    assert parse_amount(typed) == cents


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("12.50", ["12,50 €", "1.250,00 €"]),
        ("1,234.00", ["1.234,00 €", "1,23 €"]),
        ("1,230.00", ["1.230,00 €", "1,23 €"]),
        ("1.5", ["1,50 €", "15,00 €"]),
        ("-12.50 €", ["-12,50 €", "-1.250,00 €"]),
        ("0.500", ["0,50 €", "500,00 €"]),
        ("1.5 Mio.", ["1.500.000,00 €", "15.000.000,00 €"]),
        ("1.690 Mio. €", ["1.690.000,00 €", "1.690.000.000,00 €"]),
        ("3,694", ["3.694,00 €", "3,69 €"]),
        ("1,234,567", ["1.234.567,00 €"]),
        ("1,234,567.89", ["1.234.567,89 €"]),
        ("1'234.50", ["1.234,50 €", "123.450,00 €"]),
    ],
)
def test_what_is_not_german_is_asked_not_guessed(typed, readings):
    with pytest.raises(Ambiguous) as question:
        parse_amount(typed)
    assert [reading.label for reading in question.value.readings] == readings
    assert question.value.typed == typed


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"), ("  ", "empty"), ("€", "empty"), ("abc", "nonsense"), ("12abc", "nonsense"), ("1.2.2026", "nonsense"),
        ("31.10.2026", "nonsense"), ("12.", "nonsense"), ("12,", "nonsense"), ("1..2", "nonsense"), ("1,2,3", "nonsense"),
        ("12,34.56", "nonsense"), ("1.23.456", "nonsense"), ("--5", "nonsense"), ("1e5", "nonsense"), ("0x10", "nonsense"),
        ("NaN", "nonsense"), ("∞", "nonsense"), ("½", "nonsense"), ("=1+1", "nonsense"), ("0511 123 456", "nonsense"),
        ("1 23", "nonsense"), ("5 kg", "nonsense"), ("12,3456", "too_precise"), ("0,001", "too_precise"), ("9" * 16, "too_long"),
        ("9" * 10_000, "too_long"), ("1" + ".000" * 5_000, "too_long"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_its_reason(typed, reason):
    with pytest.raises(NotANumber) as refusal:
        parse_amount(typed)
    assert refusal.value.reason == reason
    assert refusal.value.typed == typed


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0,5", "0.5"),
        ("1.234", "1234"),
        ("3,694", "3.694"),
        ("1,69 Mio.", "1690000"),
        ("12,5 %", "12.5"),
        ("12,5%", "12.5"),
    ],
)
def test_decimals_are_read(typed, number):
    assert parse_decimal(typed, unit="%") == Decimal(number)


def test_a_decimal_with_a_dot_is_asked():
    with pytest.raises(Ambiguous) as question:
        parse_decimal("12.50")
    assert [reading.value for reading in question.value.readings] == [Decimal("12.5"), Decimal(1250)]
    with pytest.raises(Ambiguous) as question:
        parse_decimal("1,234.00")
    assert [reading.label for reading in question.value.readings] == ["1.234", "1,234"]


def test_whole_numbers_are_read():
    assert parse_whole("3.694") == 3694
    assert parse_whole("1,69 Mio.") == 1_690_000
    assert parse_whole("12,0") == 12
    with pytest.raises(NotANumber) as refusal:
        parse_whole("12,5")
    assert refusal.value.reason == "not_whole"
    with pytest.raises(Ambiguous) as question:
        parse_whole("12.50")
    assert [reading.value for reading in question.value.readings] == [1250]


def test_output_is_german():
    assert format_amount(169_000_000) == "1.690.000,00 €"
    assert format_amount(-5) == "-0,05 €"
    assert format_amount(1250, currency="") == "12,50"
    assert format_whole(-3694) == "-3.694"
    assert format_decimal(Decimal("1234.50")) == "1.234,5"
    assert format_decimal(Decimal("1E+3")) == "1.000"
    assert format_decimal(Decimal("2.345"), places=2) == "2,35"
    assert format_decimal(Decimal(2), places=1) == "2,0"


@given(st.integers(-(10**14), 10**14))
def test_written_amounts_read_back(cents):
    assert parse_amount(format_amount(cents)) == cents
    assert parse_whole(format_whole(cents)) == cents


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_written_decimals_read_back(number):
    assert parse_decimal(format_decimal(number)) == number


@given(st.one_of(st.text(), st.text(alphabet="0123456789.,- €Mio'", max_size=14)))
def test_any_text_is_read_asked_or_refused(text):
    """And every reading that is offered can be taken."""
    for parse in (parse_amount, parse_decimal, parse_whole):
        readings = []
        try:
            parse(text)
        except NotANumber:
            continue
        except Ambiguous as question:
            readings = question.readings
        for reading in readings:
            assert parse(reading.typed) == reading.value
