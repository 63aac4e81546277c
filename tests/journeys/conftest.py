"""Journeys: given, when, then in a browser, on a wide screen and on a phone; each page on the way is looked at by axe."""

import pytest

from quartierwerk import testing
from tests import axe
from tests.browsing import browsing

WIDTHS = {"wide": axe.Variant(width=1280), "phone": axe.Variant(width=360)}


@pytest.fixture(params=WIDTHS)
def visitor(request, live_server, transactional_db):
    with browsing(live_server, WIDTHS[request.param]) as found:
        found.cast = testing.cast()
        yield found


@pytest.fixture
def flawless():
    """Asserts that the page as it stands has no fault that axe finds, and does not scroll sideways."""

    def look(page):
        assert axe.violations(page) == []

    return look
