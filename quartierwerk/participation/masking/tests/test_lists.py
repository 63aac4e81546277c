import subprocess
import sys
import tomllib

import pytest

from .. import lists

GIVEN, FAMILY = 250, 150


@pytest.mark.parametrize("language", lists.LANGUAGES)
def test_each_language_has_lists_worth_their_name(language):
    found = tomllib.loads((lists.DATA / f"{language}.toml").read_text(encoding="utf-8"))
    given, family = set(found["given"].split()), set(found["family"].split())
    assert len(given) >= GIVEN
    assert len(family) >= FAMILY
    assert len(found["words"].split()) >= 40


def test_a_name_that_is_a_word_too_is_one_of_the_lists_or_stops_nothing():
    known = lists.names()
    for language in lists.LANGUAGES:
        assert known.words[language] & (known.given | known.family)


def test_importing_reads_no_list():
    asked = "import quartierwerk.participation.masking.lists as l; print(l.names.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


@pytest.mark.parametrize(
    ("word", "language"),
    [("Тарасові", "uk"), ("Ирины", "ru"), ("Надії", "uk"), ("Emres", "de"), ("Aysenin", "tr"), ("Svitlana", "de"), ("Мехмет", "ru"), ("أحمد", "ar"), ("احمد", "ar"), ("Guelcan", "tr")],
)  # fmt: skip
def test_names_are_known_in_their_cases_and_spellings(word, language):
    assert lists.is_given(word, language)


@pytest.mark.parametrize("word", ["Straßenfest", "Bibliothek", "отопление", "مدرسة", "Kaldırım"])
def test_words_are_no_names(word):
    assert not lists.is_given(word, "")
    assert not lists.is_family(word, "")
