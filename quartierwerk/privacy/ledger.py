"""The list of erasures outside the database: after a restore they are done again before anyone may sign in.

One line of JSON an erasure, identifiers only, readable by the server's account alone. Lines older than the oldest
backup that may exist are dropped. `quartierwerk privacy ledger` prints it, so that it can be kept elsewhere too.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from .registry import Retention
from .retention import PERIODS
from .rows import Subject


@dataclass(frozen=True)
class Line:
    run: UUID
    at: datetime
    account_id: UUID | None
    rows: frozenset[str]

    @property
    def subject(self) -> Subject:
        return Subject(account_id=self.account_id, rows=self.rows)

    def text(self) -> str:
        return json.dumps(
            {
                "run": str(self.run),
                "at": self.at.isoformat(),
                "account": str(self.account_id) if self.account_id else None,
                "rows": sorted(self.rows),
            }
        )


class Damaged(ValueError):
    """A line that cannot be read: somebody edited the file, or the disk is ill. Never skipped silently."""


def path() -> Path:
    return Path(settings.VAR) / "erasures.jsonl"


@contextmanager
def locked() -> Iterator[None]:
    """Nobody adds a line meanwhile: an erasure that begins now waits, before it has changed anything."""
    path().parent.mkdir(parents=True, exist_ok=True)
    lock = os.open(path().with_suffix(".lock"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def add(line: Line) -> None:
    """On the disk when this returns."""
    with locked():
        file = os.open(path(), os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
        try:
            # A crash may have left half a line; it must not swallow this one.
            size = os.fstat(file).st_size
            broken = size and os.pread(file, 1, size - 1) != b"\n"
            os.write(file, (("\n" if broken else "") + line.text() + "\n").encode())
            os.fsync(file)
        finally:
            os.close(file)


def lines() -> list[Line]:
    """All that is known, oldest first. Half a line at the end is a crash before the erasure began, and left out."""
    try:
        raw = path().read_text()
    except FileNotFoundError:
        return []
    found = []
    texts = raw.split("\n")
    for number, text in enumerate(texts, 1):
        if not text:
            continue
        try:
            entry = json.loads(text)
            account = UUID(entry["account"]) if entry["account"] else None
            line = Line(
                UUID(entry["run"]), datetime.fromisoformat(entry["at"]), account, frozenset(entry["rows"])
            )
        except (ValueError, KeyError, TypeError):
            if number == len(texts) or not text.endswith("}"):
                continue
            raise Damaged(
                f"Line {number} of {path()} cannot be read. Restore the file from its copy."
            ) from None
        found.append(line)
    return found


def drop_old(now: datetime) -> int:
    """Drop what no backup can bring back any more."""
    oldest = PERIODS[Retention.BACKUP].longest.before(now)
    with locked():
        known = lines()
        kept = [line for line in known if line.at >= oldest]
        if len(kept) == len(known):
            return 0
        fresh = path().with_suffix(".new")
        file = os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(file, "w") as out:
            out.writelines(line.text() + "\n" for line in kept)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path())
        return len(known) - len(kept)
