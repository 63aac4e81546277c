"""Sets of rows as packed bits: many thousand offers against dozens of filters in well under a millisecond."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

WORD = 64


def packed(flags: np.ndarray) -> np.ndarray:
    """Truth values of rows as 64-bit words."""
    padded = np.zeros(-(-len(flags) // WORD) * WORD or WORD, dtype=bool)
    padded[: len(flags)] = flags
    return np.packbits(padded, bitorder="little").view(np.uint64)


def rows_of(bits: np.ndarray) -> np.ndarray:
    """Numbers of the rows in a set, ascending."""
    return np.flatnonzero(np.unpackbits(bits.view(np.uint8), bitorder="little"))


def set_of(rows: Iterable[int], size: int) -> np.ndarray:
    flags = np.zeros(size, dtype=bool)
    flags[np.fromiter(rows, dtype=np.int64)] = True
    return packed(flags)


def size_of(bits: np.ndarray) -> int:
    return int(np.bitwise_count(bits).sum())


@dataclass(frozen=True)
class Dimension:
    """One kind of filter: for each of its codes the set of rows that have it."""

    codes: Mapping[str, int]
    sets: np.ndarray  # (codes, words)

    @classmethod
    def of(cls, codes_of_rows: Sequence[Iterable[str]]) -> "Dimension":
        """codes_of_rows: for each row the codes it has; what is unknown has none and matches nothing."""
        # Many rows have the same codes: each combination is looked at once.
        combinations: dict[tuple[str, ...], int] = {}
        which = np.fromiter(
            (combinations.setdefault(tuple(codes), len(combinations)) for codes in codes_of_rows),
            dtype=np.int64,
            count=len(codes_of_rows),
        )
        having: dict[str, list[int]] = {}
        for combination, number in combinations.items():
            for code in combination:
                having.setdefault(code, []).append(number)
        sets = np.zeros((len(having), len(packed(np.zeros(len(which), dtype=bool)))), dtype=np.uint64)
        for place, numbers in enumerate(having.values()):
            among = np.zeros(len(combinations), dtype=bool)
            among[numbers] = True
            sets[place] = packed(among[which])
        return cls({code: place for place, code in enumerate(having)}, sets)

    def having(self, code: str) -> np.ndarray:
        """The rows with a code; none for a code that nothing has."""
        place = self.codes.get(code)
        return np.zeros(self.sets.shape[1], dtype=np.uint64) if place is None else self.sets[place]

    def counts(self, among: np.ndarray) -> dict[str, int]:
        """How many of the given rows have each code; codes of none are left out."""
        if not self.codes:
            return {}
        numbers = np.bitwise_count(self.sets & among).sum(axis=1, dtype=np.int64).tolist()
        return {code: numbers[place] for code, place in self.codes.items() if numbers[place]}
