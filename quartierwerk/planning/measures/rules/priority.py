"""Putting measures in order by four judgements whose weights everybody sees; a person may overrule with a reason (R3.07).

Each judgement is 1 to 5, and 5 always speaks for the measure: cost 5 means that it costs little.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

LEAST, MOST = 1, 5
WEIGHTS: Mapping[str, int] = {"urgency": 35, "reach": 30, "cost": 15, "readiness": 20}  # percent


@dataclass(frozen=True)
class Part:
    name: str
    value: int
    weight: int

    @property
    def hundredths(self) -> int:
        """What it adds to the score, in hundredths of a point, so that parts add up exactly."""
        return self.weight * (self.value - LEAST) * 100 // (MOST - LEAST)

    @property
    def points(self) -> int:
        return self.hundredths // 100


@dataclass(frozen=True)
class Score:
    """hundredths: 0 (nothing speaks for it) to 10 000; None while a judgement is missing."""

    parts: tuple[Part, ...]
    missing: tuple[str, ...] = ()

    @property
    def hundredths(self) -> int | None:
        return None if self.missing else sum(part.hundredths for part in self.parts)

    @property
    def points(self) -> int | None:
        return None if self.hundredths is None else (self.hundredths + 50) // 100

    @property
    def reasons(self) -> list[Part]:
        """What counted most stands first."""
        return sorted(self.parts, key=lambda part: -part.hundredths)


def score(judged: Mapping[str, int | None], weights: Mapping[str, int] = WEIGHTS) -> Score:
    """Raises ValueError for judgements outside 1–5 and weights that do not add up to 100."""
    if sum(weights.values()) != 100 or min(weights.values()) < 0:
        raise ValueError("weights: not negative, sum 100")
    parts = []
    missing = []
    for name, weight in weights.items():
        value = judged.get(name)
        if value is None:
            missing.append(name)
        elif not LEAST <= value <= MOST:
            raise ValueError(f"{name}: {LEAST} to {MOST}")
        else:
            parts.append(Part(name, value, weight))
    return Score(tuple(parts), tuple(missing))


@dataclass(frozen=True)
class Candidate:
    key: Hashable
    title: str
    score: Score
    place: int | None = None  # given by a person, with a reason
    reason: str = ""

    def __post_init__(self) -> None:
        if self.place is not None and (self.place < 1 or not self.reason.strip()):
            raise ValueError("a place given by hand counts from 1 and has a reason")


@dataclass(frozen=True)
class Placed:
    place: int
    candidate: Candidate
    by_score: int  # the place it would have without anybody's hand


def ranking(candidates: Iterable[Candidate]) -> list[Placed]:
    """Those placed by hand stand where they were put (or next below, where two want one place), the others in between
    by score; without a score last, by title."""
    ordered = sorted(
        candidates,
        key=lambda one: (one.score.hundredths is None, -(one.score.hundredths or 0), one.title.casefold()),
    )
    by_score = {one.key: number for number, one in enumerate(ordered, start=1)}
    by_hand = sorted((one for one in ordered if one.place is not None), key=lambda one: one.place or 0)
    result = [one for one in ordered if one.place is None]
    last = 0
    for one in by_hand:
        last = max(one.place or 1, last + 1)
        result.insert(last - 1, one)  # past the end means last
    return [Placed(number, one, by_score[one.key]) for number, one in enumerate(result, start=1)]
