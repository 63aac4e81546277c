"""The file of the Laatzen matrix holds what the source's tables hold, counted by hand there."""

import json
from pathlib import Path

FILE = Path(__file__).parents[1] / "data" / "laatzen.json"
# Resources, needs, measures, goals.
COUNTED = {
    "Willkommenskultur": (6, 4, 2, 3),
    "Wohnen und Leben": (5, 5, 3, 1),
    "Bildung und Sprache": (4, 6, 4, 4),
    "Wirtschaft und Arbeit": (3, 5, 3, 4),
    "Gesundheit und Pflege": (3, 3, 4, 2),
    "Partizipation und Teilhabe": (3, 3, 3, 1),
    "Interkulturelle Öffnung": (4, 3, 3, 1),
    "Vernetzung": (2, 7, 4, 3),
}


def held() -> dict:
    return json.loads(FILE.read_text(encoding="utf-8"))


def test_eight_fields_are_detailed_and_refugees_is_not():
    fields = held()["fields"]
    assert [field["name"] for field in fields if field.get("is_detailed", True)] == list(COUNTED)
    assert [field["name"] for field in fields if not field.get("is_detailed", True)] == ["Geflüchtete"]
    assert len({field["code"] for field in fields}) == 9


def test_thirty_entries_are_twenty_six_resources():
    document = held()
    assert len(document["resource_entries"]) == 30
    assert len(document["resources"]) == 26
    assert {entry["resource"] for entry in document["resource_entries"]} == {
        resource["title"] for resource in document["resources"]
    }


def test_thirty_six_needs_twenty_six_measures_nineteen_goals():
    document = held()
    assert [len(document[key]) for key in ("needs", "measures", "goals")] == [36, 26, 19]


def test_each_field_holds_as_many_as_the_source():
    document = held()
    for name, counted in COUNTED.items():
        entries = sum(entry["field"] == name for entry in document["resource_entries"])
        others = [
            sum(name in one["fields"] for one in document[key]) for key in ("needs", "measures", "goals")
        ]
        assert (entries, *others) == counted, name


def test_the_misspelt_name_of_the_town_is_not_taken_and_no_title_is_a_sentence():
    text = FILE.read_text(encoding="utf-8")
    assert "Laatzten" not in text
    titles = [one["title"] for key in ("resources", "needs", "measures", "goals") for one in held()[key]]
    assert not [title for title in titles if title.endswith(".")]
