"""The form of the judged search cases: counts, keys, split. Says nothing about the search."""

import csv
import json
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "bench" / "search_cases.csv"
DATA = ROOT / "quartierwerk" / "directory" / "data" / "example"
LANGUAGES = {"de", "de-simple", "en", "uk", "ar", "fa", "tr", "ru", "fr"}
KINDS = {
    "title",
    "everyday",
    "typo",
    "compound",
    "translit",
    "cross",
    "prefix",
    "place",
    "language",
    "negative",
}
TODAY = "2026-11-16"


def cases():
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def keys():
    """Keys of all records that may answer: not ended, not a draft."""
    found = set()
    for path in sorted(DATA.glob("*/*.json")):
        for organisation in json.loads(path.read_text(encoding="utf-8")):
            found.add(organisation["key"])
            for offer in organisation["offers"]:
                ended = any(offer.get(name, TODAY) < TODAY for name in ("valid_until", "ends_on", "deadline"))
                if not ended and offer.get("public", True):
                    found.add(offer["key"])
    return found


def test_columns_and_values():
    rows = cases()
    assert list(rows[0]) == ["qid", "lang", "question", "relevant", "split", "kind"]
    assert len({row["qid"] for row in rows}) == len(rows)
    assert len({(row["lang"], row["question"]) for row in rows}) == len(rows)
    assert {row["lang"] for row in rows} == LANGUAGES
    assert {row["kind"] for row in rows} == KINDS
    assert {row["split"] for row in rows} == {"tune", "held"}
    assert all(row["question"] and row["question"] == row["question"].strip() for row in rows)


def test_enough_cases_in_every_language():
    rows = cases()
    assert len(rows) >= 240
    assert min(Counter(row["lang"] for row in rows).values()) >= 24
    assert sum(row["kind"] == "negative" for row in rows) >= 45


def test_relevant_keys_exist_and_only_negatives_have_none():
    known = keys()
    for row in cases():
        relevant = row["relevant"].split()
        assert len(set(relevant)) == len(relevant), row["qid"]
        assert set(relevant) <= known, row["qid"]
        assert (not relevant) == (row["kind"] == "negative"), row["qid"]


def test_split_is_even():
    rows = cases()
    for column in (("lang",), ("kind",), ("lang", "kind")):
        counts = Counter()
        for row in rows:
            counts[tuple(row[name] for name in column)] += 1 if row["split"] == "tune" else -1
        assert max(abs(count) for count in counts.values()) <= (1 if len(column) == 2 else 3), counts
