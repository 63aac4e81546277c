"""`quartierwerk restore`: everything is done in a new database beside the running one, which is exchanged at the very end.

Until that one transaction a failure, or a kill, leaves what runs as it is. Erasures done since the backup are repeated
in the new database before the exchange, hence before anyone can sign in to it; so are migrations and the look at the walls.
"""

import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID

import psycopg
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import checks
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from config import postgres
from quartierwerk.cli import Refused
from quartierwerk.privacy import erasing, ledger
from quartierwerk.search import keeping
from quartierwerk.tenants.checks import walls_stand

from . import archive, making, places, stream, uploads
from .archive import Manifest

Told = Callable[[int], None]
TRIES = 10  # each waits five seconds for those who came in between


@dataclass(frozen=True)
class Restored:
    manifest: Manifest
    database: str  # where it lies now
    replaced: str  # what the database that ran before is called now; empty where none was exchanged
    erasures: int


def restore(path: Path, *, key: str, into: str = "", told: Told = lambda done: None) -> Restored:
    """Bring a backup back; `into` leaves it in a database of that name, beside the running one. Raises Refused."""
    manifest = verified(path, key, told)
    _refuse_newer(manifest)
    running = places.name_of_running()
    if into == running:
        raise Refused(f"{into} is the running database. Leave --into away to replace it.")
    target = into or f"restoring_{running}"[:63]
    with (
        _administrator(running) as server,
        _new_database(server, target, kept=bool(into)),
        uploads.beside() as folder,
        path.open("rb") as file,
    ):
        _fill(target, file, key, folder, manifest, told)
        with places.pointed_at(target, as_owner=True):
            call_command("migrate", verbosity=0, interactive=False)
        with places.pointed_at(target):
            _refuse_fallen_walls()
            erasures = _make_fit()
        with psycopg.connect(places.owner_url(target), autocommit=True) as connection:
            connection.execute("analyze")
        if into:
            return Restored(manifest, into, "", len(erasures))
        uploads.add_missing(folder)
        keeping.index().forget()
        # All this took its time, and people went on erasing in the running database.
        with ledger.locked():
            with places.pointed_at(target):
                erasures |= _repeat_erasures(after=erasures)
            replaced = _exchange(server, running, target)
        uploads.exchange(folder)
        keeping.index().forget()  # the worker may have built one from the old database meanwhile
    return Restored(manifest, running, replaced, len(erasures))


def verified(path: Path, key: str, told: Told = lambda done: None) -> Manifest:
    """Read the whole backup before anything is touched."""
    try:
        with path.open("rb") as file:
            return making.check(file, key, told)
    except stream.Unreadable as fault:
        raise Refused(f"{path}: {fault}") from None
    except OSError as fault:
        raise Refused(f"{path} cannot be read: {fault.strerror}.") from None


def _refuse_newer(manifest: Manifest) -> None:
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations or ())
    unknown = [tuple(step) for step in manifest.migrations if tuple(step) not in known]
    if unknown:
        raise Refused(
            f"This backup was made by a newer version ({manifest.version}): it knows {len(unknown)} changes of the"
            " database that this one does not. Update Quartierwerk first."
        )


@contextmanager
def _administrator(running: str) -> Iterator[psycopg.Connection]:
    """Who may make databases, outside of them all; one restore at a time, the kernel ends the lock with the process."""
    address = places.admin_url()
    if not address:
        raise Refused(
            "Restoring makes a new database and exchanges it for the running one, which only the server's"
            " administrator may do: set DATABASE_ADMIN_URL for this command (docs/operating.md)."
        )
    try:
        server = psycopg.connect(address, autocommit=True)
    except psycopg.Error as fault:
        raise Refused(f"DATABASE_ADMIN_URL leads nowhere: {_words(fault)}") from None
    with server:
        lock = "select pg_try_advisory_lock(hashtextextended(%s, 0))"
        if server.execute(lock, [f"quartierwerk restore {running}"]).fetchone() != (True,):
            raise Refused("Another restore runs at this moment.")
        yield server


@contextmanager
def _new_database(server: psycopg.Connection, target: str, *, kept: bool) -> Iterator[None]:
    """An empty database with extensions and grants; dropped when the restore fails."""
    there = server.execute("select 1 from pg_database where datname = %s", [target]).fetchone()
    if there and kept:
        raise Refused(f"A database {target} exists already. Name another with --into.")
    roles = list(postgres.ROLES.values())
    found = server.execute("select count(*) from pg_roles where rolname = any(%s)", [roles]).fetchone()
    if found != (len(roles),):
        raise Refused(f"The server lacks roles: make {', '.join(roles)} as docs/operating.md tells.")
    try:
        _drop(server, target)  # of a restore that was killed
        postgres.prepare_database(places.admin_url(), target)
    except psycopg.Error as fault:
        raise Refused(f"No new database could be made: {_words(fault)}") from None
    try:
        yield
    except BaseException:
        _drop(server, target)
        raise


