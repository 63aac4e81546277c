"""Uploaded files during a restore. They have random names and are never changed, so those of both states may lie side by side.

Missing ones are added before the databases are exchanged and superfluous ones put aside afterwards: at no moment does a row
lack its file.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.conf import settings

from .archive import files_below


def _root() -> Path:
    return Path(settings.MEDIA_ROOT)


def _sibling(word: str) -> Path:
    return _root().with_name(f"{_root().name}.{word}")


@contextmanager
def beside() -> Iterator[Path]:
    """An empty folder on the same disk, gone afterwards; also what a killed restore left in it."""
    folder = _sibling("restoring")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def store(folder: Path, name: PurePosixPath, file: BinaryIO) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as target:
        shutil.copyfileobj(file, target)
        target.flush()
        os.fsync(target.fileno())


def add_missing(folder: Path) -> None:
    for path, name in files_below(folder):
        place = _root() / name
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, place)


def exchange(folder: Path) -> None:
    """Afterwards exactly the restored files are there; others lie in `uploads.replaced` until the next restore."""
    aside = _sibling("replaced")
    shutil.rmtree(aside, ignore_errors=True)
    for path, name in files_below(_root()):
        restored = folder / name
        if restored.exists() and restored.samefile(path):
            continue
        kept = aside / name
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.rename(kept)
        if restored.exists():
            os.link(restored, path)
