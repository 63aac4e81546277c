"""Judged questions to the search of the example town, and how well it answers them.

`search_cases.csv` was written by somebody who has not seen the search: columns qid, lang, question, relevant (numbers in
the source, none for questions that nothing here answers), split (`tune` for tuning, `held` for the final measurement only),
kind of question.
"""

import csv
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parent / "search_cases.csv"
FURTHER = Path(__file__).parent / "search_cases_more.csv"  # for tuning only, by who changes the search
LOOKED_AT = 10  # hits


@dataclass(frozen=True)
class Case:
    qid: str
    lang: str
    question: str
    relevant: frozenset[str]
    kind: str

    @property
    def is_negative(self) -> bool:
        return not self.relevant


@dataclass(frozen=True)
class Outcome:
    case: Case
    found: tuple[str, ...]

    def success(self, at: int) -> bool:
        return not self.case.relevant.isdisjoint(self.found[:at])

    @property
    def ndcg(self) -> float:
        """Normalised discounted gain of the first ten, each relevant one worth the same."""
        gains = (
            1 / math.log2(place + 2)
            for place, one in enumerate(self.found[:LOOKED_AT])
            if one in self.case.relevant
        )
        best = sum(1 / math.log2(place + 2) for place in range(min(LOOKED_AT, len(self.case.relevant))))
        return sum(gains) / best if best else 0.0


@dataclass(frozen=True)
class Score:
    """Of the questions that can be answered: shares; of the others: how many rightly find nothing."""

    answerable: int
    success_at_1: float
    success_at_3: float
    ndcg: float
    empty: int
    negatives: int
    negatives_empty: int


def read(split: str) -> list[Case]:
    """`tune` and `held` of the judged questions, or `more`: those written while the search was changed."""
    path, split = (FURTHER, "tune") if split == "more" else (CASES, split)
    with path.open(newline="", encoding="utf-8") as file:
        return [
            Case(row["qid"], row["lang"], row["question"], frozenset(row["relevant"].split()), row["kind"])
            for row in csv.DictReader(file)
            if row["split"] == split
        ]


def outcomes(cases: Iterable[Case], ask: Callable[[Case], Sequence[str]]) -> list[Outcome]:
    """`ask` gives the numbers in the source of the hits, best first."""
    return [Outcome(case, tuple(ask(case)[:LOOKED_AT])) for case in cases]


def score(found: Sequence[Outcome]) -> Score:
    asked = [one for one in found if not one.case.is_negative]
    negatives = [one for one in found if one.case.is_negative]
    count = max(1, len(asked))
    return Score(
        answerable=len(asked),
        success_at_1=sum(one.success(1) for one in asked) / count,
        success_at_3=sum(one.success(3) for one in asked) / count,
        ndcg=sum(one.ndcg for one in asked) / count,
        empty=sum(not one.found for one in asked),
        negatives=len(negatives),
        negatives_empty=sum(not one.found for one in negatives),
    )


def by(found: Sequence[Outcome], name: str) -> list[tuple[str, Score]]:
    """Scores per language or kind of question, the worst success@3 first."""
    groups: dict[str, list[Outcome]] = {}
    for one in found:
        groups.setdefault(getattr(one.case, name), []).append(one)
    scores = [(group, score(members)) for group, members in groups.items()]
    return sorted(scores, key=lambda pair: (pair[1].success_at_3, pair[1].ndcg, pair[0]))
