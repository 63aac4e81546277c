import pytest

from .. import Mark, marks, masked


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("Rufen Sie 0511 123456 an", ["phone"]),
        ("+49 (0)511-12 34 56 oder 0176/12345678", ["phone", "phone"]),
        ("اتصل بي 0511 123456 من فضلك", ["phone"]),
        ("mail an amina.k@post.example bitte", ["mail"]),
        ("Konto DE89 3704 0044 0532 0130 00", ["iban"]),
        ("Der Bus 341 fährt um 8.15 Uhr, 3 Kinder, 2026", []),
        ("", []),
    ],
)
def test_numbers_and_addresses_are_found_by_their_form(words, kinds):
    assert [one.kind for one in marks(words, "de")] == kinds


def test_masking_replaces_each_mark_and_nothing_else():
    words = "Frau 0511 123456 sagt: a@b.example"
    assert masked(words, marks(words, "de")) == "Frau […] sagt: […]"


def test_marks_may_come_in_any_order():
    assert masked("abcdef", [Mark(0, 1, "name"), Mark(4, 6, "name")]) == "[…]bcd[…]"
