import re
from pathlib import Path

import pytest

from quartierwerk.languages import reviews
from quartierwerk.languages.interface import INTERFACE_LANGUAGES

README = Path(__file__).parents[3] / "README.md"
FRESH = {language.code: {"state": reviews.MACHINE} for language in INTERFACE_LANGUAGES}


def test_every_language_of_the_interface_has_its_state():
    assert [review.language.code for review in reviews.reviews()] == [one.code for one in INTERFACE_LANGUAGES]


def test_readme_names_exactly_the_unreviewed_languages():
    text = " ".join(README.read_text(encoding="utf-8").split())
    sentence = re.search(
        r"complete\. ([^.]+?) were translated by the team with machines and are \*\*unreviewed", text
    )
    unreviewed = reviews.in_state(reviews.MACHINE)
    if not unreviewed:
        assert sentence is None
        return
    assert sentence
    named = set(re.split(r", | and ", sentence[1]))
    names = {
        review.language.autonym if review.language.code == "de-simple" else review.language.english_name
        for review in unreviewed
    }
    assert named == names


def test_a_review_names_person_and_day():
    entry = {"state": "reviewed", "reviewer": "Olena Tkachenko", "reviewed_on": "2027-01-31"}
    review = {one.language.code: one for one in reviews.read({**FRESH, "uk": entry})}["uk"]
    assert review.reviewer == "Olena Tkachenko"
    assert str(review.reviewed_on) == "2027-01-31"


@pytest.mark.parametrize(
    "entry",
    [
        {"state": "reviewed"},
        {"state": "reviewed", "reviewer": "Olena Tkachenko"},
        {"state": "machine, unreviewed", "reviewer": "Olena Tkachenko", "reviewed_on": "2027-01-31"},
        {"state": "good"},
        {"state": "reviewed", "reviewer": "Olena Tkachenko", "reviewed_on": "in January"},
    ],
)
def test_half_a_review_is_refused(entry):
    with pytest.raises(ValueError, match=r"uk|isoformat"):
        reviews.read({**FRESH, "uk": entry})


def test_a_language_without_entry_is_refused():
    with pytest.raises(ValueError, match="one entry for each"):
        reviews.read({"de": {"state": "written"}})
