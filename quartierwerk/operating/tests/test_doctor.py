"""Each examination of `quartierwerk doctor`, made to find what it looks for."""

import argparse
import json
import shutil
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import psycopg
import pytest
from django.db import connection

from quartierwerk.operating import doctor, upkeep
from quartierwerk.operating.backups import known
from quartierwerk.operating.doctor import State
from quartierwerk.people.models import Account
from quartierwerk.search import keeping


@pytest.fixture
def databases(request):
    """Both connections: the serving role's and the keeper's."""
    request.applymarker(pytest.mark.django_db(databases=["default", "keeper"]))
    request.getfixturevalue("db")


@pytest.fixture
def sick(databases, settings, tmp_path, monkeypatch):
    """A healthy place to make ill; `found(name)` examines it."""
    settings.VAR, settings.SEARCH_FOLDER = tmp_path, tmp_path / "search"
    settings.ALLOWED_HOSTS, settings.PUBLIC_URL = ["town.example"], "https://town.example"
    settings.SECRET_KEY = "q8Zt0v2Lk-5Yb7Rw1Nc4Hs6Jd9Xf3Gm_Pa-Ue8Ti2Oy5Kq7LwQ4"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.MAIL_HOST = "mail.town.example"
    keeping.index.cache_clear()
    keeping.rebuild()
    (tmp_path / "backups.json").write_text(json.dumps([backup(datetime.now(UTC), tmp_path)]))
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now())")
    yield lambda name: [finding for finding in doctor.examine() if finding.name == name]
    keeping.index.cache_clear()


def backup(at, folder, name="nightly", sealed=True):
    (folder / name).write_bytes(b"x")
    return {"made_at": at.isoformat(), "path": str(folder / name), "size": 1, "sealed": sealed}


def states(findings):
    return [finding.state for finding in findings]


def test_a_healthy_place_has_no_fault(sick):
    assert [f for f in doctor.examine() if f.state != State.OK] == []


def test_every_finding_that_is_not_well_says_what_to_do(sick, settings, tmp_path):
    settings.SECRET_KEY, settings.DEBUG, settings.MAIL_HOST, settings.ALLOWED_HOSTS = "x", True, "", ["*"]
    shutil.rmtree(tmp_path / "search")
    (tmp_path / "backups.json").unlink()
    keeping.index.cache_clear()
    found = [finding for finding in doctor.examine() if finding.state != State.OK]
    assert {finding.name for finding in found} >= {"secret", "debug", "hosts", "mail", "backup", "search"}
    for finding in found:
        words = f"{finding.says} {finding.todo}"
        assert words.count(".") >= 2, words  # what is wrong, and what to do
        assert "\n" not in words


@pytest.mark.parametrize(
    ("name", "wrong", "state"),
    [
        ("secret", {"SECRET_KEY": "change-me"}, State.FAULT),
        ("debug", {"DEBUG": True}, State.FAULT),
        ("debug", {"DEBUG": True, "ALLOWED_HOSTS": ["localhost"]}, State.WARNING),
        ("hosts", {"ALLOWED_HOSTS": []}, State.FAULT),
        ("https", {"SESSION_COOKIE_SECURE": False}, State.FAULT),
        ("https", {"SECURE_HSTS_SECONDS": 0}, State.WARNING),
        ("https", {"ALLOWED_HOSTS": ["localhost"], "SESSION_COOKIE_SECURE": False}, State.OK),
        ("address", {"PUBLIC_URL": "http://127.0.0.1:8000"}, State.WARNING),
        ("mail", {"MAIL_HOST": ""}, State.FAULT),
        ("mail", {"MAIL_HOST": "", "ALLOWED_HOSTS": ["localhost"]}, State.WARNING),
        ("mail", {"MAIL_USER": "qw", "MAIL_SECURITY": "none"}, State.FAULT),
    ],
)
def test_settings_are_judged(sick, settings, name, wrong, state):
    for setting, value in wrong.items():
        setattr(settings, setting, value)
    assert states(sick(name)) == [state]


def test_embedded_server_before_others_is_a_warning(sick, settings):
    assert sick("embedded server") == []
    settings.BOX = SimpleNamespace()
    assert states(sick("embedded server")) == [State.WARNING]
    settings.ALLOWED_HOSTS = ["localhost"]
    assert states(sick("embedded server")) == [State.OK]


def test_example_accounts_are_a_fault(sick):
    assert states(sick("example")) == [State.OK]
    Account.objects.create_user(email="a@laatzen.example", password="x" * 20, name="Probe", is_example=True)
    assert states(sick("example")) == [State.FAULT]


@pytest.mark.parametrize(
    ("free", "state"), [(80e9, State.OK), (1.9e9, State.WARNING), (0.4e9, State.FAULT), (0, State.FAULT)]
)
def test_a_full_disk_is_told(sick, monkeypatch, free, state):
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))
    assert states(sick("disk")) == [state]


