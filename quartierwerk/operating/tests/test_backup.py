"""`quartierwerk backup` and `restore` on the real server: what comes back is what was there, or nothing changes."""

import json
import os
import random
import signal
import stat
import time

import psycopg
import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from quartierwerk import cli
from quartierwerk.cli import Refused
from quartierwerk.directory.models import Contact, Offer
from quartierwerk.operating.backups import known, making, places, restoring
from quartierwerk.search import keeping

KEY = "k9-fGq2-ein-langer-schluessel-77"
# Written by the restore itself: sessions end, and the protocol tells of erasures.
MOVING = ("django_session", "usersessions_usersession")


def change(installation):
    connection.close()  # a restore in another process has ended it
    with installation.cast.in_town():
        Offer.objects.update(title="überschrieben")
        Contact.objects.all().delete()


@pytest.mark.parametrize(("key", "takes_all"), [("", 17), (KEY, 17), (KEY, 99)])
def test_what_was_there_comes_back_with_links_and_history(
    installation, tmp_path, settings, monkeypatch, key, takes_all
):
    monkeypatch.setattr(restoring, "TAKES_ALL", takes_all)  # the way round for older servers too
    (settings.MEDIA_ROOT / "ab").mkdir()
    (settings.MEDIA_ROOT / "ab" / "bild").write_bytes(os.urandom(3_000_000))
    before, file = installation.rows(), tmp_path / "state.qwb"
    manifest = making.make(file, key=key)
    assert manifest.rows == sum(map(len, before.values()))
    assert manifest.files == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [entry.sealed for entry in known.all_known()] == [bool(key)]
    change(installation)
    (settings.MEDIA_ROOT / "spaeter").write_text("nach der Sicherung")
    (settings.MEDIA_ROOT / "ab" / "bild").unlink()
    assert installation.rows() != before
    done = restoring.restore(file, key=key)
    assert installation.rows(but=MOVING) == {t: r for t, r in before.items() if t not in MOVING}
    assert done.manifest.tables["directory_contactevent"] == 5
    assert (settings.MEDIA_ROOT / "ab" / "bild").stat().st_size == 3_000_000
    assert not (settings.MEDIA_ROOT / "spaeter").exists()
    # What ran before is kept beside, and the walls stand in the new one.
    assert installation.databases() == {installation.database, f"replaced_{installation.database}"}
    with installation.cast.at_portal():
        assert Offer.published.count() == 5
        assert Offer.everywhere.count() == 5


def test_a_later_backup_takes_the_earlier_ones_place_whole(installation, tmp_path):
    file = tmp_path / "daily"
    making.make(file, key="")
    first = file.read_bytes()
    change(installation)
    making.make(file, key=KEY)
    assert file.read_bytes() != first
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["daily"]
    assert len(known.all_known()) == 1


def test_writes_during_the_backup_are_not_half_in_it(installation, tmp_path, monkeypatch):
    count = places.count_rows

    def then_write(connection):
        found = count(connection)
        change(installation)
        return found

    monkeypatch.setattr(places, "count_rows", then_write)
    making.make(tmp_path / "file", key="")
    monkeypatch.undo()
    restoring.restore(tmp_path / "file", key="")  # compares the counts
    with installation.cast.in_town():
        assert Contact.objects.count() == 5


def test_a_backup_of_an_older_version_is_migrated(installation, backup):
    """The last migration of a package is undone before, as if its version had not existed."""
    last = (
        "directory",
        max(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "directory"),
    )
    with places.pointed_at(installation.database, as_owner=True):
        from django.core.management import call_command

        before = sorted(
            name for app, name in MigrationRecorder(connection).applied_migrations() if app == "directory"
        )
        call_command("migrate", "directory", before[-2], verbosity=0)
    file = backup()
    assert list(last) not in restoring.verified(file, "").migrations
    restoring.restore(file, key="")
    assert last in MigrationRecorder(connection).applied_migrations()
    with installation.cast.in_town():
        assert Offer.objects.count() == 5


def test_a_backup_of_a_newer_version_is_refused(installation, backup):
    with psycopg.connect(places.owner_url()) as owner:
        owner.execute(
            "insert into django_migrations (app, name, applied) values ('directory', '0999_flying', now())"
        )
    file = backup()
    before = installation.rows()
    with pytest.raises(Refused, match=r"made by a newer version .*knows 1 changes"):
        restoring.restore(file, key="")
    assert installation.rows() == before


def test_a_drill_leaves_what_runs_as_it_is(installation, backup):
    file = backup()
    change(installation)
    before = installation.rows()
    drill = f"drill_{installation.database}"
    done = restoring.restore(file, key="", into=drill)
    assert (done.database, done.replaced) == (drill, "")
    assert installation.rows() == before
    with places.pointed_at(drill), installation.cast.in_town():
        assert Contact.objects.count() == 5
    with pytest.raises(Refused, match="exists already"):
        restoring.restore(file, key="", into=drill)
    with pytest.raises(Refused, match="is the running database"):
        restoring.restore(file, key="", into=installation.database)


