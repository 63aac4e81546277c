"""`quartierwerk backup`: written under another name, read back, and only then put in its place."""

import fcntl
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

import psycopg
from django.conf import settings

from quartierwerk import VERSION
from quartierwerk.cli import Refused

from . import archive, known, places, stream
from .archive import Manifest

Told = Callable[[int], None]


def make(path: Path, *, key: str, told: Told = lambda done: None) -> Manifest:
    """Write a backup and prove it readable. Whatever happens, `path` holds the old file or a whole new one."""
    if key and len(key) < stream.SHORTEST_KEY:
        raise Refused(
            f"BACKUP_KEY is too short: at least {stream.SHORTEST_KEY} characters, best drawn at random."
        )
    _refuse_foreign(path)
    with _part(path) as (part, file):
        try:
            _write(file, key, told)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            manifest = check(file, key)
        except stream.Unreadable as fault:
            raise Refused(f"The backup could not be read back, so it was not kept. {fault}") from None
        part.replace(path)
        _sync_folder(path.parent)
    known.note(path, manifest, sealed=bool(key))
    return manifest


def check(file: BinaryIO, key: str, told: Told = lambda done: None) -> Manifest:
    """Read all of it: order, end and checksums, and that PostgreSQL knows the dump. Raises Unreadable."""
    with _Listing() as listing:
        manifest = archive.read(file, key, listing, told)
    if listing.returncode:
        raise stream.Unreadable("The database in the backup cannot be read by this version of PostgreSQL.")
    return manifest


class _Listing(archive.Receiver):
    """`pg_restore --list` reads the dump's table of contents and stops listening."""

    def __enter__(self) -> "_Listing":
        self.process = subprocess.Popen(
            [places.program("pg_restore", _major()), "--list"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return self

    def dump(self, part: bytes) -> None:
        if self.process.stdin and not self.process.stdin.closed:
            try:
                self.process.stdin.write(part)
            except BrokenPipeError:
                self._close()

    def __exit__(self, *exception: object) -> None:
        self._close()
        self.returncode = self.process.wait()

    def _close(self) -> None:
        if self.process.stdin:
            with suppress(BrokenPipeError):
                self.process.stdin.close()


def _major() -> int:
    with psycopg.connect(places.owner_url()) as connection:
        return connection.info.server_version // 10000


def _write(file: BinaryIO, key: str, told: Told) -> None:
    manifest = Manifest(version=VERSION)
    with psycopg.connect(places.owner_url()) as connection:
        # Counts and dump from one snapshot, whatever is written meanwhile.
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        snapshot = str(connection.execute("select pg_export_snapshot()").fetchone()[0])  # type: ignore[index]
        manifest.made_at = datetime.now(UTC).isoformat(timespec="seconds")
        manifest.server = connection.info.parameter_status("server_version") or ""
        manifest.tables = places.count_rows(connection)
        done = connection.execute("select app, name from django_migrations order by app, name").fetchall()
        manifest.migrations = [list(row) for row in done]
        with _dump(snapshot, connection.info.server_version // 10000) as dump:
            archive.write(stream.Writer(file, key), dump, Path(settings.MEDIA_ROOT), manifest, told)


@contextmanager
def _dump(snapshot: str, major: int) -> Iterator[BinaryIO]:
    dump = places.program("pg_dump", major)
    command = [dump, "--format=custom", "--no-owner", f"--snapshot={snapshot}"]
    # The place it is restored to has those it needs; one that is merely there here may be missing there.
    if "--exclude-extension" in subprocess.run([dump, "--help"], capture_output=True, text=True).stdout:
        command.append("--exclude-extension=*")
    dumping = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=places.surroundings(places.owner_url()),
    )
    output, errors = cast(BinaryIO, dumping.stdout), cast(BinaryIO, dumping.stderr)
    words: list[bytes] = []
    # Read beside the dump: a full pipe of complaints would stop it.
    listening = threading.Thread(target=lambda: words.append(errors.read()), daemon=True)
    listening.start()
    try:
        yield _Ending(output, dumping, listening, words)  # type: ignore[misc]
    finally:
        dumping.kill()
        dumping.wait()


class _Ending:
    """The dump's bytes; a dump that failed ends in a refusal instead of looking complete."""

    def __init__(self, file, process, listening, words) -> None:
        self.file, self.process, self.listening, self.words = file, process, listening, words

    def read(self, size: int) -> bytes:
        part: bytes = self.file.read(size)
        if not part and self.process.wait():
            self.listening.join(5)
            raise Refused(f"Nothing was backed up. {places.complaint(self.process, b''.join(self.words))}")
        return part


def _refuse_foreign(path: Path) -> None:
    if not path.parent.is_dir():
        raise Refused(f"There is no folder {path.parent}. Make it first.")
    if path.is_dir():
        raise Refused(f"{path} is a folder. Name the file to write.")
    if path.exists() and path.stat().st_size:
        with path.open("rb") as file:
            if file.read(len(stream.MAGIC)) != stream.MAGIC:
                raise Refused(f"{path} exists and is no backup. Choose another name.")


@contextmanager
def _part(path: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """The file under its temporary name; what a killed run left there is written over."""
    part = path.with_name(f".{path.name}.part")
    try:
        file = os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "r+b")
    except OSError as fault:
        raise Refused(f"{path.parent} cannot be written: {fault.strerror}.") from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            ours, there = os.fstat(file.fileno()), os.stat(part)
        except (BlockingIOError, FileNotFoundError):
            there = None
        if there is None or ours.st_ino != there.st_ino:  # the other one has just put it in its place
            raise Refused(f"Another backup writes to {path} at this moment.")
        os.fchmod(file.fileno(), 0o600)
        file.truncate()
        try:
            yield part, file
        except BaseException as fault:
            part.unlink(missing_ok=True)
            if isinstance(fault, OSError):
                raise Refused(
                    f"The backup could not be written: {fault.strerror}. Nothing was kept."
                ) from None
            raise


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
