"""The databases a backup comes from and goes to, and PostgreSQL's own programs.

`pg_dump` is that of the server's own version where it is installed, so that any newer program reads the result; all others
are the wheel's, which read what every older version wrote.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import pq, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from config import env, postgres
from quartierwerk.cli import Refused

ALIASES = ("default", "keeper")


def name_of_running() -> str:
    return str(connections["default"].settings_dict["NAME"])


def owner_url(database: str = "") -> str:
    if not settings.DATABASE_OWNER_URL:
        raise Refused("Set DATABASE_OWNER_URL for this command: only the tables' owner reads all of them.")
    return _with(settings.DATABASE_OWNER_URL, database or name_of_running())


def admin_url() -> str:
    """The role that may make databases and extensions, in a database that is not exchanged; empty where none is known."""
    if not settings.DATABASE_ADMIN_URL:
        return ""
    named = conninfo_to_dict(settings.DATABASE_ADMIN_URL).get("dbname")
    return _with(
        settings.DATABASE_ADMIN_URL, "postgres" if named in (None, name_of_running()) else str(named)
    )


def _with(url: str, database: str) -> str:
    return make_conninfo(url, dbname=database)


@contextmanager
def pointed_at(database: str, *, as_owner: bool = False) -> Iterator[None]:
    """Everything in this process works on another database, as its owner if wished."""
    before = {alias: dict(connections[alias].settings_dict) for alias in ALIASES}
    mark = os.environ.get("QUARTIERWERK_AS_OWNER")
    try:
        for alias in ALIASES:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = database
        if as_owner:
            connections["default"].settings_dict.update(
                env.database(_address(owner_url(database)), "DATABASE_OWNER_URL")
            )
            os.environ["QUARTIERWERK_AS_OWNER"] = "1"
        yield
    finally:
        if mark is None:
            os.environ.pop("QUARTIERWERK_AS_OWNER", None)
        for alias in ALIASES:
            connections[alias].close()
            connections[alias].settings_dict.clear()
            connections[alias].settings_dict.update(before[alias])


def _address(conninfo: str) -> str:
    parts = {name: str(value) for name, value in conninfo_to_dict(conninfo).items()}
    words = "&".join(f"{name}={quote(value, safe='')}" for name, value in parts.items())
    return f"postgresql://?{words}"


def program(name: str, major: int) -> str:
    """A program of PostgreSQL, for a server of this version."""
    own = [Path(f"/usr/lib/postgresql/{major}/bin") / name, Path(f"/usr/pgsql-{major}/bin") / name]
    try:
        embedded = [postgres.binary(name)]
    except postgres.PostgresError:
        embedded = []
    for path in own + embedded if name == "pg_dump" else embedded + own:
        if path.exists():
            return str(path)
    if found := shutil.which(name):
        return found
    raise Refused(f"{name} is missing. Install PostgreSQL's client programs of version {major} or newer.")


def surroundings(conninfo: str) -> dict[str, str]:
    """Environment that leads a program of PostgreSQL there: a password on the command line can be seen by all."""
    variables = {
        option.keyword.decode(): option.envvar.decode()
        for option in pq.Conninfo.get_defaults()
        if option.envvar
    }
    told = {
        variables[name]: str(value) for name, value in conninfo_to_dict(conninfo).items() if name in variables
    }
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LC_ALL": "C.UTF-8",
        "PGCONNECT_TIMEOUT": "10",
        **told,
    }


def complaint(program: subprocess.Popen, words: bytes) -> str:
    """The first line that a failed program of PostgreSQL printed."""
    name = Path(str(program.args[0])).name  # type: ignore[index]
    lines = [line for line in words.decode(errors="replace").splitlines() if "error" in line.lower()] or [""]
    return f"{name} ended with {program.returncode}: {lines[0].removeprefix(name + ': ')}"


def count_rows(connection: psycopg.Connection) -> dict[str, int]:
    """Table → rows, of all tables of our own."""
    tables = connection.execute(
        "select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where c.relkind = 'r' and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'"
        " and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e') order by 1, 2"
    ).fetchall()
    found = {}
    for schema, table in tables:
        row = connection.execute(
            sql.SQL("select count(*) from {}").format(sql.Identifier(schema, table))
        ).fetchone()
        found[table if schema == "public" else f"{schema}.{table}"] = int(row[0]) if row else 0
    return found
