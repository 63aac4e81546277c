"""Unsafe starts in production are refused in words: real processes with bad environments, by `serve` and by wsgi alike.

A start takes seconds, so each sort of fault has one; what a check says of each case it is asked here, in this process.
"""

import http.client
import json
import os
import socket
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core import checks
from django.db import connections

from config import env
from quartierwerk.operating import start_checks, starting
from quartierwerk.people.models import Account
from quartierwerk.tenants.models import Tenant

SECRET = "q8Zt0v2Lk-5Yb7Rw1Nc4Hs6Jd9Xf3Gm_Pa-Ue8Ti2Oy5Kq7LwQ4"


@pytest.fixture
def production(own_database, tmp_path):
    """The environment of an operator who did everything right, and a database that may be broken."""
    return environment_of_production(own_database, tmp_path)


@pytest.fixture(scope="module")
def one_database(lasting_database):
    with lasting_database() as name:
        yield name


@pytest.fixture
def unbroken(one_database, tmp_path):
    """The same on a database that all tests share, which only look at it."""
    return environment_of_production(one_database, tmp_path)


def environment_of_production(database: str, tmp_path) -> dict[str, str]:
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
        "DATABASE_URL": server.url("app", database),
        "DATABASE_KEEPER_URL": server.url("keeper", database),
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


def test_a_good_environment_starts_and_answers(unbroken):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "quartierwerk", "serve", "--port", port]
    with subprocess.Popen(
        command,
        cwd=django_settings.ROOT,
        env=unbroken,
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


@pytest.mark.parametrize("by", [WORK, *(pytest.param(by, marks=pytest.mark.slow) for by in (SERVE, WSGI))])
def test_unsafe_settings_are_refused_all_at_once(unbroken, by):
    """Each sentence by itself is tried in test_rules.py; starting a process takes seconds."""
    bad = {"SECRET_KEY": "change-me", "DEBUG": "1", "MAIL_HOST": "", "ALLOWED_HOSTS": "town.example,*"}
    words = refused(
        unbroken | bad,
        "SECRET_KEY is one that stands in code or guides",
        "DEBUG shows the program's inside to whoever opens town.example",
        "ALLOWED_HOSTS allows every name",
        "No mail server is set",
        by=[by],
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
def test_odd_values_stop_the_start_with_one_sentence(unbroken, bad, sentence):
    words = refused(unbroken | bad, sentence, by=[WSGI])
    assert len(words.splitlines()) == 1


def test_roles_that_pass_walls_are_refused(unbroken, one_database):
    server = django_settings.SERVER
    superuser, owner = (server.url(role, one_database) for role in ("superuser", "owner"))
    refused(unbroken | {"DATABASE_URL": superuser}, "may pass the walls between municipalities", by=[WSGI])
    refused(
        unbroken | {"DATABASE_URL": owner, "DATABASE_KEEPER_URL": superuser},
        "as the owner of its tables",
        "DATABASE_KEEPER_URL is superuser",
        by=[SERVE],
    )


@pytest.mark.parametrize(
    ("role", "sentence"), [("owner", "DATABASE_KEEPER_URL owns the tables"), ("app", "erasures would fail")]
)
def test_roles_that_keep_badly_are_refused(own_database, monkeypatch, role, sentence):
    wrong = env.database(django_settings.SERVER.url(role, own_database), "DATABASE_KEEPER_URL")
    keeper = connections["keeper"]
    for name in ("USER", "PASSWORD"):
        monkeypatch.setitem(keeper.settings_dict, name, wrong[name])
    keeper.close()
    found = checks.run_checks(
        tags=[start_checks.SERVING], include_deployment_checks=True, databases=["default", "keeper"]
    )
    keeper.close()
    assert sentence in " ".join(fault.msg for fault in found)


def test_example_accounts_and_towns_are_refused(production):
    account = Account.objects.create_user(
        email="probe@laatzen.example", password="beispiel-in-laatzen", name="Probe", is_example=True
    )
    refused(production, "1 example accounts exist, whose password is public", by=[WSGI])
    account.delete()
    assert start_checks.example_fault() == ""
    Tenant.objects.create(slug="laatzen", name="Laatzen", is_example=True)
    assert start_checks.example_fault().startswith("1 municipalities of the example exist")


def test_a_database_that_is_away_or_without_walls_is_refused(production, own_database):
    """One of an older version is tried in test_serving.py."""
    away = production["DATABASE_URL"].replace(own_database, "nowhere")
    refused(production | {"DATABASE_URL": away}, "The database cannot be reached", by=[SERVE])
    with psycopg.connect(django_settings.SERVER.url("owner", own_database), autocommit=True) as owner:
        owner.execute("alter table directory_offer disable row level security")
    refused(production, "Table directory_offer stands without its wall", by=[WSGI])


def test_the_example_is_not_loaded_in_production(unbroken):
    refused(unbroken, "is not loaded where people are served", by=[("-m", "quartierwerk", "demo")])


def test_warnings_let_it_start_and_are_told(unbroken):
    done = run(unbroken | {"PUBLIC_URL": "http://town.example", "BEHIND_PROXY": "no"}, *WSGI)
    assert done.returncode == 0
    assert "[operating.W014]" in done.stderr
    assert "[operating.W015]" in done.stderr


@pytest.mark.django_db(databases=["default", "keeper"])
def test_on_one_s_own_machine_debug_before_others_is_refused(settings):
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["localhost", "town.example"]
    with pytest.raises(starting.Refused, match=r"operating\.E010"):
        starting.refuse_unsafe()


def test_doctor_judges_the_same_place(unbroken, one_database):
    done = run(unbroken, "-m", "quartierwerk", "doctor", "--json")
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
    away = unbroken | {"DATABASE_URL": unbroken["DATABASE_URL"].replace(one_database, "nowhere")}
    done = run(away, "-m", "quartierwerk", "doctor", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["findings"][-1]["name"] == "database"
