"""Judged voices (tests/voices) to the marker, and what it finds. Reads both halves, shows single cases of `tune` only."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from quartierwerk.participation.masking import Mark, marks

CASES = Path(__file__).resolve().parent.parent / "tests" / "voices"
KINDS = ("phone", "mail", "iban", "street", "name")
# Of those judged, what the issue asks to be found.
TARGETS = {"phone": 1.0, "mail": 1.0, "iban": 1.0, "street": 0.95, "name": 0.85}


@dataclass
class Rates:
    """Counted by kind: stretches judged and covered wholly, stretches proposed and touching a judged one."""

    judged: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    proposed: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def recall(self, kind: str) -> float:
        return self.found[kind] / self.judged[kind] if self.judged[kind] else 1.0

    def precision(self, kind: str) -> float:
        return self.right[kind] / self.proposed[kind] if self.proposed[kind] else 1.0


def read(split: str) -> list[dict]:
    lines = (CASES / f"masking_{split}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def measured(cases: Iterable[dict]) -> Rates:
    rates = Rates()
    for case in cases:
        proposed = marks(case["words"], case["language"])
        for judged in case["marks"]:
            rates.judged[judged["kind"]] += 1
            rates.found[judged["kind"]] += any(covers(one, judged) for one in proposed)
        for one in proposed:
            rates.proposed[one.kind] += 1
            rates.right[one.kind] += any(touches(one, judged) for judged in case["marks"])
    return rates


def covers(one: Mark, judged: dict) -> bool:
    return one.start <= judged["start"] and judged["end"] <= one.end


def touches(one: Mark, judged: dict) -> bool:
    return one.start < judged["end"] and judged["start"] < one.end


def wrong(cases: Iterable[dict]) -> Iterator[tuple[str, str]]:
    """What is missed and what is marked without need, with the id of its voice."""
    for case in cases:
        proposed = marks(case["words"], case["language"])
        for judged in case["marks"]:
            if not any(covers(one, judged) for one in proposed):
                yield case["id"], f"missed {judged['kind']}: {case['words'][judged['start'] : judged['end']]}"
        for one in proposed:
            if not any(touches(one, judged) for judged in case["marks"]):
                yield case["id"], f"needless {one.kind}: {case['words'][one.start : one.end]}"
