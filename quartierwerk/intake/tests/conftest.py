import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english():
    """The sentences are compared as they stand in the code."""
    with translation.override("en"):
        yield
