import os
import random
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from config import postgres

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[postgres.Box]:
    box = postgres.ensure(tmp_path_factory.mktemp("shared") / "box", fast=True)
    yield box
    box.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A place for a server that the test may kill; stopped whatever the test leaves behind."""
    yield tmp_path / "box"
    for started in tmp_path.rglob("start.lock"):
        postgres.Box("", {}, started.parent).stop()


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
        return row[0] if row else None


def server_number(box: postgres.Box) -> int:
    return int((box.folder / "data" / "postmaster.pid").read_text().split()[0])


def python(code: str, folder: Path) -> subprocess.Popen[str]:
    start = f"from pathlib import Path; from config import postgres; folder = Path({str(folder)!r})\n"
    return subprocess.Popen(
        [sys.executable, "-c", start + code],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_second_call_finds_the_running_server(box):
    before = server_number(box)
    again = postgres.ensure(box.folder, fast=True)
    assert (again, server_number(again)) == (box, before)


def test_data_survive_stop_and_start(folder):
    box = postgres.ensure(folder, fast=True)
    with psycopg.connect(box.url("owner")) as connection:
        connection.execute("create table kept as select 7 as number")
    box.stop()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(box.url("owner"))
    assert ask(postgres.ensure(folder, fast=True).url("app"), "select number from kept") == 7


def test_killed_server_is_started_again_though_its_files_remain(folder):
    box = postgres.ensure(folder, fast=True)
    os.kill(server_number(box), signal.SIGKILL)
    assert (folder / "data" / "postmaster.pid").exists()
    assert ask(postgres.ensure(folder, fast=True).url("app"), "select 1") == 1


def test_process_number_of_a_stranger_does_not_count_as_running(folder):
    box = postgres.ensure(folder, fast=True)
    box.stop()
    (folder / "data" / "postmaster.pid").write_text(
        f"{os.getpid()}\n{folder / 'data'}\n0\n5432\n\n\n0 0\nready\n"
    )
    assert ask(postgres.ensure(folder, fast=True).url("app"), "select 1") == 1


def test_four_first_starts_at_once_share_one_server(folder):
    code = "print(postgres.ensure(folder, fast=True).url('app'))"
    answers = [
        process.communicate(timeout=60)[0].strip() for process in [python(code, folder) for _ in range(4)]
    ]
    assert len(set(answers)) == 1
    assert ask(answers[0], "select current_user") == "qw_app"


def test_interrupted_first_start_is_begun_afresh(folder):
    (folder / "data.new").mkdir(parents=True)
    (folder / "data.new" / "PG_VERSION").write_text("18\n")
    assert ask(postgres.ensure(folder, fast=True).url("app"), "select 1") == 1


@pytest.mark.parametrize("name", ["l" * 150, "Straße, 'mit' Leerzeichen"])
def test_long_and_odd_paths_work(tmp_path, folder, name):
    box = postgres.ensure(tmp_path / name / "box", fast=True)
    assert ask(box.url("app"), "select current_database()") == "quartierwerk"


def test_socket_folder_of_somebody_else_is_refused(tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "run").symlink_to(elsewhere)
    with pytest.raises(postgres.PostgresError, match="remove it"):
        postgres.ensure(tmp_path / "box", fast=True)


def test_no_role_may_pass_the_wall(box):
    with psycopg.connect(box.url("superuser")) as connection:
        rows = connection.execute(
            "select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles"
            " where rolname like 'qw\\_%' order by rolname"
        ).fetchall()
    assert rows == [("qw_app", False), ("qw_keeper", False), ("qw_owner", False)]


def test_app_writes_but_owns_nothing_and_keeper_cannot_insert(box):
    with psycopg.connect(box.url("owner"), autocommit=True) as owner:
        owner.execute("create table walls (id bigint generated always as identity, word text)")
    for role, statement, allowed in [
        ("app", "insert into walls (word) values ('a')", True),
        ("app", "alter table walls add column more text", False),
        ("app", "create table own (id int)", False),
        ("app", "truncate walls", False),
        ("keeper", "insert into walls (word) values ('b')", False),
        ("keeper", "update walls set word = 'c'", True),
        ("keeper", "delete from walls", True),
    ]:
        with psycopg.connect(box.url(role)) as connection:
            if allowed:
                connection.execute(statement)
            else:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(statement)


def test_wrong_password_and_other_accounts_are_kept_out(box):
    url = box.url("app").replace(box.passwords["app"], "guess")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url)
    socket = Path(str(psycopg.conninfo.conninfo_to_dict(url)["host"]))
    assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    assert stat.S_IMODE((box.folder / "passwords.json").stat().st_mode) == 0o600


def test_extensions_and_letters_beyond_ascii_are_there(box):
    with psycopg.connect(box.url("app")) as connection:
        extensions = {row[0] for row in connection.execute("select extname from pg_extension")}
        assert extensions >= {"btree_gist", "pg_trgm", "unaccent", "citext", "vector"}
        assert connection.execute("select lower('ÄЖ'), current_setting('timezone')").fetchone() == (
            "äж",
            "UTC",
        )


def test_values_of_failing_statements_stay_out_of_the_log(box):
    with psycopg.connect(box.url("owner"), autocommit=True) as connection:
        connection.execute("create table secrets (word text unique check (length(word) > 3))")
        connection.execute("insert into secrets values ('canary-twice')")
        for statement, values in [
            ("insert into secrets values ('canary-twice')", None),
            ("insert into secrets values (%s)", ["canary-twice"]),
            ("select 'canary-number'::int", None),
            ("select %s::int", ["canary-number"]),
            ("select canary from nowhere where", None),
        ]:
            with pytest.raises(psycopg.Error):
                connection.execute(statement, values)
    log = (box.folder / "log" / "server.log").read_text()
    assert "ready to accept connections" in log
    assert "canary" not in log


def test_last_user_to_leave_stops_the_server(folder):
    code = "import sys\nbox = postgres.ensure(folder, fast=True)\nbox.hold()\nprint(box.url('app'), flush=True)\ninput()"
    first, second = python(code, folder), python(code, folder)
    url = first.stdout.readline().strip()
    assert second.stdout.readline().strip() == url
    first.kill()
    first.wait()
    assert ask(url, "select 1") == 1
    third = python(code, folder)
    assert third.stdout.readline().strip() == url
    second.terminate()
    second.wait()
    assert ask(url, "select 1") == 1
    third.communicate("\n", timeout=60)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_preparing_twice_keeps_what_is_there(box):
    with psycopg.connect(box.url("owner"), autocommit=True) as owner:
        owner.execute("create table stays as select 1")
    postgres.prepare(box.superuser_url, postgres.DATABASE, box.passwords)
    assert ask(box.url("app"), "select count(*) from stays") == 1


@pytest.mark.slow
def test_no_acknowledged_write_is_lost_and_none_is_half_when_the_server_is_killed(folder):
    box = postgres.ensure(folder)  # as `make run` has it, not the fast settings of tests
    with psycopg.connect(box.url("owner"), autocommit=True) as owner:
        owner.execute("create table written (number int, half text)")
    acknowledged: list[int] = []
    begun = 0
    for round_number in range(100):
        box = postgres.ensure(folder)
        killer = threading.Timer(
            random.Random(round_number).uniform(0.005, 0.15), os.kill, [server_number(box), 9]
        )
        killer.start()
        with suppress(psycopg.OperationalError), psycopg.connect(box.url("app"), autocommit=True) as app:
            while True:
                begun += 1
                with app.transaction():
                    app.execute("insert into written values (%s, 'first')", [begun])
                    app.execute("insert into written values (%s, 'second')", [begun])
                acknowledged.append(begun)
        killer.join()
    with psycopg.connect(postgres.ensure(folder).url("app")) as app:
        rows = app.execute(
            "select number, array_agg(half order by half) from written group by number"
        ).fetchall()
    assert len(acknowledged) > 100
    assert {tuple(halves) for _, halves in rows} == {("first", "second")}
    # What was committed when the answer got lost may be there too, once a round.
    assert set(acknowledged) <= {number for number, _ in rows}
    assert len(rows) <= len(acknowledged) + 100
