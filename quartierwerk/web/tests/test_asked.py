"""What stands in an address or a hidden field: a number, a number that is one already, nonsense."""

from uuid import UUID

import pytest

from ..asked import as_uuid

ONE = UUID(int=1)


@pytest.mark.parametrize(
    ("given", "found"), [(str(ONE), ONE), (ONE, ONE), ("", None), ("1", None), ("x" * 32, None)]
)
def test_nonsense_is_nothing(given, found):
    assert as_uuid(given) == found
