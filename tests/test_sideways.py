"""No page is wider than a small phone because of what somebody wrote."""

from pathlib import Path

import pytest

from quartierwerk.directory.models import OrganisationContact
from tests import axe, world
from tests.browsing import browsing

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


@pytest.mark.browser
@pytest.mark.django_db(transaction=True, databases=["default", "keeper"])
@pytest.mark.parametrize(
    "lang", ["de", *(pytest.param(lang, marks=pytest.mark.slow) for lang in ("ar", "de-simple", "ru"))]
)
def test_pages_with_long_words_fit_a_small_phone(live_server, lang):
    there = world.build()
    with there.cast.in_town():
        office = there.own["organisation"]
        office.visibility, office.roles, office.serves_postcodes = "public", ["authority"], ["30880"]
        office.save()
        OrganisationContact.objects.create(
            organisation=office,
            function="Leitung",
            phone="0511 5555 1",
            programmes=["Unterstützung bei Anerkennung ausländischer Berufsqualifikationen"],
        )
    with browsing(live_server, axe.Variant(width=320)) as visitor:
        page = visitor.page(None)
        for path in ("", "offers/", "contacts/"):
            page.goto(f"/{lang}/musterstadt/{path}")
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
