"""In a browser: a contact person reads her data, withdraws her consent, erases herself, and reads what was done."""

import pytest

from quartierwerk import testing
from quartierwerk.directory.models import Contact
from quartierwerk.directory.tests import factories
from quartierwerk.people.models import Account
from quartierwerk.protection import consent
from quartierwerk.protection.purposes import PUBLISH_NAME
from quartierwerk.rights import Role
from tests.axe import AXE, Variant, chromium, chromium_path, new_page, violations


@pytest.mark.browser
@pytest.mark.skipif(chromium_path() is None or not AXE.exists(), reason="no Chromium, or no front end built")
@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.django_db(transaction=True, databases=["default", "keeper"])
def test_ask_for_ones_data_withdraw_and_erase(live_server, width, settings, tmp_path):
    from playwright.sync_api import sync_playwright

    settings.VAR = tmp_path
    cast = testing.cast()
    account = cast.account[Role.VOLUNTEER]
    Account.objects.filter(pk=account.pk).update(name="Waltraud Muster", language="en")
    with cast.in_town():
        contact = factories.contact("Waltraud", account.pk)
        by = cast.person(Role.COORDINATOR)
        text = consent.write_text(
            PUBLISH_NAME,
            "de",
            words="Mein Name darf dort stehen.",
            recipient="alle",
            data_kinds="Name",
            by=by,
        )
        consent.answer(text, account.pk, agreed=True, by=by)
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        page = new_page(browser, Variant(width=width), locale="de-DE")
        page.goto(f"{live_server.url}/accounts/login/?next=/me/")
        page.fill("#id_login", account.email)
        page.fill("#id_password", testing.PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/me/")
        assert violations(page) == []
        assert page.get_by_text("Mein Name darf dort stehen.").is_visible()
        with page.expect_download() as download:
            page.click("a[href='/me/data.json']")
        assert "Waltraud Muster" in download.value.path().read_text()

        page.get_by_role("button", name="Withdraw").click()
        page.wait_for_url("**/me/")
        assert page.get_by_role("status").is_visible()
        assert not page.get_by_role("button", name="Withdraw").is_visible()
        page.click("a[href='/me/erase/']")
        page.click("form.qw-form button[type=submit]")  # without the tick: refused, in words
        assert page.locator(".qw-summary").is_visible()
        assert violations(page) == []
        page.check("#id_sure")
        page.click("form.qw-form button[type=submit]")
        page.wait_for_url("**/me/erased/")
        assert violations(page) == []
        assert page.locator("html").get_attribute("lang") == "en"
        page.goto(f"{live_server.url}/me/")
        assert "/accounts/login/" in page.url
        browser.close()
    with cast.in_town():
        assert Contact.objects.get(pk=contact.pk).name == ""
    assert not Account.objects.filter(pk=account.pk).exists()
