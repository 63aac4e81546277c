import pytest
from django.test import Client

from quartierwerk.rights import Role


@pytest.fixture
def desk(cast) -> Client:
    """The coordinator's browser."""
    client = Client()
    client.force_login(cast.account[Role.COORDINATOR])
    return client
