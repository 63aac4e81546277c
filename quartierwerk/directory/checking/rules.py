"""What waits for a check, and what becomes of each field when it is decided."""

from enum import Enum


def must_wait(is_checked: bool, may_check: bool, is_public: bool) -> bool:
    """Whether a change is looked at before it counts. What no visitor sees needs no check before it is published."""
    return is_checked and is_public and not may_check


class Fate(Enum):
    KEPT = "kept"  # what stands there stays
    CHANGED = "changed"  # as the editor wrote it
    ASKED = "asked"  # two people changed it: somebody has to choose


MINE, THEIRS = "mine", "theirs"


def fate(opened: str | None, typed: str, now: str | None, choice: str = "") -> Fate:
    """Of one field, by its digests: when the editor's page was made, as she sent it, as it stands now.

    choice  what the one who checks said where both changed: "mine" is the editor's version
    """
    if typed in (opened, now):
        return Fate.KEPT  # she left it as it was, or somebody changed it the same way
    if now in (opened, None):
        return Fate.CHANGED
    return {MINE: Fate.CHANGED, THEIRS: Fate.KEPT}.get(choice, Fate.ASKED)
