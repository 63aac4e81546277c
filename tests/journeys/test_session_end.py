"""Before a session ends the page says so, and what was typed is still there afterwards."""

import pytest

from quartierwerk.rights import Role

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WORDS = "Gemeinsam Deutsch üben, ohne Anmeldung."


def test_the_page_warns_five_minutes_before_and_keeps_what_was_typed(visitor, flawless):
    # Given a form in which somebody has typed
    page = visitor.page(visitor.cast.account[Role.COORDINATOR])
    page.clock.install()
    page.goto(f"/staff/{visitor.cast.town.slug}/directory/offers/new/?kind=general")
    page.fill("#id_description", WORDS)
    warning, ended = page.locator("[data-session-soon]"), page.locator("[data-session-ended]")
    assert not warning.is_visible()
    # When nothing was asked for in 26 minutes
    page.clock.fast_forward("26:00")
    # Then she is warned, and stays by a tap
    warning.wait_for(state="visible")
    page.click("[data-session-stay]")
    warning.wait_for(state="hidden")
    # And when it does end, the words still stand in the form
    # (signed out in truth, too: a page that comes back to the front asks the server whether one may stay)
    page.context.clear_cookies()
    page.clock.fast_forward("31:00")
    ended.wait_for(state="visible")
    assert page.input_value("#id_description") == WORDS
    page.clock.resume()
    flawless(page)
