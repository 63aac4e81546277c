"""One filled world for all tests of a file."""

from copy import deepcopy

import pytest

from tests import world


@pytest.fixture(scope="module")
def lasting_world(lasting):
    """For fixtures that add to it for the whole file; tests take `there`."""
    return lasting(world.build)


@pytest.fixture
def there(lasting_world, db):
    """The world, built once for the file: what a test changes, in the database and in the objects, is undone.

    It holds a cast, hence no other test of that file builds one. Tests with real transactions see nothing of it: they
    call `world.build()`.
    """
    return deepcopy(lasting_world)
