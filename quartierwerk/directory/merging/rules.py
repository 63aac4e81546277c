"""What of two entries that mean the same holds. Nothing is decided silently where both say something else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Take(StrEnum):
    """Whose word holds: of the entry that stays, of the one that goes, or, in lists, both together."""

    HERE = "here"
    THERE = "there"
    BOTH = "both"


@dataclass(frozen=True)
class Pair:
    """What both entries say of one thing; lists and plain values alike."""

    here: Any
    there: Any

    @property
    def is_list(self) -> bool:
        return isinstance(self.here, list)

    @property
    def needs_choice(self) -> bool:
        return says_something(self.here) and says_something(self.there) and not same(self.here, self.there)

    @property
    def choices(self) -> tuple[Take, ...]:
        return (Take.HERE, Take.THERE, Take.BOTH) if self.is_list else (Take.HERE, Take.THERE)

    def settled(self) -> Take:
        """Whose word holds where nobody is asked: an empty side gives way."""
        return Take.HERE if says_something(self.here) or not says_something(self.there) else Take.THERE

    def value(self, take: Take) -> Any:
        if take == Take.BOTH:
            return [*self.here, *(one for one in self.there if one not in self.here)]
        return self.here if take == Take.HERE else self.there


def says_something(value: Any) -> bool:
    """Unknown and "no" ticked nowhere are no word against a word; zero places are one."""
    return value not in ("", "unknown") and value is not None and value is not False and value != []


def same(one: Any, other: Any) -> bool:
    if isinstance(one, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    if isinstance(one, str):
        return " ".join(one.split()) == " ".join(other.split())
    return bool(one == other)


def unanswered(pairs: Mapping[str, Pair], chosen: Mapping[str, Take]) -> list[str]:
    """Names of what nobody has chosen yet, or chosen impossibly."""
    return [
        name
        for name, pair in pairs.items()
        if pair.needs_choice and chosen.get(name) not in pair.choices
    ]  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """How far an entry can be relied upon."""

    is_public: bool
    is_placeholder: bool
    confirmed_at: datetime | None


def vouched_for(here: Standing, there: Standing) -> Take:
    """Whose state of "still true" the merged entry has: of the one that shows, then of the one confirmed last."""
    if here.is_public != there.is_public:
        return Take.HERE if here.is_public else Take.THERE
    if there.confirmed_at and (here.confirmed_at is None or there.confirmed_at > here.confirmed_at):
        return Take.THERE
    return Take.HERE


def better_to_keep(here: Standing, there: Standing) -> bool:
    """Whether the second one should stay instead: a placeholder never does, and whoever looks up a public address
    should rather not be led on."""
    if here.is_placeholder != there.is_placeholder:
        return here.is_placeholder
    return there.is_public and not here.is_public


def alike(rows: Sequence[tuple], others: Sequence[tuple]) -> dict[int, int]:
    """Place among `others` → place among `rows`, for those that say exactly the same; each counts once."""
    places: dict[tuple, list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(row, []).append(place)
    found = {}
    for place, row in enumerate(others):
        if places.get(row):
            found[place] = places[row].pop(0)
    return found
