"""Our fields beside the list of somebody above, or of another concept here: what stands for what, and what for nothing
(R2.16)."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Ours:
    """targets: keys of the other list; is_detailed: whether the concept treats the field, so that its numbers say something."""

    key: Hashable
    name: str
    targets: frozenset[Hashable]
    measures: frozenset[Hashable] = frozenset()
    needs: frozenset[Hashable] = frozenset()
    goals: frozenset[Hashable] = frozenset()
    is_detailed: bool = True


@dataclass(frozen=True)
class Line:
    """One of the other list, with what of ours stands for it; a record in two of the fields counts once."""

    key: Hashable
    name: str
    ours: tuple[Ours, ...]
    measures: int
    needs: int
    goals: int

    @property
    def is_detailed(self) -> bool:
        """Whether there are numbers; nothing and not zero where none of ours says anything."""
        return any(one.is_detailed for one in self.ours)


@dataclass(frozen=True)
class Compared:
    lines: list[Line]
    unmapped: list[Ours]

    @property
    def uncovered(self) -> list[Line]:
        return [line for line in self.lines if not line.ours]


def compared(ours: Sequence[Ours], others: Mapping[Hashable, str]) -> Compared:
    """others: key → name, in their order. What ours names that is not among them maps to nothing here."""

    def line(key: Hashable, name: str) -> Line:
        mine = tuple(one for one in ours if key in one.targets)
        return Line(
            key, name, mine, _together(one.measures for one in mine), _together(one.needs for one in mine),
            _together(one.goals for one in mine),
        )  # fmt: skip

    return Compared(
        [line(key, name) for key, name in others.items()],
        [one for one in ours if not one.targets & set(others)],
    )


def _together(sets: Iterable[frozenset[Hashable]]) -> int:
    return len(frozenset[Hashable]().union(*sets))
