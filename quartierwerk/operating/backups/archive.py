"""The inside of a backup: a tar stream with the database's dump in parts, the uploads, and the manifest at its end.

The dump goes straight from `pg_dump` into the (encrypted) file: its size is known only afterwards, hence the parts,
and nothing of it lies on the disk in the clear.
"""

import hashlib
import io
import json
import stat
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from . import stream
from .stream import Unreadable

PART = 8 << 20
DATABASE, UPLOADS, MANIFEST = "database", "uploads", "manifest.json"
LARGEST_MANIFEST = 16 << 20
FORMAT = 1


@dataclass
class Manifest:
    """What a backup says of itself; proven by the stream around it."""

    made_at: str = ""  # ISO, UTC: when the snapshot was taken
    version: str = ""
    server: str = ""
    migrations: list[list[str]] = field(default_factory=list)  # [app, name]
    tables: dict[str, int] = field(default_factory=dict)  # table → rows in the snapshot
    dump_bytes: int = 0
    dump_sha256: str = ""
    files: int = 0
    file_bytes: int = 0
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(self.tables.values())


def write(
    target: stream.Writer,
    dump: BinaryIO,
    uploads: Path,
    manifest: Manifest,
    told: Callable[[int], None] = lambda done: None,
) -> None:
    """Fill the stream; completes the manifest. `told` learns how many bytes were taken so far."""
    checksum, done = hashlib.sha256(), 0
    with tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        number = 0
        while part := dump.read(PART):
            checksum.update(part)
            tar.addfile(_entry(f"{DATABASE}/{number:08}", len(part)), io.BytesIO(part))
            number, done = number + 1, done + len(part)
            told(done)
        manifest.dump_bytes, manifest.dump_sha256 = done, checksum.hexdigest()
        for path, name in files_below(uploads):
            try:
                file = path.open("rb")
            except FileNotFoundError:
                continue  # erased since the snapshot, so it should be gone
            with file:
                size = path.stat().st_size
                tar.addfile(_entry(f"{UPLOADS}/{name}", size), file)
            manifest.files, manifest.file_bytes = manifest.files + 1, manifest.file_bytes + size
            done += size
            told(done)
        text = json.dumps(asdict(manifest)).encode()
        tar.addfile(_entry(MANIFEST, len(text)), io.BytesIO(text))
    target.finish()


def files_below(folder: Path) -> Iterator[tuple[Path, str]]:
    """Ordinary files with their name below the folder; links and other special files are no uploads."""
    for path in sorted(folder.rglob("*")):
        if stat.S_ISREG(path.lstat().st_mode):
            yield path, path.relative_to(folder).as_posix()


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


class Receiver:
    """What becomes of the parts while a backup is read."""

    def dump(self, part: bytes) -> None: ...

    def upload(self, name: PurePosixPath, file: BinaryIO) -> None:
        while file.read(1 << 20):
            pass


def read(
    file: BinaryIO, key: str, receiver: Receiver, told: Callable[[int], None] = lambda done: None
) -> Manifest:
    """Give all parts to the receiver, in order. Raises Unreadable, at the latest at the end."""
    source = stream.Reader(file, key)
    checksum, dump_bytes, files, file_bytes = hashlib.sha256(), 0, 0, 0
    manifest: Manifest | None = None
    try:
        with tarfile.open(fileobj=source, mode="r|") as tar:
            for entry in tar:
                contents = tar.extractfile(entry)
                if contents is None or manifest is not None:
                    raise Unreadable(stream.DAMAGED)
                kind, _slash, name = entry.name.partition("/")
                if kind == DATABASE:
                    part = contents.read()
                    checksum.update(part)
                    dump_bytes += len(part)
                    receiver.dump(part)
                elif kind == UPLOADS:
                    receiver.upload(_safe(name), contents)  # type: ignore[arg-type]
                    files, file_bytes = files + 1, file_bytes + entry.size
                elif entry.name == MANIFEST and entry.size <= LARGEST_MANIFEST:
                    manifest = _manifest(contents.read())
                else:
                    raise Unreadable(stream.DAMAGED)
                told(file.tell())
        while source.read(stream.CHUNK):
            pass
    except tarfile.TarError:
        raise Unreadable(stream.DAMAGED) from None
    if manifest is None:
        raise Unreadable(stream.CUT_OFF)
    found = (checksum.hexdigest(), dump_bytes, files, file_bytes)
    if found != (manifest.dump_sha256, manifest.dump_bytes, manifest.files, manifest.file_bytes):
        raise Unreadable(stream.DAMAGED)
    return manifest


def _safe(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if not name or path.is_absolute() or ".." in path.parts:
        raise Unreadable(stream.DAMAGED)
    return path


def _manifest(text: bytes) -> Manifest:
    try:
        values: dict[str, Any] = json.loads(text)
        if values["format"] != FORMAT:
            raise Unreadable("This backup was made by a newer version of Quartierwerk. Update first.")
        return Manifest(**values)
    except (ValueError, KeyError, TypeError):
        raise Unreadable(stream.DAMAGED) from None
