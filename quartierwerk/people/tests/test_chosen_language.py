"""A language chosen in the portal holds on the pages that name none in their address."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/me/request/", "/accounts/login/"])
def test_language_chosen_in_the_portal_holds_on_pages_without_a_town(cast, client, path):
    browser = {"headers": {"accept-language": "uk"}}
    portal = client.get(f"/ar/{cast.town.slug}/", **browser).content.decode()
    assert f'href="{path}?lang=ar"' in portal
    opened = client.get(f"{path}?lang=ar", **browser)
    assert opened.headers["Content-Language"] == "ar"
    cookie = opened.cookies["qw_lang"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert client.get(path, **browser).headers["Content-Language"] == "ar"


def test_without_a_choice_the_browser_decides(cast, client):
    opened = client.get("/me/request/", headers={"accept-language": "uk"})
    assert opened.headers["Content-Language"] == "uk"
    assert "qw_lang" not in opened.cookies
