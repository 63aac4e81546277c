import pytest

from quartierwerk.languages.isolation import pieces


def kept(text: str) -> list[str]:
    return [piece for piece, in_order in pieces(text) if in_order]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الاثنين والأربعاء 9:00–12:15", ["9:00–12:15"]),
        ("من 9 إلى 12، الهاتف 0511 000 77 10", ["0511 000 77 10"]),
        ("من 9:00 - 12:15 أو +49 511 000", ["9:00 - 12:15", "+49 511 000"]),
        ("20 € في الشهر", ["20 €"]),
        ("1.250,00 €", ["1.250,00"]),
        ("أطفال من 1 إلى 6 سنوات، 8 أماكن", []),
        ("۹:۰۰–۱۲:۱۵", []),
        ("", []),
        ("Montag 9–12 Uhr", ["9–12"]),
    ],
)
def test_what_consists_of_several_numbers_keeps_its_order(text, expected):
    assert kept(text) == expected


@pytest.mark.parametrize(
    "text", ["9:00–12:15", "الاثنين 9–12 و 14–16.", "12.10.2026\n0511 1", "<b>9–12</b>", "–––", "9" * 500]
)
def test_nothing_is_lost(text):
    assert "".join(piece for piece, _in_order in pieces(text)) == text
