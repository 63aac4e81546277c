import pytest

from quartierwerk.languages.interface import BY_CODE, INTERFACE_LANGUAGES
from quartierwerk.languages.tags import direction


def test_nine_languages_each_once():
    assert len(BY_CODE) == len(INTERFACE_LANGUAGES) == 9


def test_each_language_has_the_direction_of_its_tag():
    assert {code: language.dir for code, language in BY_CODE.items()} == {
        code: direction(code) for code in BY_CODE
    }


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("ar", "rtl"),
        ("prs", "rtl"),
        ("az-Arab", "rtl"),
        ("ku-Latn", "ltr"),
        ("ckb", "rtl"),
        ("ur_PK", "rtl"),
        ("ti", "ltr"),
        ("fa-Latn", "ltr"),
        ("de-simple", "ltr"),
        ("", "ltr"),
    ],
)
def test_direction_follows_the_script_in_the_tag(tag, expected):
    assert direction(tag) == expected


def test_easy_language_is_spoken_as_german():
    assert BY_CODE["de-simple"].autonym_lang == "de"
