"""How alike two voices are: by what they speak about, in whatever language, and by where.

Three kinds of keys are taken from the words: concerns (`concerns.txt`, beginnings of words in all languages), concepts of the
search's ring of synonyms, and stems of the language itself. Keys of the first two are the same in all languages, so no
translation and no model is needed. Pure; the weights come from how often a key occurs among the voices compared.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from quartierwerk.languages.names import fold, plain
from quartierwerk.search import ring
from quartierwerk.search.analysis import base, is_stopword, stem

CONCERNS = Path(__file__).parent / "concerns.txt"
CONCERN, CONCEPT, STEM, GRAM = "c:", "r:", "w:", "g:"
# How much a shared key counts by its kind; concerns were chosen for this, concepts for finding offers.
WEIGHTS = {CONCERN: 1.0, CONCEPT: 0.6, STEM: 0.35, GRAM: 0.2}
LEAST_SCORE = 0.02
LONGEST = 60  # letters of a key
NEAR_METRES, FAR_METRES = 300, 1200
_METRES_PER_DEGREE = 111_320
_ARABIC_PREFIX = re.compile("^(?:[وفبلك]{0,2}ال|لل|[وفبلك](?=.{4}))")
_SHORTEST_IN_JOINED = 4


@dataclass(frozen=True)
class Said:
    """A voice as it is compared. point is latitude, longitude in degrees."""

    keys: frozenset[str]
    space: str | None = None
    point: tuple[float, float] | None = None


def keys_of(words: str, language: str) -> frozenset[str]:
    """What a voice speaks about. language "" reads it by its letters alone."""
    found = {f"{CONCEPT}{code}" for code in ring.built_in().in_text(words, language or "de")}
    for word in plain(words).split():
        found.update(f"{CONCERN}{code}" for code in _concerns_of(word))
        if len(word) > 2 and not is_stopword(word, language):
            found.add(f"{STEM}{base(language)}|{stem(word, language)}"[:LONGEST])
    return frozenset(found)


def grams_of(words: str, language: str) -> frozenset[str]:
    """Four letters in a row: what joined and inflected words share. For ranking, too many for an index."""
    telling = (
        fold(word) for word in plain(words).split() if len(word) > 4 and not is_stopword(word, language)
    )
    return frozenset(f"{GRAM}{word[at : at + 4]}" for word in telling for at in range(len(word) - 3))


@cache
def _concerns() -> tuple[Mapping[str, tuple[str, ...]], tuple[tuple[str, str], ...]]:
    """Beginnings of words → concerns, and those that may stand within a joined word."""
    beginnings: dict[str, list[str]] = {}
    within: list[tuple[str, str]] = []
    for line in CONCERNS.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        code, told = line.split(":", 1)
        for word in told.replace("/", " ").split():
            folded = fold(word.lstrip("*")).replace(" ", "")
            beginnings.setdefault(folded, []).append(code)
            if word.startswith("*") and len(folded) >= _SHORTEST_IN_JOINED:
                within.append((folded, code))
    return {word: tuple(codes) for word, codes in beginnings.items()}, tuple(within)


@lru_cache(maxsize=50_000)
def _concerns_of(word: str) -> frozenset[str]:
    beginnings, within = _concerns()
    folded = fold(word)
    forms = {folded, _ARABIC_PREFIX.sub("", folded)}
    found = {
        code
        for form in forms
        for end in range(2, len(form) + 1)
        # A beginning of two or three letters is a whole word, give or take an ending.
        if end > 3 or len(form) - end <= 2
        for code in beginnings.get(form[:end], ())
    }
    if len(folded) >= 8:
        found.update(code for part, code in within if part in folded)
    return frozenset(found)


def weights_of(compared: Iterable[frozenset[str]]) -> Callable[[str], float]:
    """Weight of a key: rare ones tell more. From the voices that are compared."""
    count, total = Counter[str](), 0
    for keys in compared:
        count.update(keys)
        total += 1

    @cache
    def weight(key: str) -> float:
        return WEIGHTS[key[:2]] * math.log1p(total / (count[key] + 0.5))

    return weight


def likeness(one: Said, other: Said, weight: Callable[[str], float]) -> float:
    """Shared keys by weight, 0 to 1, times how near the two are."""
    if not (shared := one.keys & other.keys):
        return 0.0
    common = sum(weight(key) ** 2 for key in shared)
    lengths = _length(one.keys, weight) * _length(other.keys, weight)
    return nearness(one, other) * common / math.sqrt(lengths) if lengths else 0.0


def _length(keys: frozenset[str], weight: Callable[[str], float]) -> float:
    return sum(weight(key) ** 2 for key in keys)


def nearness(one: Said, other: Said) -> float:
    """From 0.1 (another quarter, or far apart) to 3 (within 300 m): the same words elsewhere are another matter."""
    if one.point and other.point:
        metres = distance(one.point, other.point)
        return 3.0 if metres <= NEAR_METRES else 0.5 if metres <= FAR_METRES else 0.1
    if one.space is None or other.space is None:
        return 1.0
    return 1.5 if one.space == other.space else 0.1


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres, flat; enough within a town."""
    north = (one[0] - other[0]) * _METRES_PER_DEGREE
    east = (one[1] - other[1]) * _METRES_PER_DEGREE * math.cos(math.radians(one[0]))
    return math.hypot(north, east)


def ranked(said: Said, others: Sequence[Said], weight: Callable[[str], float], most: int = 3) -> list[int]:
    """Places in `others` of the most alike, best first; none that share next to nothing."""
    scored = [(likeness(said, other, weight), -place) for place, other in enumerate(others)]
    best = sorted((one for one in scored if one[0] >= LEAST_SCORE), reverse=True)[:most]
    return [-place for _score, place in best]
