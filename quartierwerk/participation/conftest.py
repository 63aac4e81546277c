import pytest

from quartierwerk.messages.models import Outgoing
from quartierwerk.rights import Role


@pytest.fixture
def mails(cast):
    """What went out of one kind."""

    def sent(kind: str) -> list[Outgoing]:
        with cast.in_town():
            return list(Outgoing.objects.filter(kind=kind))

    return sent


@pytest.fixture
def coordinator(cast):
    return cast.person(Role.COORDINATOR)
