"""Taking a passage out of a frozen picture: somebody's name whose consent was withdrawn, wherever it stands. Pure.

The rest of the edition stays as it was adopted; a mark shows that something was taken out.
"""

import re
from typing import Any

MARK = "[…]"


def redacted(picture: Any, passage: str) -> tuple[Any, int]:
    """The picture without `passage` in any of its texts, and how often it stood there. Numbers and ids stay.

    Whole words only: "Ay" does not tear a hole into "Rayonnement". Spaces may differ, capitals may not.
    """
    words = passage.split()
    if not words:
        return picture, 0
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)")
    return _walk(picture, pattern)


# Values that are not texts of people: taking a word out of them would break the picture.
_MACHINE = frozenset(
    {"id", "stage", "state", "starts_on", "ends_on", "review_on", "decided_on", "as_of", "target_on", "needs", "goals",
     "fields", "kind", "roles", "topics", "asked_on", "answered_on", "confirmed_on"}
)  # fmt: skip


def _walk(value: Any, pattern: re.Pattern[str]) -> tuple[Any, int]:
    if isinstance(value, str):
        return pattern.subn(MARK, value)
    if isinstance(value, list):
        done = [_walk(one, pattern) for one in value]
        return [one for one, _count in done], sum(count for _one, count in done)
    if isinstance(value, dict):
        found, total = {}, 0
        for name, one in value.items():
            if name in _MACHINE and not (isinstance(one, list) and one and isinstance(one[0], dict)):
                found[name] = one
                continue
            found[name], count = _walk(one, pattern)
            total += count
        return found, total
    return value, 0
