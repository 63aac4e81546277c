"""How many departments and outside partners work together (R2.13): a field that falls back to one department is back
in "sectoral routine"."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

DEPARTMENTS, PARTNERS = 2, 1  # from here on a measure counts as joint work


@dataclass(frozen=True)
class Joint:
    """One measure in one field and year: who takes part. partners: from outside the administration."""

    measure: Hashable
    field: Hashable
    year: int
    departments: frozenset[Hashable]
    partners: int

    @property
    def is_joint(self) -> bool:
        return len(self.departments) >= DEPARTMENTS and self.partners >= PARTNERS


@dataclass
class Share:
    """joint of all measures; fell_back: only one department is left of several the year before."""

    measures: set[Hashable] = field(default_factory=set)
    joint: set[Hashable] = field(default_factory=set)
    departments: set[Hashable] = field(default_factory=set)
    fell_back: bool = False

    @property
    def percent(self) -> int:
        """Rounded, half a percent up."""
        number = len(self.measures)
        return (len(self.joint) * 200 + number) // (2 * number)


def shares(rows: Iterable[Joint]) -> dict[tuple[Hashable, int], Share]:
    """(field, year) → share. Fields and years without measures are not there: nothing is said of them."""
    found: dict[tuple[Hashable, int], Share] = {}
    for row in rows:
        share = found.setdefault((row.field, row.year), Share())
        share.measures.add(row.measure)
        share.departments |= row.departments
        if row.is_joint:
            share.joint.add(row.measure)
    for (of, year), share in found.items():
        before = found.get((of, year - 1))
        share.fell_back = bool(before and len(before.departments) >= DEPARTMENTS > len(share.departments))
    return found
