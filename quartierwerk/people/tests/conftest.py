import pytest

from quartierwerk.rights import Role


@pytest.fixture
def admin(cast, client):
    client.force_login(cast.account[Role.ADMINISTRATOR])
    return client
