"""Databases for tests: one template per state of the migrations, and a copy of it for every run and worker.

Several people and machines may test on one server at once; what a killed run left behind the next one removes.
"""

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from config import postgres

# What migrations leave behind, and every test may count on.
KEPT = ("django_migrations", "django_content_type", "auth_permission")
TEMPLATE, UNFINISHED, CLONE = "qw_template_", "qw_unfinished_", "qw_clone_"


def server(folder: Path) -> postgres.Server:
    """The server that TEST_DATABASE_URL names (as superuser, PostgreSQL 15 or newer), else the embedded one.

    The embedded one stops when the last test run on it ends.
    """
    if url := os.environ.get("TEST_DATABASE_URL"):
        return postgres.installed(url)
    box = postgres.ensure(folder, fast=True)
    box.hold()
    return box


@contextmanager
def clone(
    server: postgres.Server, key: str, build: Callable[[str], None], *, worker: str = ""
) -> Iterator[str]:
    """A fresh database of one's own, dropped at the end; yields its name.

    key     names the state of all migrations; the template is built anew when it changes
    build   fills an empty, prepared database of the given name as its owner, and leaves no connection open
    worker  the xdist worker, to recognise its database; several runs may use the same
    """
    name = f"{CLONE}{worker or 'main'}_{secrets.token_hex(4)}"
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        # Held by this connection, so it is free again however this process ends: the name's lock marks it as used.
        with _lock(connection, "quartierwerk templates"):
            _lock_for_life(connection, name)
            _drop_what_nobody_uses(connection)
            template = _template(connection, server, key, build)
            _copy(connection, template, name)
        try:
            yield name
        finally:
            if connection.closed or connection.broken:  # a test may have restarted the server
                with psycopg.connect(server.superuser_url, autocommit=True) as again:
                    _drop(again, name)
            else:
                _drop(connection, name)


def empty(superuser_url: str) -> None:
    """Delete the rows that tests committed, from all tables, whether models know them or not.

    Deleting from the few tables that hold any is far cheaper than truncating hundreds, each with its indexes' files.
    """
    with psycopg.connect(superuser_url) as connection:
        # No trigger fires and no foreign key is asked.
        connection.execute("set session_replication_role = replica")
        written = connection.execute(
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
            " and pg_relation_size(oid) > 0 and relname <> all(%s)",
            [list(KEPT)],
        ).fetchall()
        deleting = [sql.SQL("delete from {}").format(sql.Identifier(table)) for (table,) in written]
        connection.execute(sql.SQL("; ").join(deleting))


def _template(
    connection: psycopg.Connection, server: postgres.Server, key: str, build: Callable[[str], None]
) -> str:
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    template, unfinished = TEMPLATE + digest, UNFINISHED + digest
    if template in _names(connection, TEMPLATE):
        return template
    for old in (*_names(connection, TEMPLATE), *_names(connection, UNFINISHED)):
        _drop(connection, old)
    postgres.prepare(server.superuser_url, unfinished, server.passwords)
    build(unfinished)
    # Renamed at the end, so that an interrupted build never looks finished.
    connection.execute(
        sql.SQL("alter database {} rename to {}").format(sql.Identifier(unfinished), sql.Identifier(template))
    )
    return template


def _copy(connection: psycopg.Connection, template: str, name: str) -> None:
    connection.execute(
        sql.SQL("create database {} owner qw_owner template {} strategy file_copy").format(
            sql.Identifier(name), sql.Identifier(template)
        )
    )


def _names(connection: psycopg.Connection, prefix: str) -> list[str]:
    found = connection.execute(
        "select datname from pg_database where starts_with(datname::text, %s)", [prefix]
    )
    return [row[0] for row in found]


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _drop_what_nobody_uses(connection: psycopg.Connection) -> None:
    for name in _names(connection, CLONE):
        free = connection.execute("select pg_try_advisory_lock(hashtextextended(%s, 0))", [name]).fetchone()
        if free == (True,):
            _drop(connection, name)
            connection.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", [name])


def _lock_for_life(connection: psycopg.Connection, name: str) -> None:
    connection.execute("select pg_advisory_lock(hashtextextended(%s, 0))", [name])


@contextmanager
def _lock(connection: psycopg.Connection, name: str) -> Iterator[None]:
    _lock_for_life(connection, name)
    try:
        yield
    finally:
        connection.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", [name])
