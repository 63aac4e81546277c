"""The living concept of the example town hangs together: every key leads somewhere, and the gaps are the ones meant."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from quartierwerk.tenants.example import TODAY

PLANNING = Path(__file__).parents[1]
FILES = PLANNING / "data" / "example" / "laatzen"
DIRECTORY = PLANNING.parent / "directory" / "data" / "example"


def read(name: str):
    return json.loads((FILES / name).read_text())


CONCEPT, TEAMS, STEERING = read("concept.json"), read("teams.json"), read("steering.json")
NEEDS, GOALS, RESOURCES, POSTS = (read(f"{name}.json") for name in ("needs", "goals", "resources", "posts"))
EDITIONS, READINESS = read("editions.json")["editions"], read("readiness.json")
MEASURES = [
    row for path in sorted((FILES / "measures").glob("*.json")) for row in json.loads(path.read_text())
]
MEETINGS = STEERING["meetings"]
DECISIONS = [decision for meeting in MEETINGS for decision in meeting["decisions"]]
ORGANISATIONS = [
    entry for path in sorted((DIRECTORY / "laatzen").glob("*.json")) for entry in json.loads(path.read_text())
]


def keys(rows) -> set[str]:
    return {row["key"] for row in rows}


KNOWN = {
    "m": keys(MEASURES),
    "n": keys(NEEDS),
    "z": keys(GOALS),
    "d": keys(DECISIONS),
    "t": keys(MEETINGS),
    "g": keys(STEERING["groups"]),
    "e": keys(EDITIONS),
    "c": keys(READINESS["campaigns"]),
    "p": {member["key"] for group in STEERING["groups"] for member in group["members"] if member["key"][0] == "p"},
    "s": {member["key"] for group in STEERING["groups"] for member in group["members"] if member["key"][0] == "s"},
    "plan": {link["key"] for link in CONCEPT["plan_links"] if "key" in link},
    "org": keys(ORGANISATIONS),
    "offer": {offer["key"] for entry in ORGANISATIONS for offer in entry["offers"]},
}  # fmt: skip


def words(value):
    """Every text in a file, however deep."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("path", sorted(FILES.rglob("*.json")), ids=lambda path: path.stem)
def test_every_key_leads_to_a_record(path):
    for text in words(json.loads(path.read_text())):
        found = re.fullmatch(r"([a-z]+)-[a-z0-9-]+", text)
        if found and text != "de-simple":
            assert text in KNOWN[found[1]], text


def test_every_team_named_exists_and_leads_something_or_is_told():
    numbers = {team["number"] for team in TEAMS["teams"]}
    assert numbers >= {"40", "50", "51", "52", "53", "61"}
    for measure in MEASURES:
        assert {measure["lead"], *measure["takes_part"], *measure["informed"]} <= numbers, measure["key"]
        assert measure["lead"] not in measure["takes_part"] + measure["informed"], measure["key"]
    for task in [*STEERING["tasks"], *(task for decision in DECISIONS for task in decision["tasks"])]:
        assert task["owner_team"] in numbers, task["words"]
    for team in TEAMS["teams"]:
        if "ended_on" not in team:
            assert [member["name"] for member in team["members"] if member.get("is_lead")], team["number"]
            assert [member["name"] for member in team["members"] if member.get("is_deputy")], team["number"]


def test_the_matrix_is_whole_and_its_gaps_are_the_ones_meant():
    assert (len(RESOURCES), len(NEEDS), len(MEASURES), len(GOALS)) == (26, 36, 26, 19)
    led_to = {key for need in NEEDS for key in need["measures"]}
    measured = {key for measure in MEASURES for key in measure["goals"]}
    assert {need["key"] for need in NEEDS if not need["measures"]} == {
        "n-begruessung", "n-wohnfoerder", "n-bildungseinrichtungen", "n-strategisch",
        "n-zugang", "n-praktikum", "n-sprachmittler", "n-gwa-mehr",
    }  # fmt: skip
    assert KNOWN["m"] - led_to == {"m-bildungsinfo", "m-praevention"}
    assert KNOWN["z"] - measured == {"z-neuorientierung", "z-anbieter", "z-potenziale"}
    assert {goal["key"] for goal in GOALS if not goal["evidence_kind"]} == {
        "z-eltern", "z-fachkraefte", "z-potenziale", "z-beteiligung", "z-gemeinsam"
    }  # fmt: skip
    assert len([resource for resource in RESOURCES if not resource["measures"]]) == 2


