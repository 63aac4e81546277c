"""Rights only add up: who has several roles may do what one of them allows, and no role takes away from another.

`tests/test_rights_matrix.py` counts on it: it asks as one person with all the roles that must be refused.
"""

from itertools import product
from uuid import UUID

import pytest

from quartierwerk.directory.models import Offer
from quartierwerk.rights import Role, may
from quartierwerk.rights.grants import Grant, Person
from quartierwerk.rights.table import ALLOWED
from quartierwerk.tenants.models import Visibility

TOWN, HERSELF = 1, UUID(int=1)
HERS, ANOTHER = UUID(int=2), UUID(int=3)
OFFERS = [
    Offer(tenant_id=TOWN, space_id=space, organisation_id=organisation, visibility=visibility)
    for space, organisation, visibility in product((HERS, ANOTHER, None), (HERS, ANOTHER), Visibility)
]


def person(*roles: Role) -> Person:
    grants = tuple(Grant(role, TOWN, HERS, HERS, HERS) for role in roles)
    return Person(account_id=HERSELF, tenant_id=TOWN, grants=grants)


@pytest.mark.parametrize("action", ALLOWED)
def test_roles_together_may_what_one_of_them_may(action):
    offers = OFFERS if action.startswith("directory.") else []
    for asked in (None, *offers):
        may_alone = {role for role in Role if may(person(role), action, asked)}
        assert may(person(*Role), action, asked) == bool(may_alone)
        assert not may(person(*set(Role) - may_alone), action, asked)
        assert all(may(person(role, *set(Role) - may_alone), action, asked) for role in may_alone)
