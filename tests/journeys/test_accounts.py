"""In a browser: an invited colleague makes her account, adds a passkey, and signs in with it alone."""

import re

import pytest
from django.test import override_settings

from quartierwerk import testing
from quartierwerk.messages.models import Outgoing
from quartierwerk.people.models import Account
from quartierwerk.rights import Role
from tests.axe import AXE, Variant, chromium, chromium_path, new_page, violations

PASSWORD = "sieben-blaue-fahrraeder"


@pytest.mark.browser
@pytest.mark.skipif(chromium_path() is None or not AXE.exists(), reason="no Chromium, or no front end built")
@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.slow)])
@pytest.mark.django_db(transaction=True)
@override_settings(MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN=True)
def test_invite_then_passkey_then_sign_in_without_password(live_server, client, width):
    from playwright.sync_api import sync_playwright

    cast = testing.cast()
    client.force_login(cast.account[Role.ADMINISTRATOR])
    invitation = {"email": "quirina@beispiel.example", "role": Role.COORDINATOR, "last_day": ""}
    assert client.post("/staff/musterstadt/people/invite/", invitation).status_code == 302
    with cast.in_town():
        path = re.search(r"http://testserver(/\S+)", Outgoing.objects.latest("created_at").text)[1]
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        page = new_page(browser, Variant(width=width), locale="en-GB")
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        page.goto(live_server.url + path)
        page.fill("#id_name", "Quirina Quartier")
        page.fill("#id_password1", PASSWORD)
        page.fill("#id_password2", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/accounts/2fa/needed/")
        assert violations(page) == []
        page.click("a[href='/accounts/2fa/webauthn/add/'], a[href='/accounts/2fa/passkeys/add/']")
        page.check("#id_passwordless")
        page.click("form[data-passkey] button[type=submit]")
        page.wait_for_url("**/accounts/2fa/recovery-codes/")
        assert violations(page) == []
        page.goto(live_server.url + "/staff/")
        page.wait_for_url("**/staff/musterstadt/")
        page.goto(live_server.url + "/accounts/logout/")
        page.click("main button[type=submit]")
        page.goto(live_server.url + "/accounts/login/")
        page.click("form[data-passkey=sign-in] button")
        page.wait_for_url("**/staff/musterstadt/")
        browser.close()
    assert Account.objects.get(email="quirina@beispiel.example").last_login is not None
