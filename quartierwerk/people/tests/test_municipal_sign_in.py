"""Sign-in by OpenID Connect against a small service of our own, over HTTP as in earnest."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from quartierwerk.people import actions
from quartierwerk.people.actions import Place
from quartierwerk.people.models import Account
from quartierwerk.people.persons import person_of
from quartierwerk.rights import Role


class Service(BaseHTTPRequestHandler):
    """Discovery, token and user information of a municipal sign-in; who signs in is set by the test."""

    claims: dict = {}

    def do_GET(self):
        base = f"http://127.0.0.1:{self.server.server_address[1]}"
        if self.path.endswith("/.well-known/openid-configuration"):
            self._say(
                {
                    "issuer": base,
                    "authorization_endpoint": f"{base}/authorize",
                    "token_endpoint": f"{base}/token",
                    "userinfo_endpoint": f"{base}/userinfo",
                    "jwks_uri": f"{base}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        else:
            self._say(self.claims)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self._say({"access_token": "token", "token_type": "Bearer"})

    def _say(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def service(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": "Stadtverwaltung",
                    "client_id": "quartierwerk",
                    "secret": "s",
                    "settings": {"server_url": f"http://127.0.0.1:{server.server_address[1]}"},
                }
            ],
            "OAUTH_PKCE_ENABLED": True,
        }
    }
    yield Service
    server.shutdown()
    server.server_close()


def sign_in(client, claims):
    Service.claims = claims
    start = client.post("/accounts/oidc/oidc/login/?process=login")
    state = parse_qs(urlsplit(start["Location"]).query)["state"][0]
    return client.get("/accounts/oidc/oidc/login/callback/", {"code": "c", "state": state})


def claims(email, verified=True, sub="u1"):
    return {"sub": sub, "email": email, "email_verified": verified, "name": "Otto Ohnewort"}


def is_signed_in(client) -> bool:
    return client.get("/accounts/").status_code == 200


def test_button_stands_on_the_sign_in_page(cast, service, client):
    assert "Stadtverwaltung" in client.get("/accounts/login/").content.decode()


def test_existing_account_is_opened_by_its_proven_address(cast, service, client):
    sign_in(client, claims("Council_Member@musterstadt.example"))
    assert is_signed_in(client)
    assert client.get("/staff/musterstadt/").status_code == 200


def test_unproven_address_opens_nothing(cast, service, client):
    sign_in(client, claims("translator@musterstadt.example", verified=False))
    assert not is_signed_in(client)


def test_stranger_gets_no_account(cast, service, client):
    sign_in(client, claims("fremd@beispiel.example"))
    assert not is_signed_in(client)
    assert not Account.objects.filter(email="fremd@beispiel.example").exists()


@pytest.fixture
def token(cast):
    with cast.in_town():
        by = cast.person(Role.ADMINISTRATOR)
        return actions.invite("neu@beispiel.example", Role.TRANSLATOR, Place(), by=by)[1]


def test_invited_address_gets_account_and_role(cast, service, client, token):
    client.get(reverse("open-invitation", args=[token]))
    sign_in(client, claims("neu@beispiel.example"))
    assert is_signed_in(client)
    account = Account.objects.get(email="neu@beispiel.example")
    assert account.name == "Otto Ohnewort"
    assert not account.has_usable_password()
    assert client.post("/accounts/invitation/").status_code == 302
    assert person_of(account, cast.town.pk).role_names == ["translator"]


@pytest.mark.parametrize(
    "wrong", [claims("neu@beispiel.example", verified=False), claims("anders@beispiel.example")]
)
def test_invitation_counts_for_its_own_proven_address_only(cast, service, client, token, wrong):
    client.get(reverse("open-invitation", args=[token]))
    sign_in(client, wrong)
    assert not is_signed_in(client)
    assert not Account.objects.filter(email=wrong["email"]).exists()


def test_invited_address_without_the_link_gets_none(cast, service, token):
    client = Client()
    sign_in(client, claims("neu@beispiel.example"))
    assert not Account.objects.filter(email="neu@beispiel.example").exists()


def test_role_that_needs_a_second_factor_needs_it_here_too(cast, service, client):
    from allauth.mfa.models import Authenticator

    account = cast.account[Role.COORDINATOR]
    sign_in(client, claims(account.email))
    assert not is_signed_in(client)  # it asks for the code first
    Authenticator.objects.all().delete()
    fresh = Client()
    sign_in(fresh, claims(account.email))
    assert fresh.get("/staff/musterstadt/")["Location"] == reverse("second-factor")
