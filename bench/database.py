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
