"""A crash in the middle of an import leaves nothing, and the list can be imported again."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

from quartierwerk.places.models import Address
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

from ..models import Location, Offer, Organisation

ROWS = 6_000
WRITTEN = ("places_address", "directory_organisation", "directory_offer")  # in this order


def start(tenant: str, path) -> subprocess.Popen:
    surroundings = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "TEST_DATABASE_NAME": connection.settings_dict["NAME"],
    }
    command = ["directory", "import", str(path), "--tenant", tenant, "--format", "csv"]
    return subprocess.Popen(
        [sys.executable, "-m", "quartierwerk", *command],
        cwd=settings.ROOT,
        env=surroundings,
        stdout=subprocess.DEVNULL,
    )


def is_written(table: str) -> bool:
    """A transaction holds a lock on a table from its first row in it until its end.

    Tests beside this one work on copies of the database, whose tables have the same numbers.
    """
    question = (
        "select 1 from pg_locks where relation = %s::regclass and mode = 'RowExclusiveLock' and granted"
        " and database = (select oid from pg_database where datname = current_database())"
    )
    with connection.cursor() as cursor:
        cursor.execute(question, [table])
        return cursor.fetchone() is not None


def wait(what, longest: float = 60) -> None:
    until = time.monotonic() + longest
    while not what():
        if time.monotonic() > until:
            pytest.fail("waited in vain")
        time.sleep(0.02)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "table", [*(pytest.param(one, marks=pytest.mark.slow) for one in WRITTEN[:-1]), WRITTEN[-1]]
)
def test_killed_while_writing_nothing_is_stored(table, tmp_path):
    town = Tenant.objects.create(slug="musterstadt", name="Musterstadt")
    path = tmp_path / "liste.csv"
    rows = [f"{n};Angebot {n};Verein {n};Gasse {n};Musterstadt" for n in range(ROWS)]
    path.write_text("\n".join(["id;Titel;Verein;Straße;Ort", *rows]), encoding="utf-8")
    child = start(town.slug, path)
    try:
        wait(lambda: is_written(table) or child.poll() is not None)
    finally:
        child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    wait(lambda: not is_written(table))  # the server ends its statement before it sees that nobody listens
    with scope.entered(scope.staff(town)):
        assert not any(model.objects.exists() for model in (Address, Organisation, Location, Offer))


@pytest.mark.django_db(transaction=True)
def test_after_a_crash_the_same_import_stores_everything(tmp_path):
    town = Tenant.objects.create(slug="musterstadt", name="Musterstadt")
    path = tmp_path / "liste.csv"
    path.write_text("id;Titel;Verein\n1;Chor;Singkreis\n", encoding="utf-8")
    assert start(town.slug, path).wait(timeout=60) == 0
    with scope.entered(scope.staff(town)):
        assert Offer.objects.get().title == "Chor"
