"""Who of the chosen organisations can be written to, and who has to be called."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Recipients:
    """mailed: one for each address, since an office may stand behind several entries; called: those without one."""

    mailed: Sequence[Any]
    called: Sequence[Any]


def recipients(rows: Iterable[Any]) -> Recipients:
    mailed: dict[str, Any] = {}
    called = []
    for row in rows:
        if row.email:
            mailed.setdefault(row.email.strip().casefold(), row)
        else:
            called.append(row)
    return Recipients(list(mailed.values()), called)


def digest(subject: str, text: str, ids: Iterable[object]) -> str:
    """The same words to the same organisations have the same."""
    parts = [" ".join(subject.split()), text.replace("\r\n", "\n").strip(), *sorted(map(str, ids))]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
