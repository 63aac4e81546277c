"""The pages in a real browser: no fault for axe, no sideways scrolling, nothing against the strict policy."""

import mimetypes
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from quartierwerk.web import accessibility
from quartierwerk.web.tests import samples
from tests.axe import (
    AXE,
    RULES_OF_LOOKS,
    VARIANTS,
    chromium,
    chromium_path,
    look_again,
    new_page,
    violations,
)

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
def whole_product(empty_registers, monkeypatch, settings):
    monkeypatch.setattr(accessibility.barrier_desk, "receive", lambda request, values: None)
    folder = Path(__file__).parent / "templates"
    settings.TEMPLATES = [
        {**engine, "DIRS": [*engine.get("DIRS", []), folder]} for engine in settings.TEMPLATES
    ]
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


QUICK = {"light", "narrow-rtl-dark"}


@pytest.mark.parametrize(
    "variant", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in VARIANTS]
)
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


def test_faults_are_found(browser):
    """The watchman himself: an unnamed button, faint words and a page that is too wide."""
    page = new_page(browser, VARIANTS["narrow"])
    serve(
        page,
        '<html lang="de"><title>x</title><main><h1>x</h1><button></button>'
        '<svg width="900" height="9"></svg></main>',
    )
    page.goto(TOWN)
    found = " ".join(violations(page))
    page.context.close()
    assert "button-name" in found
    assert "sideways" in found


def test_faults_of_another_look_are_found_without_loading_the_page_anew(browser):
    page = new_page(browser, VARIANTS["light"])
    html = (
        '<!doctype html><html lang="de"><title>x</title><style>@media (prefers-color-scheme: dark) { main { color: #222;'
        " background: #000 } } [dir=rtl] i { display: block; width: 9999px; height: 9px }</style>"
        "<main><h1>x</h1><p>Wort</p><i></i></main>"
    )
    page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(TOWN)
    seen = {}
    for look in ("light", "dark", "rtl"):
        look_again(page, VARIANTS[look])
        seen[look] = " ".join(violations(page, RULES_OF_LOOKS))
    page.context.close()
    assert seen["light"] == ""
    assert "color-contrast" in seen["dark"]
    assert "sideways" not in seen["dark"]
    assert "sideways" in seen["rtl"]
    assert "color-contrast" not in seen["rtl"]


def test_escape_closes_a_menu_and_gives_the_focus_back(browser):
    page = new_page(browser)
    serve(page, samples.drawn("home"))
    page.goto(f"{TOWN}/de/laatzen/")
    summary = page.locator("details.qw-drop > summary").first
    summary.click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.locator("details.qw-drop[open]").count()
    assert summary.evaluate("element => element === document.activeElement")
    page.context.close()


def test_refused_form_starts_at_its_summary(browser):
    page = new_page(browser)
    serve(page, samples.drawn("accessibility"))
    page.goto(f"{TOWN}/de/laatzen/")
    assert page.evaluate("document.activeElement.className") == "qw-summary"
    page.locator(".qw-summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_words"
    page.context.close()


def test_map_grows_and_returns(browser):
    page = new_page(browser)
    serve(page, samples.drawn("list"))
    page.goto(f"{TOWN}/de/laatzen/")
    svg = page.locator("[data-map] svg").first
    whole = svg.get_attribute("viewBox")
    page.locator('[data-zoom="in"]').click()
    assert svg.get_attribute("viewBox") != whole
    page.locator('[data-zoom="all"]').click()
    assert [float(part) for part in svg.get_attribute("viewBox").split()] == [
        float(part) for part in whole.split()
    ]
    page.context.close()


def test_session_that_ends_is_announced_and_keeps_what_was_typed(browser):
    page = new_page(browser)
    serve(page, samples.drawn("gallery"))
    page.clock.install()
    page.goto(f"{TOWN}/de/laatzen/")
    notice = page.locator(".qw-session")
    page.locator("#plain_plain-title").fill("Mein langer Text")
    assert not notice.is_visible()
    page.clock.fast_forward(26 * 60 * 1000)
    assert page.locator("[data-session-soon]").is_visible()
    page.clock.fast_forward(5 * 60 * 1000)
    assert page.locator("[data-session-ended]").is_visible()
    assert page.locator("#plain_plain-title").input_value() == "Mein langer Text"
    page.context.close()