def test_a_dump_that_does_not_go_in_changes_nothing(installation, backup, monkeypatch):
    file = backup()
    before, there = installation.rows(), installation.databases()
    monkeypatch.setattr(places, "count_rows", lambda connection: {"directory_offer": 4})
    with pytest.raises(Refused, match="another number of rows"):
        restoring.restore(file, key="")
    assert (installation.rows(), installation.databases()) == (before, there)


def test_the_server_s_other_sessions_reconnect_to_what_was_restored(installation, backup):
    file = backup()
    with psycopg.connect(django_settings.SERVER.url("app", installation.database)) as other:
        other.execute("select 1")
        change(installation)
        restoring.restore(file, key="")
        with pytest.raises(psycopg.OperationalError):
            other.execute("select 1")
    with psycopg.connect(django_settings.SERVER.url("app", installation.database)) as other:
        other.execute("set app.tenants = '{}'; set app.readable = '{}'; set app.writes = '0'")
        assert other.execute("select count(*) from directory_offer").fetchone() == (0,)


def test_the_search_index_is_forgotten(installation, backup, settings, monkeypatch, tmp_path):
    settings.SEARCH_FOLDER = tmp_path / "search"
    keeping.index.cache_clear()
    try:
        keeping.rebuild()
        assert keeping.index().size() == 12  # offers and their organisations
        file = backup()
        restoring.restore(file, key="")
        assert not keeping.index().is_built()
        assert keeping.is_stale()
    finally:
        keeping.index.cache_clear()


def test_a_failing_dump_leaves_no_file(installation, tmp_path, monkeypatch):
    monkeypatch.setattr(
        places, "program", lambda name, major: "/bin/false" if name == "pg_dump" else "/bin/true"
    )
    with pytest.raises(Refused, match="Nothing was backed up"):
        making.make(tmp_path / "file", key="")
    assert not [path for path in tmp_path.iterdir() if path.is_file()]


def test_commands_print_json_and_one_sentence(installation, tmp_path, settings, capsys):
    file = tmp_path / "file"
    settings.BACKUP_KEY = KEY
    assert cli.main(["backup", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["sealed"]
    assert told["tables"]["directory_contact"] == 5
    settings.BACKUP_KEY = KEY[::-1]
    assert cli.main(["restore", str(file), "--json"]) == 1
    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1)
    settings.BACKUP_KEY = KEY
    assert cli.main(["restore", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == told["rows"]


def settle(installation):
    """Wait until the server noticed that a killed client is gone."""
    deadline = time.monotonic() + 20
    with psycopg.connect(django_settings.SERVER.superuser_url, autocommit=True) as server:
        while time.monotonic() < deadline:
            left = server.execute(
                "select count(*) from pg_stat_activity where application_name in ('pg_dump', 'pg_restore')"
                " and strpos(datname, %s) > 0",
                [installation.database],
            ).fetchone()
            if left == (0,):
                return
            time.sleep(0.1)


@pytest.mark.parametrize("least", [1, pytest.param(4, marks=pytest.mark.slow)])
def test_killed_backups_leave_the_old_file_and_killed_restores_the_old_state(installation, backup, least):
    file = backup()
    old = file.read_bytes()
    change(installation)
    before = installation.rows()
    chance = random.Random(9)
    kills = {"backup": 0, "restore": 0}
    for verb in ("backup", "restore"):
        for _ in range(least + 5):
            if kills[verb] == least:
                break
            process = installation.start(verb, str(file))
            part, target = file.with_name(f".{file.name}.part"), f"restoring_{installation.database}"
            while process.poll() is None:  # until it has begun
                if part.exists() if verb == "backup" else target in installation.databases():
                    break
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.4 if verb == "backup" else 2.0))
            process.send_signal(signal.SIGKILL)
            ended = process.wait()
            process.communicate()
            if ended == 0:  # it was faster: a whole new state then
                file.write_bytes(old)
                if verb == "restore":
                    change(installation)
                    before = installation.rows()
                continue
            kills[verb] += 1
            if verb == "backup":
                assert file.read_bytes() == old or restoring.verified(file, "").rows
                file.write_bytes(old)
            else:
                now = installation.rows()
                assert now.keys() == before.keys()
                if now != before:  # killed after the exchange: all of it is back
                    assert len(now["directory_contact"]) == 5
                    change(installation)
                    before = installation.rows()
    assert min(kills.values()) == least, kills
    settle(installation)
    restoring.restore(file, key="")
    with installation.cast.in_town():
        assert Contact.objects.count() == 5
    assert installation.databases() == {installation.database, f"replaced_{installation.database}"}
