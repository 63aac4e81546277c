"""Numbers of a self-check: shares with what they are a part of, and how they changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

# Part → whole. What is counted without a whole stands for itself.
PARTS: Mapping[str, str] = {
    "trained": "people",
    "plain_forms": "forms",
    "translated_forms": "forms",
    "answered": "complaints",
}


@dataclass(frozen=True)
class Count:
    """part and whole: None where nobody knows."""

    part: int | None
    whole: int | None

    @property
    def is_known(self) -> bool:
        return self.part is not None and self.whole is not None

    @property
    def percent(self) -> Decimal | None:
        """None where it is not known, or where there is nothing to be a part of."""
        if self.part is None or not self.whole:
            return None
        return _tenth(Decimal(100 * self.part) / self.whole)


def _tenth(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def points(now: Count, before: Count) -> Decimal | None:
    """By how many points of a percent the share changed; None where one of the two is not known."""
    if now.percent is None or before.percent is None:
        return None
    return now.percent - before.percent


@dataclass(frozen=True)
class Total:
    """count: of the teams that know part and whole; told: how many of them there are, asked: of how many."""

    count: Count
    told: int
    asked: int


def total(counts: Iterable[Count], asked: int) -> Total:
    """Teams that do not know are not counted as zero: neither in the part nor in the whole."""
    known = [one for one in counts if one.is_known]
    if not known:
        return Total(Count(None, None), 0, asked)
    part, whole = (sum(getattr(one, name) or 0 for one in known) for name in ("part", "whole"))
    return Total(Count(part, whole), len(known), asked)


def known_in_both(now: Mapping[UUID, Count], before: Mapping[UUID, Count]) -> set[UUID]:
    """Who can be compared: whoever knows part and whole in both years."""
    return {key for key, count in now.items() if count.is_known and key in before and before[key].is_known}


def faults(values: Mapping[str, int | None]) -> list[tuple[str, bool]]:
    """Parts that do not fit, each with whether its whole is missing (else the part is larger)."""
    found = []
    for part, whole in PARTS.items():
        some, all_ = values.get(part), values.get(whole)
        if some is not None and (all_ is None or some > all_):
            found.append((part, all_ is None))
    return found


def is_due(year: int, checked: Iterable[int]) -> bool:
    """Once a year: nothing was filled in for this one."""
    return year not in set(checked)
