"""Whether two titles may mean the same (W3.1): shown before a second record is made, never decided for the person.

Letters in threes find other endings and spellings, whole words find another order; words that say nothing do not count.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from quartierwerk.languages.names import fold

NEAR = 50  # percent; from here on somebody looks
SAME = 90
MOST_SHOWN = 5

_EMPTY_WORDS = frozenset(
    fold(
        "der die das den dem des ein eine einen einem einer eines und oder in im am an auf aus bei beim für mit nach von "
        "vom vor zu zum zur während mehr neue neuen neuer gute guten weitere alle für durch über unter ohne "
        "the a an of in on at for with and or to during more new"
    ).split()
)


@dataclass(frozen=True)
class Titled:
    """area: the quarter, None for the whole town."""

    key: Hashable
    title: str
    area: Hashable | None = None


@dataclass(frozen=True)
class Near:
    key: Hashable
    percent: int

    @property
    def is_same(self) -> bool:
        return self.percent >= SAME


def similarity(one: str, other: str) -> int:
    """Percent: the better of letters and words."""
    words, others = _words(one), _words(other)
    if not words or not others:
        return 0
    if words == others:
        return 100
    return min(max(_of_letters(words, others), _of_words(words, others)), 99)


def near_same(title: str, area: Hashable | None, among: Iterable[Titled]) -> list[Near]:
    """Records of the same quarter, or of the whole town, whose titles are near; the nearest first."""
    found = [
        Near(one.key, percent)
        for one in among
        if (area is None or one.area is None or one.area == area)
        and (percent := similarity(title, one.title)) >= NEAR
    ]
    return sorted(found, key=lambda near: -near.percent)[:MOST_SHOWN]


def _words(title: str) -> frozenset[str]:
    every = fold(title).split()
    return frozenset(word for word in every if word not in _EMPTY_WORDS) or frozenset(every)


def _threes(words: frozenset[str]) -> set[str]:
    return {f" {word} "[at : at + 3] for word in words for at in range(len(word))}


def _of_letters(one: frozenset[str], other: frozenset[str]) -> int:
    mine, theirs = _threes(one), _threes(other)
    return 200 * len(mine & theirs) // (len(mine) + len(theirs))


def _of_words(one: frozenset[str], other: frozenset[str]) -> int:
    """Words that begin alike count as one word in another ending: Kurs, Kurse, Kursen."""
    shorter, longer = sorted((one, other), key=len)
    shared = sum(any(_begins_alike(word, candidate) for candidate in longer) for word in shorter)
    return 200 * shared // (len(one) + len(other))


def _begins_alike(one: str, other: str) -> bool:
    if any(character.isdigit() for character in one + other):
        return one == other  # A1 is not A2
    shorter, longer = sorted((one, other), key=len)
    return (
        len(shorter) >= 4
        and longer.startswith(shorter[: max(4, len(shorter) - 1)])
        and len(longer) - len(shorter) <= 3
    )
