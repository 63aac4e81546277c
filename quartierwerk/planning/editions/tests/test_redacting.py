from hypothesis import given
from hypothesis import strategies as st

from ..redacting import MARK, redacted

PICTURE = {
    "measures": [
        {
            "id": "Ada",
            "title": "Sprechstunde",
            "what": "Ada  Muster leitet sie. Adas Team hilft.",
            "partners": ["Ada Muster", "Verein"],
            "stage": "running",
        }
    ]
}


def test_a_name_goes_wherever_it_stands_and_the_rest_stays():
    content, count = redacted(PICTURE, "Ada Muster")
    assert count == 2
    assert content["measures"][0]["what"] == f"{MARK} leitet sie. Adas Team hilft."
    assert content["measures"][0]["partners"] == [MARK, "Verein"]


def test_parts_of_words_and_ids_stay():
    content, count = redacted(PICTURE, "Ada")
    assert content["measures"][0]["id"] == "Ada"
    assert "Adas Team" in content["measures"][0]["what"]
    assert count == 2


def test_nothing_found_changes_nothing():
    assert redacted(PICTURE, "Berta") == (PICTURE, 0)
    assert redacted(PICTURE, "   ") == (PICTURE, 0)


def test_signs_of_patterns_are_read_as_they_stand():
    assert redacted({"what": "Tel. (0511) 1"}, "(0511)") == ({"what": f"Tel. {MARK} 1"}, 1)


@given(st.text(alphabet="ab ", max_size=20), st.text(alphabet="ab", min_size=1, max_size=3))
def test_no_passage_is_left(text, passage):
    content, _count = redacted({"what": text}, passage)
    assert passage not in content["what"].replace(MARK, " ").split()
