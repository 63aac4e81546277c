"""How often somebody may try at one municipality, whichever account and network address it comes from."""

import pytest
from django.core import mail

from quartierwerk.people import throttling
from quartierwerk.rights import Role
from quartierwerk.testing import PASSWORD

LOGIN, RESET = "/accounts/login/", "/accounts/password/reset/"
WRONG = "falsch-aber-lang-genug"
KNOWN, UNKNOWN = "council_member@musterstadt.example", "niemand@musterstadt.example"


@pytest.fixture
def tight(monkeypatch):
    for action in ("sign_in_place", "reset_place"):
        monkeypatch.setitem(throttling.OWN_RATES, action, "3/h/key")


def sign_in(client, email, password, number=1, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more}, REMOTE_ADDR=f"192.0.2.{number}")


@pytest.mark.parametrize("email", [KNOWN, UNKNOWN])
def test_spraying_a_municipality_from_many_addresses_is_stopped_alike(cast, client, tight, email):
    for number in range(3):
        assert sign_in(client, f"ratend{number}@musterstadt.example", WRONG, number).status_code == 200
    assert sign_in(client, email, PASSWORD, 50).status_code == 429


def test_other_municipalities_go_on(cast, client, tight):
    for number in range(3):
        sign_in(client, f"ratend{number}@musterstadt.example", WRONG, number)
    assert sign_in(client, cast.neighbour.email, PASSWORD, 50).status_code == 302


def test_the_page_that_is_to_open_counts_too(cast, client, tight):
    aim = f"/staff/{cast.town.slug}/"
    for number in range(3):
        sign_in(client, f"ratend@anderswo{number}.example", WRONG, number, next=aim)
    assert sign_in(client, KNOWN, PASSWORD, 50, next=aim).status_code == 429
    assert sign_in(client, KNOWN, PASSWORD, 50).status_code == 302


def test_those_who_sign_in_do_not_use_the_limit_up(cast, client, tight):
    for number in range(5):
        assert sign_in(client, cast.account[Role.COUNCIL_MEMBER].email, PASSWORD, number).status_code == 302
        client.logout()


@pytest.mark.parametrize("email", [KNOWN, UNKNOWN])
def test_resetting_passwords_of_a_municipality_is_limited_alike(cast, client, tight, email):
    for number in range(3):
        answer = client.post(
            RESET, {"email": f"ratend{number}@musterstadt.example"}, REMOTE_ADDR=f"192.0.2.{number}"
        )
        assert answer.status_code == 302
    mail.outbox.clear()
    assert client.post(RESET, {"email": email}, REMOTE_ADDR="192.0.2.50").status_code == 429
    assert mail.outbox == []
