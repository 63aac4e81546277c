import pytest

from quartierwerk.documents import build_fonts, fonts
from quartierwerk.documents.printable import REPLACEMENT, printable


def test_our_languages_can_be_printed():
    for text in ("Größe ẞ €", "Çığ İş", "їґєі", "Ё", "ăâîșț", "ậẫ", "مجاناً گچپژ۱", "şêîû", "«„“”–…→±−·"):
        assert fonts.missing_characters(text) == set(), text


def test_what_cannot_be_printed_is_named():
    assert fonts.missing_characters("ትግርኛ a 中") == set("ትግርኛ中")


def test_unprintable_signs_become_one_mark_and_accents_are_composed():
    assert printable("Gro\u0308ße 中\tx\r\ny\u200by\ufeff") == f"Größe {REPLACEMENT} x\nyy"
    assert printable("❤\ufe0f") == REPLACEMENT


def test_missing_fonts_say_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "_setting", lambda: tmp_path)
    with pytest.raises(fonts.FontsMissing, match="build_fonts"):
        fonts.loaded()


def test_a_package_that_is_not_installed_is_named(tmp_path, capsys):
    assert build_fonts.main([str(tmp_path), str(tmp_path / "out")]) == 1
    assert "FiraSans-Regular.woff2" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
