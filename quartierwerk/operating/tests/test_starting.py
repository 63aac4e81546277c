"""Unsafe starts in production are refused in words: real processes with bad environments, by `serve` and by wsgi alike."""

import http.client
import json
import os
import socket
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings as django_settings

from quartierwerk.operating import starting
from quartierwerk.people.models import Account
from quartierwerk.tenants.models import Tenant

SECRET = "q8Zt0v2Lk-5Yb7Rw1Nc4Hs6Jd9Xf3Gm_Pa-Ue8Ti2Oy5Kq7LwQ4"


@pytest.fixture
def production(own_database, tmp_path):
    """The environment of an operator who did everything right."""
    server = django_settings.SERVER
    (tmp_path / "static").mkdir()
    (tmp_path / "static-build").mkdir()
    (tmp_path / "static" / "staticfiles.json").write_text(
        '{"version": "1.1", "paths": {"a.css": "a.1.css"}, "hash": ""}'
    )
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DJANGO_", "TEST_", "QUARTIER"))
    }
    return kept | {
        "QUARTIERWERK_ENV": "production",
        "QUARTIERWERK_VAR": str(tmp_path),
        "SECRET_KEY": SECRET,
        "ALLOWED_HOSTS": "town.example",
        "PUBLIC_URL": "https://town.example",
        "BEHIND_PROXY": "yes",
        "DATABASE_URL": server.url("app", own_database),
        "DATABASE_KEEPER_URL": server.url("keeper", own_database),
        "MAIL_HOST": "mail.town.example",
        "MAIL_FROM": "quartierwerk@town.example",
    }


def run(environment, *words, seconds=60):
    return subprocess.run(
        [sys.executable, *words],
        cwd=django_settings.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=seconds,
    )


SERVE, WORK = ("-m", "quartierwerk", "serve"), ("-m", "quartierwerk", "worker", "--once")
WSGI = ("-c", "import config.wsgi")


def refused(environment, *sentences, by):
    for words in by:
        done = run(environment, *words)
        assert done.returncode == 1, (words, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        assert done.stdout == ""
        for sentence in sentences:
            assert sentence in done.stderr
    return done.stderr


def test_a_good_environment_starts_and_answers(production):
    assert run(production, "-c", "import config.wsgi").returncode == 0
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "quartierwerk", "serve", "--port", port]
    with subprocess.Popen(
        command,
        cwd=django_settings.ROOT,
        env=production,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stdout.readline() == f"Quartierwerk runs at http://127.0.0.1:{port}/\n"
            asked = http.client.HTTPConnection("127.0.0.1", int(port), timeout=20)
            asked.request("GET", "/de/", headers={"Host": "town.example"})
            answer = asked.getresponse()
            assert (answer.status, answer.headers["Location"]) == (301, "https://town.example/de/")
        finally:
            server.terminate()
            _out, told = server.communicate(timeout=30)
    assert "quartierwerk: " not in told  # no warning


def test_unsafe_settings_are_refused_all_at_once(production):
    """Each sentence by itself is tried in test_rules.py; starting a process takes seconds."""
    bad = {"SECRET_KEY": "change-me", "DEBUG": "1", "MAIL_HOST": "", "ALLOWED_HOSTS": "town.example,*"}
    words = refused(
        production | bad,
        "SECRET_KEY is one that stands in code or guides",
        "DEBUG shows the program's inside to whoever opens town.example",
        "ALLOWED_HOSTS allows every name",
        "No mail server is set",
        by=[SERVE, WSGI, WORK],
    )
    assert len(words.splitlines()) == 6  # the last of them from DEBUG in production as such


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"DEBUG": "vielleicht"}, "DEBUG is 'vielleicht'; it takes yes or no"),
        ({"DATABASE_URL": "mysql://town"}, "DATABASE_URL must start with postgresql://"),
        ({"DATABASE_KEEPER_URL": ""}, "DATABASE_KEEPER_URL is not set"),
        ({"QUARTIERWERK_ENV": "producton"}, "QUARTIERWERK_ENV is 'producton'"),
    ],
)
def test_odd_values_stop_the_start_with_one_sentence(production, bad, sentence):
    words = refused(production | bad, sentence, by=[WSGI])
    assert len(words.splitlines()) == 1


def test_roles_that_pass_walls_are_refused(production, own_database):
    server = django_settings.SERVER
    refused(
        production | {"DATABASE_URL": server.url("superuser", own_database)},
        "may pass the walls between municipalities",
        by=[SERVE, WSGI],
    )
    owner = server.url("owner", own_database)
    refused(
        production | {"DATABASE_URL": owner, "DATABASE_KEEPER_URL": server.url("superuser", own_database)},
        "as the owner of its tables",
        "DATABASE_KEEPER_URL is superuser",
        by=[WSGI],
    )
    refused(production | {"DATABASE_KEEPER_URL": owner}, "DATABASE_KEEPER_URL owns the tables", by=[WSGI])
    same = {"DATABASE_KEEPER_URL": production["DATABASE_URL"]}
    refused(production | same, "erasures would fail", by=[WSGI])


def test_example_accounts_and_towns_are_refused(production, own_database):
    account = Account.objects.create_user(
        email="probe@laatzen.example", password="beispiel-in-laatzen", name="Probe", is_example=True
    )
    refused(production, "1 example accounts exist, whose password is public", by=[SERVE, WSGI])
    account.delete()
    Tenant.objects.create(slug="laatzen", name="Laatzen", is_example=True)
    refused(production, "1 municipalities of the example exist", by=[WSGI])


def test_a_database_that_is_away_unfinished_or_without_walls_is_refused(production, own_database):
    away = production["DATABASE_URL"].replace(own_database, "nowhere")
    refused(production | {"DATABASE_URL": away}, "The database cannot be reached", by=[SERVE])
    with psycopg.connect(django_settings.SERVER.url("owner", own_database), autocommit=True) as owner:
        owner.execute("alter table directory_offer disable row level security")
        refused(production, "Table directory_offer stands without its wall", by=[WSGI])
        owner.execute("delete from django_migrations where app = 'directory'")
        refused(production, "changes of this version", by=[SERVE])


def test_the_example_is_not_loaded_in_production(production):
    refused(production, "is not loaded where people are served", by=[("-m", "quartierwerk", "demo")])


def test_warnings_let_it_start_and_are_told(production):
    done = run(
        production | {"PUBLIC_URL": "http://town.example", "BEHIND_PROXY": "no"}, "-c", "import config.wsgi"
    )
    assert done.returncode == 0
    assert "[operating.W014]" in done.stderr
    assert "[operating.W015]" in done.stderr


@pytest.mark.django_db(databases=["default", "keeper"])
def test_on_one_s_own_machine_debug_before_others_is_refused(settings):
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["localhost", "town.example"]
    with pytest.raises(starting.Refused, match=r"operating\.E010"):
        starting.refuse_unsafe()


def test_doctor_judges_the_same_place(production, own_database):
    done = run(production, "-m", "quartierwerk", "doctor", "--json")
    told = {finding["name"]: finding for finding in json.loads(done.stdout)["findings"]}
    assert (
        told["secret"]["state"]
        == told["roles"]["state"]
        == told["walls"]["state"]
        == told["https"]["state"]
        == "ok"
    )
    # Nobody works or backs up in this test.
    assert {name for name, finding in told.items() if finding["state"] == "fault"} == {"worker", "backup"}
    assert done.returncode == 1
    away = production | {"DATABASE_URL": production["DATABASE_URL"].replace(own_database, "nowhere")}
    done = run(away, "-m", "quartierwerk", "doctor", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["findings"][-1]["name"] == "database"