def test_nothing_happened_after_the_day_of_the_town():
    for measure in MEASURES:
        for title, due, done in measure["milestones"]:
            assert not done or date.fromisoformat(done) <= TODAY, title
            assert date.fromisoformat(due)
        if measure["starts_on"] and measure["ends_on"]:
            assert measure["starts_on"] < measure["ends_on"], measure["key"]
        assert all(month <= "2026-10" for month in measure["reports"]), measure["key"]
        assert measure["stage"] != "stopped" or measure["stopped_reason"]
    for goal in GOALS:
        assert all(date.fromisoformat(day) <= TODAY for day, _value, _note in goal["values"]), goal["key"]
    for meeting in MEETINGS:
        held = date.fromisoformat(meeting["starts_at"][:10]) <= TODAY
        assert (meeting["state"] == "held") == held, meeting["key"]


def test_money_is_whole_cents_and_never_more_spent_than_planned():
    for measure in MEASURES:
        for line in measure["costs"]:
            assert isinstance(line["planned_cents"], int), line
            assert 0 <= line["spent_cents"] <= line["planned_cents"], line
            assert line["year"] >= 2027 or line["spent_cents"] or not line["is_secured"] or (
                measure["key"] in {"m-politik", "m-mso"}
            ), line  # fmt: skip


def test_nobody_is_there_on_two_seats():
    names = {member["key"]: member["name"] for group in STEERING["groups"] for member in group["members"]}
    for meeting in MEETINGS:
        there = [*(names[key] for key in meeting["present"]), *meeting["represented"].values()]
        assert len(there) == len(set(there)), meeting["key"]


def test_votes_are_as_many_as_voted_and_without_quorum_there_is_only_a_recommendation():
    voting = {
        member["key"]: member.get("until", "9999")
        for group in STEERING["groups"]
        for member in group["members"]
        if member["is_voting"]
    }
    group_of = {member["key"]: group["key"] for group in STEERING["groups"] for member in group["members"]}
    for meeting in MEETINGS:
        named = [*meeting["present"], *meeting["represented"], *meeting["absent"]]
        assert len(named) == len(set(named)), meeting["key"]
        here = [key for key in (*meeting["present"], *meeting["represented"]) if key in voting]
        all_voting = [
            key
            for key, until in voting.items()
            if group_of[key] == meeting["group"] and until > meeting["starts_at"]
        ]
        for decision in meeting["decisions"]:
            cast = sum(decision[name] for name in ("votes_yes", "votes_no", "votes_abstained", "biased"))
            assert cast == len(here), decision["key"]
            assert (decision["kind"] == "decision") == (len(here) * 2 >= len(all_voting)), decision["key"]
            assert decision["tasks"], decision["key"]
            assert 1 <= decision["agenda_item"] <= len(meeting["agenda"]), decision["key"]
    assert (
        len(
            [
                meeting
                for meeting in MEETINGS
                if meeting["group"] == "g-steuerung" and meeting["state"] == "held"
            ]
        )
        == 6
    )


def test_an_adopted_edition_holds_no_measure_without_the_five_answers():
    assert [edition["year"] for edition in EDITIONS] == [2025, 2026]
    for edition in EDITIONS:
        then = edition["as_then"]["measures"]
        for measure in MEASURES:
            if measure["key"] in then["without"]:
                continue
            row = measure | then["changed"].get(measure["key"], {})
            for answer in ("what", "starts_on", "ends_on", "lead", "hours_per_week", "costs", "review_on"):
                assert row[answer], (edition["key"], measure["key"], answer)
            assert row["stage"] not in {"proposed", "prioritised"}, (edition["key"], measure["key"])
        assert keys_deferred(edition) <= set(then["without"])
        decision = edition["decision"]
        assert all(decision[name] for name in ("body", "session", "paper_number", "decided_on", "wording"))
        assert decision["decided_on"] == edition["adopted_at"]


def keys_deferred(edition) -> set[str]:
    return {deferral["measure"] for deferral in edition["deferrals"]}


def test_what_the_agenda_must_propose_names_records_that_exist():
    changes = read("context.json")
    titles = {row["title"] for row in [*MEASURES, *NEEDS, *POSTS, *changes]} | {
        row["words"] for row in DECISIONS
    }
    items = read("agenda_expected.json")["items"]
    assert len(items) == 21
    assert {item["title"] for item in items} <= titles
    assert all(item["reasons"] for item in items)


def test_nobody_can_be_written_to_by_mistake():
    text = "\n".join(path.read_text() for path in FILES.rglob("*.json"))
    for domain in re.findall(r'(?:@|https://)([^"/\s]+)', text):
        assert domain.endswith(".example"), domain
    assert not re.search(r"\b0\d{2,4}[ /-]\d{3}", text)


def test_further_texts_belong_to_records_and_to_texts_that_are_written():
    texts = read("texts.json")
    fields = {field["catalogue_code"] for field in CONCEPT["fields"]}
    assert set(texts["fields"]) == fields
    for name, rows in (("needs", NEEDS), ("goals", GOALS), ("measures", MEASURES)):
        known = {row["key"]: row for row in rows}
        for key, languages in texts[name].items():
            for language, translated in languages.items():
                assert all(known[key].get(text) for text in translated), key
                assert language not in known[key].get("texts", {}), key
