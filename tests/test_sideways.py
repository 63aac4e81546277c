"""No page is wider than a small phone because of what somebody wrote."""

from pathlib import Path

import pytest

from tests import axe

RECORDS = Path(__file__).resolve().parent.parent / "frontend" / "css" / "records.css"
LINK = "https://town.example/me/request/open/" + "eyJtYWlsIjoi" * 12


def test_long_link_in_a_stored_mail_breaks_instead_of_widening_the_page():
    from playwright.sync_api import sync_playwright

    if not axe.chromium_path():
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright, axe.chromium(playwright) as browser:
        page = browser.new_page(viewport={"width": 320, "height": 640})
        page.set_content(f'<dl class="qw-dl"><dt>Text</dt><dd dir="auto">{LINK}</dd></dl>')
        page.add_style_tag(content=RECORDS.read_text(encoding="utf-8"))
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
