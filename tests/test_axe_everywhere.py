"""axe on every address of the URLconf, in five looks, full, empty and with a refused form (WCAG 2.2 AA, R1.12)."""

import os
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from quartierwerk.rights import Role
from quartierwerk.rights.addresses import walk
from tests import axe, world
from tests.browsing import browsing
from tests.test_rights_matrix import MUNICIPAL, expectations, keys_of, url

# Addresses that answer with a file, only to a POST, or only to a token: looked at where they are made.
NO_PAGE = (
    "sheet.pdf",
    "/publish/",
    "/withdraw/",
    "/run/",
    "/discard/",
    "/end/",
    "/again/",
    ".json",
    ".csv",
    ".xlsx",
    "/download/",
    "/readability/",
    "session/",
)
# A page is loaded in two widths; colours and direction change on the spot.
LOADED = {"light": ("dark", "rtl"), "narrow": ("narrow-rtl-dark",)}
NEEDS_TOKEN = ("<str:", "(?P<", "<int:", "accounts/kept/")


def pages(there) -> list[tuple[str, object]]:
    """(address, account or None) of every page there is to look at."""
    found = []
    for address in MUNICIPAL:
        if any(part in address.route for part in NO_PAGE):
            continue
        roles = expectations()[address.name][0].split()
        account = None
        if roles not in (["everybody"], ["signed-in"]):
            known = [role for role in Role if role.value in roles]
            if not known:
                continue
            account = there.cast.account[Role.COORDINATOR if Role.COORDINATOR in known else known[0]]
        found.append((url(address, there.cast.town.slug, keys_of(address, there.own)), account))
        if account is None:
            arabic = reverse(
                address.name,
                kwargs={"lang": "ar", "tenant": there.cast.town.slug, **keys_of(address, there.own)},
            )
            found.append((arabic, None))
    for address in walk():
        if "<slug:tenant>" in address.route or any(
            part in address.route for part in (*NO_PAGE, *NEEDS_TOKEN)
        ):
            continue
        if "<" in address.route:
            continue
        account = there.cast.account[Role.TRANSLATOR] if address.policy.kind != "open" else None
        found.append((f"/{address.route}", account))
    return found


def empty_pages(there) -> list[tuple[str, object]]:
    """The lists of a municipality where nothing has been entered yet."""
    return [
        (
            url(address, there.cast.other.slug, {}),
            there.cast.neighbour if address.policy.kind != "open" else None,
        )
        for address in MUNICIPAL
        if not keys_of(address, there.own)
        and not any(part in address.route for part in NO_PAGE)
        and (address.policy.kind == "open" or "coordinator" in expectations()[address.name][0].split())
    ]


def shows_a_page(page, path: str) -> bool:
    """An address for POST only, or one that sends a file, shows nothing.

    Asked without the browser's window: there, its own error page may arrive late and break into the next address.
    """
    answer = page.request.get(path)
    return answer.status != 405 and "text/html" in answer.headers.get("content-type", "")


def faults(page, path: str, look: str) -> list[str]:
    answer = page.goto(path)
    assert answer.status < 500, f"{path} answered {answer.status}"
    found = [f"{path}: {fault}" for fault in axe.violations(page)]
    for other in LOADED[look]:
        axe.look_again(page, axe.VARIANTS[other])
        found += [f"{path} ({other}): {fault}" for fault in axe.violations(page, axe.RULES_OF_LOOKS)]
    axe.look_again(page, axe.VARIANTS[look])
    return found


def refused_form(page, path: str) -> list[str]:
    """Send the page's form as it stands: what is missing is told, and the answer is looked at too."""
    form = page.locator("main form.qw-form[method=post]:visible").first
    if not form.count():
        return []
    for box in form.locator("input[required], textarea[required]").all():
        if box.is_visible() and box.get_attribute("type") not in ("radio", "checkbox", "hidden", "file"):
            box.fill("")
    form.locator("button[type=submit]").last.click()
    page.wait_for_load_state()
    if urlsplit(page.url).path.rstrip("/") != urlsplit(path).path.rstrip("/"):
        return []  # the form was complete as it stood
    return [f"{path} (refused): {fault}" for fault in axe.violations(page)]


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.django_db(transaction=True, databases=["default", "keeper"])
@pytest.mark.parametrize("look", LOADED)
def test_no_page_has_a_fault(live_server, look):
    there = world.build()
    found, seen = [], 0
    with browsing(live_server, axe.VARIANTS[look]) as visitor:
        windows: dict = {}
        for path, account in [*pages(there), *empty_pages(there)]:
            key = account.pk if account else None
            if key not in windows:
                windows[key] = visitor.page(account)
            if shows_a_page(windows[key], path):
                found += faults(windows[key], path, look)
                found += refused_form(windows[key], path)
                seen += 1
    assert found == []
    assert seen > 200


def test_pages_to_look_at_are_counted_from_the_urlconf():
    assert {*LOADED, *(look for others in LOADED.values() for look in others)} == set(axe.VARIANTS)
    assert os.environ.get("CI") is None or axe.chromium_path(), "CI looks at pages: install chromium"
