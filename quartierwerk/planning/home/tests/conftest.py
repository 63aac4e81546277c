import pytest
from django.test import Client

from quartierwerk.rights import Role
from quartierwerk.testing import Cast
from quartierwerk.testing import cast as whole_cast


@pytest.fixture
def cast(db) -> Cast:
    return whole_cast()


@pytest.fixture
def desk(cast) -> Client:
    """The coordinator's browser."""
    client = Client()
    client.force_login(cast.account[Role.COORDINATOR])
    return client
