"""Databases of their own for the benchmarks, gone when they end.

`migrated()` is ours with all tables and nothing in them, `empty()` is a bare one for peers.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BOX = Path(__file__).parent.parent / "var" / "bench-postgres"


@contextmanager
def migrated() -> Iterator[str]:
    """Set Django up and give it a migrated database on the tests' server. Yields its name, for other processes.

    Models and settings can be imported inside of it only.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections

    import conftest
    from quartierwerk import testing_database

    key = conftest._state_of_migrations()
    with testing_database.clone(settings.SERVER, key, conftest._migrate, worker="bench") as name:
        connections["default"].settings_dict["NAME"] = name
        try:
            yield name
        finally:
            connections.close_all()


def analyze() -> None:
    """Let the planner know how much there is, as a server in use does by itself; that of the tests does not.

    As its owner: the application's role may not, and PostgreSQL only warns.
    """
    import psycopg
    from django.conf import settings
    from django.db import connection
    from psycopg.conninfo import make_conninfo

    name = connection.settings_dict["NAME"]
    with psycopg.connect(make_conninfo(settings.SERVER.superuser_url, dbname=name), autocommit=True) as owner:
        owner.execute("vacuum analyze")


@contextmanager
def empty() -> Iterator[str]:
    """An empty database in a PostgreSQL of the benchmarks. Yields its address, as superuser."""
    import psycopg
    from psycopg import sql

    from config import postgres

    box = postgres.ensure(BOX)
    box.hold()
    name = f"bench_{secrets.token_hex(4)}"
    quoted = sql.Identifier(name)
    with psycopg.connect(box.superuser_url, autocommit=True) as connection:
        connection.execute(sql.SQL("create database {} encoding 'UTF8' template template0").format(quoted))
    try:
        yield box.url("superuser", name)
    finally:
        with psycopg.connect(box.superuser_url, autocommit=True) as connection:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(quoted))
