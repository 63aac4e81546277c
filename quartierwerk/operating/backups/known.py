"""Which backups this installation made: time, place and size, so that `doctor` can tell how old the newest is."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from .archive import Manifest

KEPT = 200


@dataclass(frozen=True)
class Known:
    made_at: str
    path: str
    size: int
    sealed: bool

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


def _place() -> Path:
    return Path(settings.VAR) / "backups.json"


def all_known() -> list[Known]:
    """Oldest first; those that were replaced or deleted are left out only where a newer one has their name."""
    try:
        return [Known(**entry) for entry in json.loads(_place().read_text())]
    except (FileNotFoundError, ValueError, TypeError):
        return []


def note(path: Path, manifest: Manifest, *, sealed: bool) -> None:
    full = str(path.resolve())
    entries = [entry for entry in all_known() if entry.path != full]
    entries.append(Known(manifest.made_at, full, path.stat().st_size, sealed))
    new = _place().with_suffix(".new")
    new.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump([asdict(entry) for entry in entries[-KEPT:]], file)
    new.replace(_place())
