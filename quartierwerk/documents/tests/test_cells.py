import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartierwerk.documents.cells import guarded, is_runnable, storable, unguarded


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://evil.example";"Klick")',
        "+49 511 000 77 10",
        "@SUM(A1)",
        "-2+3+cmd|' /C calc'!A0",
        "\t=1+1",
        "\r=1+1",
        "\n=1",
        "  =1+1",
        "＝1+1",
        "'=1+1",
        "- erster Punkt",
    ],
)
def test_text_a_spreadsheet_would_run_is_guarded(text):
    assert is_runnable(text)
    assert guarded(text) == "'" + text
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    "text", ["-5", "-1.234,50", "-12,5 %", "", "Anna", "0511 000 77 10", "a=b", "'s-Graben", "–"]
)
def test_harmless_text_stays(text):
    assert guarded(text) == text
    assert unguarded(text) == text


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n 5.,%aß＝"), max_size=12) | st.text())
def test_every_text_comes_back_from_our_own_import(text):
    assert unguarded(guarded(text)) == text


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n 5.,%a"), max_size=12))
def test_nothing_guarded_starts_like_a_formula(text):
    written = guarded(text)
    assert not written.lstrip()[:1] or written.lstrip()[0] not in "=+@"


def test_control_signs_cannot_be_stored():
    assert storable("a\x00b\x1fc\td\ne\ufffe") == "abc\td\ne"
