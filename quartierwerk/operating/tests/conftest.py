import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings as django_settings
from django.test import override_settings
from psycopg import sql

from quartierwerk import testing
from quartierwerk.directory.tests import factories
from quartierwerk.operating.backups import making
from quartierwerk.tenants import scope


@dataclass
class Installation:
    """One with a folder and a database of its own, in this process and in others."""

    database: str
    folder: Path
    cast: testing.Cast

    def environment(self, **more: str) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "TEST_DATABASE_NAME": self.database,
            "TEST_VAR": str(self.folder),
            **more,
        }

    def start(self, *words: str, **more: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", "quartierwerk", *words],
            cwd=django_settings.ROOT,
            env=self.environment(**more),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess:
        process = self.start(*words, **more)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def rows(self, *, but: tuple[str, ...] = ()) -> dict[str, list[str]]:
        """Everything in the database, as the owner sees it: table → rows as text."""
        with psycopg.connect(django_settings.SERVER.url("owner", self.database)) as connection:
            tables = connection.execute(
                "select tablename from pg_tables where schemaname = 'public' order by 1"
            ).fetchall()
            return {
                table: [
                    row[0]
                    for row in connection.execute(
                        sql.SQL("select to_jsonb(t)::text from {} t order by 1").format(sql.Identifier(table))
                    )
                ]
                for (table,) in tables
                if table not in but
            }

    def databases(self) -> set[str]:
        with psycopg.connect(django_settings.SERVER.superuser_url) as connection:
            found = connection.execute("select datname from pg_database").fetchall()
        return {name for (name,) in found if self.database in name}


@contextmanager
def installed(database: str, folder: Path) -> Iterator[Installation]:
    """What every installation of these tests begins with; whatever else it makes on the server goes with it."""
    uploads = folder / "var" / "uploads"
    uploads.mkdir(parents=True)
    with override_settings(VAR=folder / "var", MEDIA_ROOT=uploads):
        there = Installation(database, folder / "var", testing.cast())
        with there.cast.in_town():
            for number in range(5):
                factories.contact(f"Kontakt{number}")
        with scope.entered(scope.staff(there.cast.other)):
            factories.offer("Nachbarschaftscafé")
        yield there
    with psycopg.connect(django_settings.SERVER.superuser_url, autocommit=True) as connection:
        for name in there.databases() - {database}:
            connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture
def installation(own_database, tmp_path):
    with installed(own_database, tmp_path) as there:
        yield there


@pytest.fixture
def backup(installation, tmp_path):
    def make(key: str = ""):
        file = tmp_path / "backup"
        making.make(file, key=key)
        return file

    return make
