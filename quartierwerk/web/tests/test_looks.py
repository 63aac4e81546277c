"""The pages in a real browser: no fault for axe, no sideways scrolling, nothing against the strict policy."""

import mimetypes
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from quartierwerk.web import accessibility
from quartierwerk.web.navigation import account_nav, footer_nav, public_nav, staff_nav
from quartierwerk.web.portal import home_page
from quartierwerk.web.tests import samples
from tests.axe import AXE, VARIANTS, chromium, chromium_path, new_page, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium_path() is None, reason="no Chromium"),
    pytest.mark.skipif(not AXE.exists(), reason="frontend/build.mjs has not run"),
]

TOWN = "http://town.example"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'"


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = chromium(playwright)
        yield running
        running.close()


@pytest.fixture(autouse=True)
def whole_product(monkeypatch, settings):
    for register in (public_nav, footer_nav, staff_nav, account_nav):
        monkeypatch.setattr(register, "entries", {})
    monkeypatch.setattr(home_page, "blocks", {})
    monkeypatch.setattr(accessibility.barrier_desk, "receive", lambda request, values: None)
    folder = Path(__file__).parent / "templates"
    engines = [{**engine, "DIRS": [*engine.get("DIRS", []), folder]} for engine in settings.TEMPLATES]
    settings.TEMPLATES = engines
    settings.FORM_RENDERER = "quartierwerk.web.forms_rendering.QuartierwerkRenderer"
    samples.install_entries()


def serve(page, html: str) -> None:
    """Answer every request of the page from here: the page itself and the static files."""

    def answer(route):
        path = route.request.url.removeprefix(TOWN).split("?")[0]
        if path.startswith(settings.STATIC_URL):
            file = finders.find(path.removeprefix(settings.STATIC_URL))
            if file is None:
                route.fulfill(status=404)
            else:
                route.fulfill(path=file, content_type=mimetypes.guess_type(file)[0])
        else:
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)

    page.route("**/*", answer)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", samples.PAGES)
def test_page_has_no_fault(browser, name, variant):
    page = new_page(browser, VARIANTS[variant])
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    serve(page, samples.drawn(name))
    page.goto(f"{TOWN}/de/laatzen/")
    try:
        assert violations(page) == []
        assert complaints == []
    finally:
        page.context.close()
