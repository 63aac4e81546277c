"""What differs between two pictures of the concept: an edition and the one before, or an edition and today.

Pictures are plain values as `picture.py` makes them. Records are known by their id, so a new title is a change and
not another measure. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Picture = Mapping[str, Any]


class What(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


# Kinds of records in their order, each with the values that tell two states of a record apart.
KINDS: Mapping[str, tuple[str, ...]] = {
    "principle": ("text",),
    "fields": ("name", "description", "is_detailed"),
    "measures": (
        "title", "what", "stage", "fields", "lead", "teams", "partners", "more_partners", "starts_on", "ends_on",
        "hours_per_week", "costs", "review_on", "review_how", "space", "needs", "goals", "deferred", "stopped_reason",
    ),
    "needs": ("title", "description", "state", "urgency", "fields", "space", "rejected_reason"),
    "goals": ("title", "fields", "indicator_name", "unit", "baseline", "target", "target_on", "qualitative"),
    "resources": ("title", "fields"),
}  # fmt: skip


# Pictures of the first editions did not hold it; that is no change of the record.
LATER = "principle"


@dataclass(frozen=True)
class Turned:
    """One value of a record, before and after, as the picture holds it."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    kind: str
    pk: str
    title: str
    what: What
    turned: tuple[Turned, ...] = ()


def changes(before: Picture, after: Picture) -> list[Change]:
    """By kind, then in the order of the later picture; what is gone stands last of its kind."""
    known = [kind for kind in KINDS if kind != LATER or (kind in before and kind in after)]
    return [change for kind in known for change in _of_kind(kind, before.get(kind, ()), after.get(kind, ()))]


def _of_kind(kind: str, before: Sequence[Mapping], after: Sequence[Mapping]) -> Iterator[Change]:
    earlier = {row["id"]: row for row in before}
    later = {row["id"] for row in after}
    for row in after:
        old = earlier.get(row["id"])
        if old is None:
            yield Change(kind, row["id"], _title(row), What.ADDED)
        elif turned := tuple(_turned(kind, old, row)):
            yield Change(kind, row["id"], _title(row), What.CHANGED, turned)
    for pk, row in earlier.items():
        # What was put off had been no part of it, and is none now.
        if pk not in later and not row.get("deferred"):
            yield Change(kind, pk, _title(row), What.REMOVED)


def _turned(kind: str, before: Mapping, after: Mapping) -> Iterator[Turned]:
    for name in KINDS[kind]:
        # A value that an older picture did not know yet is not a change of the record.
        if name in before and name in after and before[name] != after[name]:
            yield Turned(name, before[name], after[name])


def _title(row: Mapping) -> str:
    return row.get("title") or row.get("name") or row.get("text") or ""
