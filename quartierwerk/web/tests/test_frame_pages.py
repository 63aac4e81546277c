"""The frame's own addresses under the project's settings, and the account pages in its look."""

import re

import pytest

from quartierwerk.rights import Role
from quartierwerk.testing import PASSWORD
from quartierwerk.web.tests.test_looks import TOWN, serve
from tests.axe import AXE, VARIANTS, chromium, chromium_path, new_page, violations

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(cast, client):
    client.force_login(cast.account[Role.COORDINATOR])
    return client


@pytest.mark.parametrize("asked", ["Musterstadt", "muster", "30999", "MÜSTERSTADT", " Musterstadt "])
def test_town_is_found_by_name_or_postcode(cast, client, asked):
    html = client.get("/", {"q": asked}).content.decode()
    assert "/de/musterstadt/" in html
    assert "/de/nachbarstadt/" not in html


def test_unknown_town_leads_on(cast, client):
    html = client.get("/", {"q": "Atlantis"}).content.decode()
    assert 'href="/"' in html


def test_start_page_speaks_the_language_asked_for(cast, client):
    html = client.get("/", {"lang": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert client.get("/", {"lang": "tlh"}).status_code == 200


@pytest.mark.parametrize("lang", ["de", "en", "uk", "ar", "fa", "tr", "ru", "fr", "de-simple"])
def test_home_page_has_its_language_and_a_way_to_each_other(cast, client, lang):
    html = client.get(f"/{lang}/musterstadt/").content.decode()
    assert re.search(rf'<html lang="{lang}" dir="({"rtl" if lang in ("ar", "fa") else "ltr"})">', html)
    assert len(re.findall(r"hreflang=", html)) == 9
    assert "0511 000 41 20" in html


def test_gallery_is_for_staff(cast, client, coordinator):
    assert coordinator.get("/staff/musterstadt/gallery/").status_code == 200
    client.logout()
    assert client.get("/staff/musterstadt/gallery/").status_code == 302


def test_session_is_prolonged_for_those_signed_in_only(cast, client):
    assert client.get("/session/").status_code == 401
    client.force_login(cast.account[Role.COORDINATOR])
    answer = client.get("/session/")
    assert answer.json()["signed_in"]
    assert answer.json()["csrf"]
    assert "no-store" in answer.headers["Cache-Control"]


ENTRANCE = ["/accounts/login/", "/accounts/password/reset/"]
OWN = ["/accounts/password/change/", "/accounts/2fa/"]


@pytest.mark.browser
@pytest.mark.skipif(chromium_path() is None or not AXE.exists(), reason="no Chromium, or no front end built")
@pytest.mark.parametrize("variant", [pytest.param("light", marks=pytest.mark.slow), "narrow-rtl-dark"])
def test_account_pages_have_no_fault(cast, client, settings, variant):
    settings.ACCOUNT_USER_MODEL_USERNAME_FIELD = None
    settings.ACCOUNT_LOGIN_METHODS = {"email"}
    settings.ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
    from playwright.sync_api import sync_playwright

    pages = {path: client.get(path) for path in ENTRANCE}
    pages["refused"] = client.post("/accounts/login/", {"login": "", "password": ""})
    client.login(email=cast.account[Role.COORDINATOR].email, password=PASSWORD)
    client.force_login(cast.account[Role.COORDINATOR])
    pages |= {path: client.get(path, follow=True) for path in OWN}
    assert {path: page.status_code for path, page in pages.items()} == dict.fromkeys(pages, 200)
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        for path, answer in pages.items():
            page = new_page(browser, VARIANTS[variant])
            serve(page, answer.content.decode())
            page.goto(TOWN + "/accounts/")
            assert (path, violations(page)) == (path, [])
            page.context.close()
        browser.close()