def _drop(connection: psycopg.Connection, database: str) -> None:
    connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(database)))


def _words(fault: psycopg.Error) -> str:
    return (fault.diag.message_primary or str(fault)).splitlines()[0]


# Servers before this version do not know a setting that newer `pg_restore` begins with.
TAKES_ALL = 17
UNKNOWN = b"SET transaction_timeout = 0;\n"
PREAMBLE = 100  # lines in which it stands; beyond are rows


class _Filling(archive.Receiver):
    """The dump into `pg_restore`, the uploads into a folder beside the real one."""

    def __init__(self, target: str, folder: Path, major: int) -> None:
        self.folder, self.words = folder, tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        # Extensions belong to the administrator, and only an owner may comment.
        command = [places.program("pg_restore", major), "--exit-on-error", "--no-owner", "--no-comments"]
        direct = major >= TAKES_ALL
        command += ["--single-transaction", f"--dbname={target}"] if direct else ["--file=-"]
        there = places.surroundings(places.owner_url(target))
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL if direct else subprocess.PIPE,
            stderr=self.words,
            env=there,
        )
        self.pipe = cast(BinaryIO, self.process.stdin)
        self.processes = [self.process]
        if not direct:
            psql = [places.program("psql", major), "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1"]
            storing = subprocess.Popen(
                psql, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=self.words, env=there
            )
            self.processes.append(storing)
            self.passing = threading.Thread(
                target=_pass_on, args=(self.process.stdout, storing.stdin), daemon=True
            )
            self.passing.start()

    def dump(self, part: bytes) -> None:
        try:
            self.pipe.write(part)
        except BrokenPipeError:
            self.finish()

    def upload(self, name, file) -> None:
        uploads.store(self.folder, name, file)

    def finish(self) -> None:
        with suppress(BrokenPipeError):
            self.pipe.close()
        # The storing one first: its failure is what breaks the other's pipe.
        for process in reversed(self.processes):
            if process.wait():
                self.words.seek(0)
                raise Refused(f"Nothing was changed. {places.complaint(process, self.words.read())}")

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
        self.words.close()


def _pass_on(lines: BinaryIO, into: BinaryIO) -> None:
    with lines, suppress(BrokenPipeError), into:
        for number, line in enumerate(lines):
            if number > PREAMBLE or line != UNKNOWN:
                into.write(line)
            if number > PREAMBLE:
                break
        shutil.copyfileobj(lines, into, 1 << 20)


def _fill(target: str, file: BinaryIO, key: str, folder: Path, manifest: Manifest, told: Told) -> None:
    with psycopg.connect(places.owner_url(target)) as connection:
        major = connection.info.server_version // 10000
    filling = _Filling(target, folder, major)
    try:
        if archive.read(file, key, filling, told) != manifest:
            raise Refused("The backup was exchanged while it was read. Nothing was changed.")
        filling.finish()
    except stream.Unreadable as fault:
        raise Refused(f"Nothing was changed. {fault}") from None
    finally:
        filling.stop()
    with psycopg.connect(places.owner_url(target)) as connection:
        found = places.count_rows(connection)
    if found != manifest.tables:
        wrong = sorted(set(found.items()) ^ set(manifest.tables.items()))
        raise Refused(
            f"Nothing was changed. {wrong[0][0]} came back with another number of rows than it had in the backup."
        )


def _refuse_fallen_walls() -> None:
    faults = [
        message for message in walls_stand(None, databases=["default"]) if message.level >= checks.ERROR
    ]
    if faults:
        raise Refused(f"Nothing was changed. {faults[0].msg}")


def _make_fit() -> frozenset[UUID]:
    """Who was signed in then is signed out, and who was erased since is erased again. Returns those erasures."""
    # A session ended since, or a stolen one, must not come back to life.
    Session.objects.all().delete()
    UserSession.objects.all().delete()
    return _repeat_erasures()


def _repeat_erasures(after: frozenset[UUID] = frozenset()) -> frozenset[UUID]:
    try:
        return erasing.repeat_after_restore(after=after)
    except ledger.Damaged as damage:
        raise Refused(f"Nothing was changed. {damage}") from None


def _exchange(server: psycopg.Connection, running: str, target: str) -> str:
    """Both names in one transaction: at no moment is there no database, or half of one."""
    replaced = f"replaced_{running}"[:63]
    old, aside, new = (sql.Identifier(name) for name in (running, replaced, target))
    _drop(server, replaced)
    for _ in range(TRIES):
        # Whoever reconnects after this waits for the lock that the renaming takes, unless it came before it.
        server.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = any(%s)",
            [[running, target]],
        )
        with suppress(psycopg.errors.ObjectInUse), server.transaction():
            server.execute(sql.SQL("alter database {} rename to {}").format(old, aside))
            server.execute(sql.SQL("alter database {} rename to {}").format(new, old))
            return replaced
    raise Refused(
        "Nothing was changed: the running database did not come to rest. Stop the server and try again."
    )
