import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from config import postgres
from quartierwerk import testing_database

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[postgres.Server]:
    """Never the server on which these tests run: they count databases."""
    box = postgres.ensure(tmp_path_factory.mktemp("databases") / "box", fast=True)
    yield box
    box.stop()


class Builder:
    def __init__(self, server: postgres.Server) -> None:
        self.server, self.built = server, 0

    def __call__(self, database: str) -> None:
        self.built += 1
        with psycopg.connect(self.server.url("owner", database)) as owner:
            owner.execute("create table words (word text)")
            owner.execute("insert into words values ('one')")


def databases(server: postgres.Server, prefix: str) -> list[str]:
    with psycopg.connect(server.url("superuser", "postgres")) as connection:
        return [
            name
            for (name,) in connection.execute("select datname from pg_database order by 1")
            if name.startswith(prefix)
        ]


def test_template_is_built_once_and_each_clone_is_its_own(server):
    build = Builder(server)
    with ExitStack() as stack:
        names = [
            stack.enter_context(testing_database.clone(server, "a", build, worker=f"gw{n}"))
            for n in (0, 0, 1)
        ]
        assert len(set(names)) == 3
        with psycopg.connect(server.url("app", names[0])) as app:
            app.execute("delete from words")
        with psycopg.connect(server.url("app", names[1])) as app:
            assert app.execute("select word from words").fetchall() == [("one",)]
    assert build.built == 1
    assert databases(server, testing_database.CLONE) == []


def test_emptying_takes_every_row_but_what_migrations_left(server):
    def build(database: str) -> None:
        with psycopg.connect(server.url("owner", database)) as owner:
            owner.execute(
                """create table django_migrations (name text); insert into django_migrations values ('first');
                create table towns (name text primary key); alter table towns enable row level security;
                create table streets (town text references towns); create table "Never filled" (name text)"""
            )

    with testing_database.clone(server, "h", build) as name:
        for _ in range(2):
            with psycopg.connect(server.url("owner", name)) as owner:
                owner.execute(
                    "insert into towns values ('Musterstadt'); insert into streets values ('Musterstadt')"
                )
            testing_database.empty(server.url("superuser", name))
            with psycopg.connect(server.url("owner", name)) as owner:
                left = [
                    owner.execute(f"select count(*) from {table}").fetchone()[0]
                    for table in ("towns", "streets")
                ]
                assert left == [0, 0]
                assert owner.execute("select name from django_migrations").fetchall() == [("first",)]


def test_nothing_to_empty_is_no_fault(server):
    with testing_database.clone(server, "i", lambda name: None) as name:
        testing_database.empty(server.url("superuser", name))


def test_changed_migrations_replace_the_template(server):
    build = Builder(server)
    for key in ("b", "c", "c"):
        with testing_database.clone(server, key, build):
            pass
    assert build.built == 2
    assert len(databases(server, testing_database.TEMPLATE)) == 1


def test_failed_build_leaves_no_template(server):
    def breaks(database: str) -> None:
        raise ValueError("migration is broken")

    with pytest.raises(ValueError, match="broken"), testing_database.clone(server, "d", breaks):
        pass
    build = Builder(server)
    with testing_database.clone(server, "d", build):
        assert build.built == 1
    assert databases(server, testing_database.UNFINISHED) == []


def test_open_connections_do_not_keep_a_clone_alive(server):
    with testing_database.clone(server, "e", Builder(server)) as name:
        forgotten = psycopg.connect(server.url("app", name))
    assert databases(server, testing_database.CLONE) == []
    forgotten.close()


def test_clone_of_a_killed_run_is_dropped_by_the_next_one_and_of_a_living_one_not(server):
    code = (
        "from pathlib import Path; from config import postgres; from quartierwerk import testing_database as t\n"
        f"server = postgres.ensure(Path({str(server.folder)!r}), fast=True)\n"
        "with t.clone(server, 'f', lambda name: None) as name:\n    print(name, flush=True)\n    input()\n"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": PROJECT}
    killed, living = (subprocess.Popen([sys.executable, "-c", code], **pipes) for _ in range(2))
    dead_name, living_name = killed.stdout.readline().strip(), living.stdout.readline().strip()
    killed.kill()
    killed.wait()
    with testing_database.clone(server, "f", lambda name: None) as mine:
        assert set(databases(server, testing_database.CLONE)) == {mine, living_name}
        assert dead_name != living_name
    living.communicate("\n", timeout=30)
    assert databases(server, testing_database.CLONE) == []


def test_installed_server_is_used_when_named(server, monkeypatch, tmp_path):
    monkeypatch.setenv("TEST_DATABASE_URL", server.superuser_url)
    other = testing_database.server(tmp_path / "unused")
    with (
        testing_database.clone(other, "g", Builder(other)) as name,
        psycopg.connect(other.url("app", name)) as app,
    ):
        assert app.execute("select current_user, word from words").fetchone() == ("qw_app", "one")
    assert not (tmp_path / "unused").exists()
    postgres.prepare(server.superuser_url, postgres.DATABASE, server.passwords)