def test_backups_that_are_missing_old_open_or_kept_too_long_are_told(sick, settings, tmp_path):
    now, place = datetime.now(UTC), tmp_path / "backups.json"

    def made(*entries):
        place.write_text(json.dumps(entries))
        return states(sick("backup"))

    assert made(backup(now, tmp_path)) == [State.OK]
    assert made(backup(now, tmp_path, sealed=False)) == [State.WARNING]
    assert made(backup(now - timedelta(hours=30), tmp_path)) == [State.WARNING]
    assert made(backup(now - timedelta(days=36), tmp_path, "old"), backup(now, tmp_path)) == [
        State.OK,
        State.WARNING,
    ]
    (tmp_path / "old").unlink()
    assert made(
        {**backup(now - timedelta(days=36), tmp_path), "path": str(tmp_path / "gone")}, backup(now, tmp_path)
    ) == [State.OK]
    place.write_text("{ broken")
    assert known.all_known() == []
    assert states(sick("backup")) == [State.FAULT]
    settings.ALLOWED_HOSTS = ["localhost"]
    assert states(sick("backup")) == [State.WARNING]


def test_a_silent_worker_and_overdue_jobs_are_told(sick, settings):
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, args, scheduled_at)"
            " values ('mail', 'x', '{}', now() - interval '1 hour')"
        )
        assert [finding.says for finding in sick("worker")] == ["1 jobs are overdue."]
        cursor.execute("update procrastinate_jobs set status = 'failed'")
        assert states(sick("worker")) == [State.OK]
        assert states(sick("jobs")) == [State.WARNING]
        cursor.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 hour'")
        assert "60 minutes ago" in sick("worker")[0].says
        assert states(sick("worker")) == [State.FAULT]
        cursor.execute("delete from procrastinate_workers")
        settings.ALLOWED_HOSTS = ["localhost"]
        assert states(sick("worker")) == [State.WARNING]


def test_a_search_without_index_is_told(sick, settings, tmp_path):
    settings.SEARCH_FOLDER = tmp_path / "nowhere"
    keeping.index.cache_clear()
    assert states(sick("search")) == [State.WARNING]


def test_what_a_restore_replaced_is_told(sick, monkeypatch):
    assert sick("restore") == []
    rows = doctor._rows
    monkeypatch.setattr(
        doctor, "_rows", lambda query, values=None: [(1,)] if "pg_database" in query else rows(query, values)
    )
    assert states(sick("restore")) == [State.WARNING]


def test_loud_server_logs_walls_extensions_and_migrations_are_told(own_database, settings, tmp_path):
    settings.VAR = tmp_path

    def found(name):
        connection.close()
        return next(finding for finding in doctor.examine() if finding.name == name)

    assert found("server logs").state == found("walls").state == found("extensions").state == State.OK
    with psycopg.connect(settings.SERVER.superuser_url, dbname=own_database, autocommit=True) as admin:
        admin.execute(f"alter database {own_database} set log_error_verbosity = 'default'")
        admin.execute(f"alter database {own_database} set log_min_duration_statement = 0")
        assert found("server logs").state == State.FAULT
        assert "log_error_verbosity = terse, log_min_duration_statement = -1" in found("server logs").todo
        admin.execute("alter table directory_offer disable row level security")
        assert "directory_offer" in found("walls").says
        admin.execute("drop extension pg_trgm cascade")
        assert found("extensions").says == "pg_trgm are missing."
        admin.execute("delete from django_migrations where app = 'directory'")
        last = doctor.examine()[-1]
        assert (last.name, last.state) == ("migrations", State.FAULT)


def test_a_serving_role_with_too_much_power_is_a_fault(own_database, settings, tmp_path):
    settings.VAR = tmp_path
    from quartierwerk.operating.backups import places

    with places.pointed_at(own_database, as_owner=True):
        roles = [finding for finding in doctor.examine() if finding.name == "roles"]
    assert [finding.state for finding in roles] == [State.FAULT]
    assert "owns the tables" in roles[0].says


def test_the_command_exits_with_one_for_faults_only(sick, settings, capsys):
    def run(*words):
        parser = argparse.ArgumentParser()
        commands = parser.add_subparsers()
        tenant = commands.add_parser("tenant")
        tenant.add_subparsers()
        upkeep.add_commands(commands)
        options = parser.parse_args(["doctor", *words])
        return options.run(options)

    assert run() == 0
    assert capsys.readouterr().out.endswith("All is well.\n")
    settings.SECURE_HSTS_SECONDS = 0
    assert run("--json") == 0
    assert json.loads(capsys.readouterr().out)["ok"]
    settings.DEBUG = True
    assert run() == 1
    assert "1 faults, 1 warnings." in capsys.readouterr().out
