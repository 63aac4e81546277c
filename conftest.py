"""What all tests share: the database copy, the scope, and the cast."""

import gc
import hashlib
import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from functools import cache
from pathlib import Path

import hypothesis
import pytest

# Daily runs look for new examples; CI repeats the same ones, on machines whose speed says nothing about the code.
hypothesis.settings.register_profile(
    "ci", derandomize=True, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")

ROOT = Path(__file__).resolve().parent


gc.disable()  # while everything is loaded, which took a third longer with it


def pytest_collection_finish():
    """What is loaded by now stays: walking through it with every collection took an eighth of the tests' computing."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)  # as config/wsgi.py
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def contexts_of_pages():
    """`answer.context` knows pages and what they include: fields draw themselves, hundreds on a page, and none is asked for."""
    from django.template import RequestContext
    from django.test import client

    store = client.store_rendered_templates

    def store_pages(*where, context, **more):
        if isinstance(context, RequestContext):
            store(*where, context=context, **more)

    client.store_rendered_templates = store_pages
    yield
    client.store_rendered_templates = store


@cache
def _state_of_migrations() -> str:
    digest = hashlib.sha256()
    paths = sorted(
        [*ROOT.glob("quartierwerk/*/migrations/*.py"), *ROOT.glob("quartierwerk/*/tests/app/**/*.py")]
    )
    for path in [*paths, ROOT / "quartierwerk/tenants/walls.py", ROOT / "requirements.lock"]:
        digest.update(path.read_bytes())
    # Walls follow from models; a changed model without migration changes them too.
    for path in sorted([*ROOT.glob("quartierwerk/*/models.py"), *ROOT.glob("quartierwerk/*/models/**/*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _migrate(name: str) -> None:
    surroundings = {**os.environ, "TEST_DATABASE_NAME": name, "QUARTIERWERK_AS_OWNER": "1"}
    surroundings["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    done = subprocess.run(
        [sys.executable, "-m", "quartierwerk", "manage", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"the test database could not be migrated:\n{done.stdout}\n{done.stderr}")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """One template per state of the migrations, one copy of it per run and worker, dropped at the end."""
    from django.conf import settings
    from django.db import connections
    from django.test import TransactionTestCase

    from quartierwerk import testing_database

    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    with testing_database.clone(settings.SERVER, _state_of_migrations(), _migrate, worker=worker) as name:
        for alias in ("default", "keeper"):
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
            settings.DATABASES[alias]["NAME"] = name
        # Django would truncate every table it knows and fill in all rights and kinds anew: a second for each such test.
        TransactionTestCase._fixture_teardown = lambda _test: testing_database.empty(
            settings.SERVER.url("superuser", connections["default"].settings_dict["NAME"])
        )
        yield
        with django_db_blocker.unblock():
            for connection in connections.all():
                connection.close()


def _commits(item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "live_server" in item.fixturenames


@pytest.fixture(scope="module")
def lasting(request, django_db_setup, django_db_blocker):
    """`lasting(build)` fills the database once for all tests of a file; what each of them changes is undone, at its end all.

    No test of that file has real transactions: it would see nothing, and wait for ever when it empties the tables.
    """
    from django.db import transaction

    here = [item for item in request.session.items if item.path == request.path]
    assert not any(map(_commits, here)), "lasting: tests with real transactions belong into another file"

    @contextmanager
    def undone():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    with ExitStack() as stack:

        def filled(build):
            with django_db_blocker.unblock():
                stack.enter_context(undone())
                return build()

        yield filled
        with django_db_blocker.unblock():
            stack.close()


@pytest.fixture(scope="module")
def example(lasting):
    """The example town Laatzen, loaded once for the file."""
    from quartierwerk.tenants import example_town
    from quartierwerk.tenants.models import Tenant

    lasting(example_town.load)
    return lambda: Tenant.objects.get(slug=example_town.TOWN)


@pytest.fixture(scope="session")
def lasting_database(django_db_setup):
    """`with lasting_database() as name:` an empty database for other processes; this one stays where it is."""
    from django.conf import settings

    from quartierwerk import testing_database

    return lambda: testing_database.clone(settings.SERVER, _state_of_migrations(), _migrate, worker="own")


@pytest.fixture(scope="session")
def new_database(lasting_database, django_db_blocker):
    """`with new_database() as name:` everything in it works on an empty database that may be committed to and broken."""
    from django.db import connections

    from quartierwerk.operating.backups import places

    @contextmanager
    def entered():
        with lasting_database() as name, places.pointed_at(name), django_db_blocker.unblock():
            yield name
            for connection in connections.all():
                connection.close()

    return entered


@pytest.fixture
def own_database(new_database):
    with new_database() as name:
        yield name


def _asks_the_database(item) -> bool:
    return "db" in item.fixturenames or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="module")
def lasting_cast(request):
    """Built once for a file whose tests all begin with the cast, as most do; None elsewhere."""
    asking = [
        item for item in request.session.items if item.path == request.path and _asks_the_database(item)
    ]
    if not all("cast" in item.fixturenames and "lasting" not in item.fixturenames for item in asking):
        return None
    if any(map(_commits, asking)):
        return None
    from quartierwerk import testing

    return request.getfixturevalue("lasting")(testing.cast)


@pytest.fixture
def cast(lasting_cast, db):
    """Two municipalities, each role once, and a neighbour who must see nothing."""
    from quartierwerk import testing

    return deepcopy(lasting_cast) if lasting_cast else testing.cast()


@pytest.fixture
def desk(cast):
    """The coordinator's browser."""
    from django.test import Client

    from quartierwerk.rights import Role

    client = Client()
    client.force_login(cast.account[Role.COORDINATOR])
    return client
