"""Tests: a PostgreSQL of their own with fast settings, the walls up, as the serving role."""

import os

from config import env
from quartierwerk import testing_database

from .base import *  # noqa: F403
from .base import INSTALLED_APPS, MIDDLEWARE, ROOT, connections

SURROUNDINGS = "test"
DEBUG = False
SECRET_KEY = "for-tests-only-and-refused-elsewhere"  # noqa: S105
ALLOWED_HOSTS = MAILS_READ_AT = ["testserver", "127.0.0.1", "localhost"]
VAR = env.folder("TEST_VAR", ROOT / "var" / "test")
MEDIA_ROOT = VAR / "uploads"
STATIC_ROOT = VAR / "static"
# Each worker and run writes an index of its own.
SEARCH_FOLDER = VAR / "search" / f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}-{os.getpid()}"

# Two kinds of record in the chain that only tests know.
INSTALLED_APPS = [*INSTALLED_APPS, "quartierwerk.chain.tests.app"]

SERVER = testing_database.server(ROOT / "var" / "test-postgres")
# The name of the copy for this run and worker is put in by conftest.py.
_name = os.environ.get("TEST_DATABASE_NAME", "none-yet")
_role = "owner" if env.yes("QUARTIERWERK_AS_OWNER") else "app"
DATABASES = connections(SERVER.url(_role, _name), SERVER.url("keeper", _name))
DATABASE_OWNER_URL, DATABASE_ADMIN_URL = SERVER.url("owner", _name), SERVER.superuser_url
# The same database: emptying it once is enough, and the keeper may not.
DATABASES["keeper"]["TEST"] = {"MIRROR": "default"}

# Signing in is not what most tests are about.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
# No thread writes beside a test's transaction.
VIEWS_WRITTEN_AFTER = None
