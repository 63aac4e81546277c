"""A browser at a running server of one's own: for journeys and for looking at every page.

with browsing(live_server, variant) as visitor:
    page = visitor.sign_in(account)
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client

from tests import axe

# Playwright's synchronous interface keeps a loop running in this thread; Django's own calls here are not asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


class Visitor:
    def __init__(self, browser, base: str, variant: axe.Variant):
        self.browser, self.base, self.variant = browser, base, variant

    def page(self, account=None):
        """A new window; with an account, signed in as a person would be after the second factor."""
        page = axe.new_page(self.browser, self.variant, base_url=self.base)
        page.set_default_timeout(15_000)
        if account is not None:
            client = Client()
            client.force_login(account)
            value = client.cookies[settings.SESSION_COOKIE_NAME].value
            page.context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.base}]
            )
        return page


_serve = StaticFilesHandler.serve


def _serve_and_keep(handler, request):
    """Style sheets and scripts are loaded once for a window, as in production, not seven a page."""
    answer = _serve(handler, request)
    answer.headers["Cache-Control"] = "max-age=3600"
    return answer


@contextmanager
def browsing(live_server, variant: axe.Variant = axe.VARIANTS["light"]) -> Iterator[Visitor]:
    from playwright.sync_api import sync_playwright

    if not axe.chromium_path():
        pytest.skip("no Chromium on this machine")
    if not axe.AXE.exists():
        pytest.skip("the front end has not been built")
    with patch.object(StaticFilesHandler, "serve", _serve_and_keep), sync_playwright() as playwright:
        browser = axe.chromium(playwright)
        try:
            yield Visitor(browser, live_server.url, variant)
        finally:
            browser.close()
