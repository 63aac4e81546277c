"""One filled world for all tests of a file."""

from contextlib import ExitStack
from copy import deepcopy

import pytest
from django.db import transaction

from tests import world


@pytest.fixture(scope="module")
def lasting_world(django_db_setup, django_db_blocker):
    """For fixtures that add to it for the whole file; tests take `there`."""
    stack = ExitStack()
    with django_db_blocker.unblock():
        stack.enter_context(transaction.atomic())
        built = world.build()
    yield built
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        stack.close()


@pytest.fixture
def there(lasting_world, db):
    """The world, built once for the file: what a test changes, in the database and in the objects, is undone.

    It holds a cast, hence no other test of that file builds one. Tests with real transactions see nothing of it: they
    call `world.build()`.
    """
    return deepcopy(lasting_world)
