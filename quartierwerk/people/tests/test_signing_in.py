"""Signing in, the second factor, and what throttling answers."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.urls import reverse
from django.utils.translation import gettext_lazy, override

from quartierwerk.journal.models import SecurityEvent
from quartierwerk.people.allauth_adapter import SAID_ANEW, AccountAdapter, FactorAdapter, SocialAdapter
from quartierwerk.people.models import Account, Tries
from quartierwerk.rights import Role
from quartierwerk.testing import PASSWORD, TOTP_KEY

LOGIN = "/accounts/login/"


def sign_in(client, account, password=PASSWORD, **extra):
    email = account if isinstance(account, str) else account.email
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


@pytest.fixture
def bare(cast):
    """The cast before anybody has set up a second factor."""
    Authenticator.objects.all().delete()
    return cast


def current_code():
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(TOTP_KEY, counter))


def events():
    return list(SecurityEvent.objects.order_by("at").values_list("action", "result"))


def test_right_password_opens_the_back_office(cast, client):
    answer = sign_in(client, cast.account[Role.COUNCIL_MEMBER])
    assert answer.status_code == 302
    assert answer["Location"] == "/staff/"
    assert client.get("/staff/")["Location"] == f"/staff/{cast.town.slug}/"
    assert client.get(f"/staff/{cast.town.slug}/").status_code == 200
    assert ("signed in", "done") in events()


def test_address_may_be_typed_in_any_case(cast, client):
    assert sign_in(client, "COUNCIL_MEMBER@Musterstadt.Example").status_code == 302


def test_unknown_and_known_address_get_the_same_answer(cast, client):
    known = sign_in(client, cast.account[Role.COUNCIL_MEMBER], "falsch-aber-lang-genug")
    unknown = sign_in(client, "niemand@musterstadt.example", "falsch-aber-lang-genug")

    def words(answer):
        return re.sub(r'value="[^"]*"|csrf\S+', "", answer.content.decode())

    assert known.status_code == unknown.status_code
    assert words(known) == words(unknown)
    assert events() == [("sign-in failed", "refused")] * 2


def test_unknown_address_costs_one_password_hash_too(cast, client, monkeypatch):
    """What takes the time is hashing; it must happen for both."""
    hashed = []
    from django.contrib.auth import hashers

    hasher = type(hashers.get_hasher())
    original = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda self, *a, **k: hashed.append(1) or original(self, *a, **k))
    sign_in(client, cast.account[Role.COUNCIL_MEMBER], "falsch-aber-lang-genug")
    known, hashed[:] = len(hashed), []
    sign_in(client, "niemand@musterstadt.example", "falsch-aber-lang-genug")
    assert known == len(hashed) > 0


@pytest.mark.parametrize("email", ["council_member@musterstadt.example", "niemand@musterstadt.example"])
def test_guessing_is_locked_with_the_page_please_wait(cast, client, email):
    for _ in range(5):
        assert sign_in(client, email, "falsch-aber-lang-genug").status_code == 200
    locked = sign_in(client, email, PASSWORD)
    assert locked.status_code == 429
    assert locked["Retry-After"] == "300"
    assert "kern" in locked.content.decode()  # our page, not a bare one
    assert events()[-1] == ("sign-in locked", "refused")


def test_variants_of_one_address_share_the_counter(cast, client):
    for email in [
        "council_member@musterstadt.example",
        "Council_Member@Musterstadt.example",
        " COUNCIL_MEMBER@musterstadt.example",
    ]:
        sign_in(client, email, "falsch-aber-lang-genug")
        sign_in(client, email, "falsch-aber-lang-genug")
    assert sign_in(client, cast.account[Role.COUNCIL_MEMBER]).status_code == 429


def test_counting_by_network_address_stops_spraying(cast, client):
    for number in range(30):
        sign_in(
            client, f"niemand{number}@musterstadt.example", "Sommer2026-Sommer2026", REMOTE_ADDR="192.0.2.9"
        )
    assert sign_in(client, cast.account[Role.COUNCIL_MEMBER], REMOTE_ADDR="192.0.2.9").status_code == 429
    assert sign_in(client, cast.account[Role.COUNCIL_MEMBER], REMOTE_ADDR="192.0.2.10").status_code == 302


def test_counters_hold_no_addresses(cast, client):
    sign_in(client, cast.account[Role.COUNCIL_MEMBER], "falsch-aber-lang-genug")
    assert Tries.objects.exists()
    for row in Tries.objects.all():
        assert re.fullmatch(r"[0-9a-f]{64}", row.cache_key)


def test_closed_account_is_told_so_only_with_the_right_password(cast, client):
    account = cast.account[Role.COUNCIL_MEMBER]
    account.is_active = False
    account.save()
    assert sign_in(client, account)["Location"] == "/accounts/inactive/"
    assert sign_in(client, account, "falsch-aber-lang-genug").status_code == 200
    assert client.get("/staff/").status_code == 302


def test_library_speaks_politely_in_german():
    familiar = re.compile(r"\b([Dd]u|[Dd]ein\w*|[Dd]ich|[Dd]ir|[Gg]ib|[Hh]abe|melde)\b")
    sentences = [
        *AccountAdapter.error_messages.values(),
        *SocialAdapter.error_messages.values(),
        *FactorAdapter.error_messages.values(),
        *map(gettext_lazy, SAID_ANEW),
    ]
    with override("de"):
        assert [str(one) for one in sentences if familiar.search(str(one))] == []


def test_nobody_registers_himself(db, client):
    page = client.get("/accounts/signup/")
    assert page.status_code == 200
    client.post(
        "/accounts/signup/", {"email": "neu@beispiel.example", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert not Account.objects.filter(email="neu@beispiel.example").exists()


def test_next_address_of_another_host_is_not_followed(cast, client):
    answer = client.post(
        LOGIN,
        {
            "login": cast.account[Role.COUNCIL_MEMBER].email,
            "password": PASSWORD,
            "next": "https://evil.example/",
        },
    )
    assert answer["Location"] == "/staff/"


# ---- second factor -----------------------------------------------------------------------------------------------------


def test_role_that_sees_personal_data_is_sent_to_its_second_factor(bare, client):
    sign_in(client, bare.account[Role.COORDINATOR])
    for address in [f"/staff/{bare.town.slug}/", "/staff/", f"/de/{bare.town.slug}/"]:
        assert client.get(address)["Location"] == reverse("second-factor"), address
    assert client.get(reverse("second-factor")).status_code == 200
    assert client.get("/accounts/").status_code == 200


def test_role_in_another_municipality_counts_too(cast, client):
    """Counted over all memberships, also in a municipality that is not open at the moment."""
    from quartierwerk.people.models import Membership

    account = cast.account[Role.COUNCIL_MEMBER]
    Membership.objects.create(tenant=cast.other, account=account, role=Role.COORDINATOR)
    sign_in(client, account)
    assert client.get(f"/staff/{cast.town.slug}/")["Location"] == reverse("second-factor")


def test_recovery_codes_alone_are_no_second_factor(bare, client):
    account = bare.account[Role.COORDINATOR]
    Authenticator.objects.create(user=account, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"})
    client.force_login(account)
    assert client.get("/staff/")["Location"] == reverse("second-factor")


def test_setting_up_an_app_opens_the_back_office(bare, client, django_capture_on_commit_callbacks):
    sign_in(client, bare.account[Role.COORDINATOR])
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    secret = page.context["form"].secret
    counter = next(iter(yield_hotp_counters_from_time()))
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert wrong.status_code == 200
    assert not Authenticator.objects.exists()
    right = {"code": format_hotp_value(hotp_value(secret, counter))}
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(reverse("mfa_activate_totp"), right)
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    codes = client.get(done["Location"])
    assert len(codes.context["unused_codes"]) == 10
    assert client.get("/staff/").status_code == 302
    assert client.get(f"/staff/{bare.town.slug}/").status_code == 200
    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in stored
    assert ("second factor added", "done") in events()


def test_signing_in_asks_for_the_code(cast, client):
    account = cast.account[Role.COORDINATOR]
    assert sign_in(client, account)["Location"] == reverse("mfa_authenticate")
    assert client.get("/staff/")["Location"].startswith(LOGIN)  # not signed in yet
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert ("second factor failed", "refused") in events()
    assert client.post(reverse("mfa_authenticate"), {"code": current_code()}).status_code == 302
    assert client.get(f"/staff/{cast.town.slug}/").status_code == 200


def test_a_needed_factor_cannot_be_taken_off(cast, client):
    account = cast.account[Role.COORDINATOR]
    sign_in(client, account)
    client.post(reverse("mfa_authenticate"), {"code": current_code()})
    client.post(reverse("mfa_deactivate_totp"), {})
    assert Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists()


def test_example_account_needs_none_on_ones_own_machine_only(bare, client, settings):
    account = bare.account[Role.COORDINATOR]
    account.is_example = True
    account.save()
    client.force_login(account)
    assert client.get(f"/staff/{bare.town.slug}/")["Location"] == reverse("second-factor")
    settings.SURROUNDINGS = "development"
    page = client.get(f"/staff/{bare.town.slug}/")
    assert page.status_code == 200
    assert "second factor" in page.content.decode() or "Beispielkonto" in page.content.decode()


# ---- password ----------------------------------------------------------------------------------------------------------


def test_reset_answers_alike_and_mails_both(cast, client):
    known = client.post(reverse("account_reset_password"), {"email": cast.account[Role.COUNCIL_MEMBER].email})
    unknown = client.post(reverse("account_reset_password"), {"email": "niemand@musterstadt.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [
        [cast.account[Role.COUNCIL_MEMBER].email],
        ["niemand@musterstadt.example"],
    ]


def test_reset_link_works_once(cast, client):
    account = cast.account[Role.COUNCIL_MEMBER]
    client.post(reverse("account_reset_password"), {"email": account.email.upper()})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    form_page = client.get(link, follow=True)
    target = form_page.request["PATH_INFO"]
    new = {"password1": "sieben-blaue-fahrraeder", "password2": "sieben-blaue-fahrraeder"}
    assert client.post(target, new).status_code == 302
    account.refresh_from_db()
    assert account.check_password("sieben-blaue-fahrraeder")
    assert ("password reset", "done") in events()
    client.session.flush()
    again = client.get(link, follow=True)
    assert again.context["token_fail"]


def test_reset_of_one_address_is_limited(cast, client):
    answers = [
        client.post(reverse("account_reset_password"), {"email": "niemand@musterstadt.example"}).status_code
        for _ in range(6)
    ]
    assert answers == [302] * 5 + [429]


@pytest.mark.parametrize(
    ("password", "fine"),
    [
        ("kurz", False),
        ("elf-zeichen", False),
        ("passwordpassword", False),
        ("Passwort2026!!", False),
        ("aaaaaaaaaaaaaaa", False),
        ("council_member@musterstadt.example", False),
        ("zwölf zeichen", True),  # no composition rules
        ("sieben blaue fahrräder", True),
    ],
)
def test_passwords(cast, client, password, fine):
    account = cast.account[Role.COUNCIL_MEMBER]
    sign_in(client, account)
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )
    account.refresh_from_db()
    assert account.check_password(password) is fine


def test_argon2_is_what_passwords_are_stored_with():
    from config.settings import base

    assert base.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_sealed_values_open_for_their_purpose_only(settings):
    from quartierwerk.people import sealing

    sealed = sealing.seal("geheim", "a")
    assert "geheim" not in sealed
    assert sealing.unseal(sealed, "a") == "geheim"
    for broken, purpose in [(sealed, "b"), (sealed[:-4] + "AAAA", "a"), ("", "a"), ("kein base64 ü", "a")]:
        with pytest.raises(sealing.Broken):
            sealing.unseal(broken, purpose)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-newer-secret"
    assert sealing.unseal(sealed, "a") == "geheim"


# ---- own pages -----------------------------------------------------------------------------------------------------------


def test_own_page_saves_name_and_language(cast, client):
    account = cast.account[Role.COUNCIL_MEMBER]
    client.force_login(account)
    assert client.post("/accounts/", {"name": "", "language": "ar"}).status_code == 422
    assert client.post("/accounts/", {"name": "Mira Muster", "language": "ar"}).status_code == 302
    account.refresh_from_db()
    assert (account.name, account.language) == ("Mira Muster", "ar")
    page = client.get("/accounts/").content.decode()
    assert 'dir="rtl"' in page
    assert "Mira Muster" in page


def test_other_sessions_can_be_ended(cast, client):
    from django.test import Client

    account, elsewhere = cast.account[Role.COUNCIL_MEMBER], Client()
    sign_in(client, account)
    sign_in(elsewhere, account)
    assert len(client.get(reverse("usersessions_list")).context["sessions"]) == 2
    client.post(reverse("usersessions_list"), {})
    assert elsewhere.get("/accounts/")["Location"].startswith(LOGIN)
    assert client.get("/accounts/").status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "own-account", "mfa_index", "second-factor", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn",
        "mfa_generate_recovery_codes", "usersessions_list", "account_change_password", "account_email", "staff-start",
    ],
)  # fmt: skip
def test_own_pages_open_and_are_closed_to_visitors(cast, client, name):
    address = reverse(name)
    assert client.get(address)["Location"].startswith(LOGIN)
    sign_in(client, cast.account[Role.COUNCIL_MEMBER])
    answer = client.get(address)
    assert answer.status_code == (302 if name == "staff-start" else 200)
    if answer.status_code == 200:
        assert "no-store" in answer["Cache-Control"]
        assert "<script>" not in answer.content.decode()


def test_language_of_the_sign_in_page_follows_the_wish(db, client):
    assert 'lang="fr"' in client.get(LOGIN, headers={"Accept-Language": "fr"}).content.decode()
    assert 'lang="ar" dir="rtl"' in client.get(f"{LOGIN}?lang=ar").content.decode()
    assert 'lang="ar" dir="rtl"' in client.get(LOGIN).content.decode()  # kept while one is not signed in


def test_time_class_of_both_answers_is_the_same(cast, client):
    """Measured with many repetitions this would be noise; here only a factor of several would show."""
    client.get(LOGIN)

    def seconds(email):
        began = time.perf_counter()
        sign_in(client, email, "falsch-aber-lang-genug")
        return time.perf_counter() - began

    known = min(seconds("council_member@musterstadt.example") for _ in range(3))
    unknown = min(seconds("niemand@musterstadt.example") for _ in range(3))
    assert max(known, unknown) < 4 * min(known, unknown)
