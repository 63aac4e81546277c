"""Somebody draws her code behind the mailed link and votes, with the keyboard alone."""

import re

import pytest

from quartierwerk.participation.models import Ballot
from quartierwerk.participation.votes.drawing import token_of
from quartierwerk.participation.votes.tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def focused(page, *names: str) -> None:
    """Tab until the focus lies on a control of this name or id."""
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate("[document.activeElement.name, document.activeElement.innerText.trim()]")
        if set(names) & set(filter(None, found)):
            return
    raise AssertionError(f"the keyboard does not reach {names}")


def test_a_code_is_drawn_and_a_vote_given_and_changed_without_a_mouse(visitor, flawless):
    cast = visitor.cast
    with cast.in_town():
        vote = factories.vote("Bänke im Schatten", "Licht am Weg", costs=(60_000, 50_000))
        entry = factories.roll_entry("Amina", vote=vote)
        ids = factories.ids(vote)
    base = f"/de/{cast.town.slug}/voices"
    page = visitor.page()
    page.goto(f"{base}/codes/{entry.pk}/{token_of(entry.pk)}/")
    flawless(page)
    focused(page, "Meinen Code zeigen")
    page.keyboard.press("Enter")
    code = page.locator(".qw-code").inner_text().strip()
    assert re.fullmatch("([0-9A-Z]{4}-){3}[0-9A-Z]{4}", code)
    flawless(page)
    # Too much for the sum: refused with a sentence, and what was typed stays.
    page.goto(f"{base}/processes/{vote.process_id}/vote/")
    flawless(page)
    focused(page, "code")
    page.keyboard.type(code.lower())
    for title in ids:
        focused(page, f"p_{ids[title]}")
        page.keyboard.press("Space")
    focused(page, "In den Kasten werfen")
    page.keyboard.press("Enter")
    page.get_by_text("100,00 € mehr").first.wait_for()
    assert page.locator("input[name=code]").input_value().lower() == code.lower()
    flawless(page)
    focused(page, f"p_{ids['Licht am Weg']}")
    page.keyboard.press("Space")
    focused(page, "In den Kasten werfen")
    page.keyboard.press("Enter")
    page.get_by_text("Ihre Stimme ist im Kasten").wait_for()
    with cast.in_town():
        assert [one.choices for one in Ballot.objects.all()] == [{ids["Bänke im Schatten"]: 1}]
