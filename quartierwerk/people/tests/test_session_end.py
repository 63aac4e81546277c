"""Sessions end after half an hour and after ten hours, and what was typed comes back (W1.2, data protection §2)."""

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from quartierwerk.people import kept, rules
from quartierwerk.people.models import Invitation, KeptInput
from quartierwerk.rights import Role
from quartierwerk.testing import PASSWORD

LOGIN = "/accounts/login/"
FORM = "/staff/musterstadt/people/invite/"
TYPED = {"email": "getippt@beispiel.example", "role": Role.PLANNER, "space": "", "last_day": "31.12.2099"}


@pytest.fixture
def clock(time_machine):
    time_machine.move_to("2026-11-02 08:00 +0000", tick=False)

    def later(**amount):
        time_machine.move_to(timezone.now() + timedelta(**amount), tick=False)

    return later


@pytest.fixture
def admin(cast, client):
    """Signed in with password only: whether a second factor is asked for is another test's matter."""
    account = cast.account[Role.ADMINISTRATOR]
    client.force_login(account)
    return client


def sign_in(client, account, next_address):
    client.force_login(account)  # the cookie of this browser stays
    return client.get(next_address)


def next_of(answer) -> str:
    parts = urlsplit(answer["Location"])
    assert parts.path == LOGIN
    return parse_qs(parts.query)["next"][0]


# ---- ends ----------------------------------------------------------------------------------------------------------------


def test_idle_session_ends_after_half_an_hour(cast, client, clock):
    client.post(LOGIN, {"login": cast.account[Role.COUNCIL_MEMBER].email, "password": PASSWORD})
    clock(minutes=29)
    assert client.get("/accounts/").status_code == 200
    clock(minutes=29)
    assert client.get("/accounts/").status_code == 200
    clock(minutes=31)
    assert client.get("/accounts/").status_code == 302


def test_session_in_use_ends_after_ten_hours(cast, client, clock):
    client.post(LOGIN, {"login": cast.account[Role.COUNCIL_MEMBER].email, "password": PASSWORD})
    for _ in range(29):
        clock(minutes=20)
        assert client.get("/accounts/").status_code == 200
    assert client.get("/session/").json()["seconds"] <= 20 * 60  # the warning comes in time
    clock(minutes=20)
    assert client.get("/accounts/").status_code == 302


def test_looking_at_public_pages_counts_as_use_but_not_past_the_end(cast, client, clock):
    client.post(LOGIN, {"login": cast.account[Role.COUNCIL_MEMBER].email, "password": PASSWORD})
    for _ in range(30):
        clock(minutes=20)
        client.get("/de/musterstadt/")
    assert client.get("/accounts/").status_code == 302


@pytest.mark.parametrize(
    ("hours", "left"), [(0, 1800), (9, 1800), (9.5, 1800), (9.75, 900), (10, 0), (11, 0), (-1, 1800)]
)
def test_seconds_left(hours, left):
    assert rules.seconds_left(1000.0, 1000.0 + hours * 3600) == left


def test_one_request_a_minute_writes_the_session(cast, client, clock):
    client.force_login(cast.account[Role.COUNCIL_MEMBER])
    client.get("/accounts/signup/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/accounts/signup/")
    assert not [query for query in asked if query["sql"].startswith(("UPDATE", "INSERT"))]


# ---- what was typed ------------------------------------------------------------------------------------------------------


def test_text_typed_before_the_end_stands_in_the_form_after_signing_in(cast, admin, clock):
    """W1.2: session expired while typing → text restored after login."""
    assert admin.get(FORM).status_code == 200
    clock(minutes=45)
    late = admin.post(FORM, TYPED, headers={"Referer": f"http://testserver{FORM}"})
    back = next_of(late)
    assert back.startswith(f"{FORM}?typed=")
    page = sign_in(admin, cast.account[Role.ADMINISTRATOR], back)
    html = page.content.decode()
    assert 'value="getippt@beispiel.example"' in html
    assert 'value="31.12.2099"' in html
    assert f'value="{Role.PLANNER}" selected' in html
    assert page.context["form"].is_bound is False
    assert reverse("discard-kept-input", args=[KeptInput.objects.get().pk]) in html
    with cast.in_town():
        assert not Invitation.objects.exists()  # nothing happened meanwhile
    assert admin.post(FORM, TYPED).status_code == 302
    assert not KeptInput.objects.exists()  # it arrived, so it goes
    with cast.in_town():
        assert Invitation.objects.get().email == "getippt@beispiel.example"


def test_signing_in_by_the_form_leads_back_to_what_was_typed(cast, client, clock):
    account = cast.account[Role.COUNCIL_MEMBER]
    client.post(LOGIN, {"login": account.email, "password": PASSWORD})
    client.get("/staff/musterstadt/")
    clock(minutes=45)
    back = next_of(client.post("/staff/musterstadt/people/invite/", TYPED))
    answer = client.post(LOGIN, {"login": account.email, "password": PASSWORD, "next": back})
    assert answer["Location"] == back


def late_form(client, clock, **more):
    client.get("/accounts/signup/")
    clock(minutes=45)
    return next_of(client.post(FORM, {**TYPED, **more}))


def test_another_account_in_the_same_browser_does_not_see_it(cast, admin, clock):
    from quartierwerk.people.models import Membership

    other = cast.account[Role.PLANNER]
    Membership.objects.create(tenant=cast.town, account=other, role=Role.ADMINISTRATOR)
    back = late_form(admin, clock)
    page = sign_in(admin, other, back)
    assert page.status_code in (200, 302)
    assert "getippt" not in page.content.decode()
    assert admin.get(reverse("kept-input", args=[KeptInput.objects.get().pk])).status_code in (302, 404)


def test_same_account_in_another_browser_does_not_see_it(cast, admin, clock):
    back = late_form(admin, clock)
    page = sign_in(Client(), cast.account[Role.ADMINISTRATOR], back)
    assert "getippt" not in page.content.decode()


def test_text_is_gone_after_a_day(cast, admin, clock):
    back = late_form(admin, clock)
    clock(hours=24, minutes=1)
    page = sign_in(admin, cast.account[Role.ADMINISTRATOR], back)
    assert page.status_code == 200
    assert "getippt" not in page.content.decode()


def test_text_is_gone_for_the_next_person_after_signing_out(cast, admin, clock):
    back = late_form(admin, clock)
    admin.force_login(cast.account[Role.ADMINISTRATOR])
    admin.post(reverse("account_logout"))
    page = sign_in(admin, cast.account[Role.ADMINISTRATOR], back)
    assert "getippt" not in page.content.decode()


def test_strangers_cannot_fill_the_table(cast, client):
    client.post(FORM, TYPED)
    client.cookies[kept.COOKIE] = "made-up"
    client.post(FORM, TYPED)
    assert not KeptInput.objects.exists()


def test_database_alone_does_not_tell_the_text(cast, admin, clock):
    late_form(admin, clock)
    row = KeptInput.objects.get()
    assert "getippt" not in json.dumps([row.sealed, row.target, row.browser])


def test_passwords_tokens_and_files_are_not_kept(cast, admin, clock):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("liste.csv", b"Inhalt der Datei")
    back = late_form(admin, clock, password="geheim-geheim", csrfmiddlewaretoken="x" * 64, file=file)
    page = sign_in(admin, cast.account[Role.ADMINISTRATOR], back)
    whole = admin.get(reverse("kept-input", args=[KeptInput.objects.get().pk])).content.decode()
    for html in (page.content.decode(), whole):
        assert "geheim-geheim" not in html
        assert "Inhalt der Datei" not in html
    assert page.context["typed"].had_files


def test_overlong_and_numerous_forms_are_not_kept(cast, admin, clock):
    admin.get("/accounts/signup/")
    clock(minutes=45)
    assert next_of(admin.post(FORM, {**TYPED, "email": "x" * 250_000})) == FORM
    for number in range(8):
        admin.post(FORM, {**TYPED, "email": f"p{number}@beispiel.example"})
    assert KeptInput.objects.count() == kept.MOST_FORMS


def test_form_sent_to_an_address_without_page_has_a_page_of_its_own(cast, admin, clock):
    planner = cast.account[Role.PLANNER]
    target = f"/staff/musterstadt/people/{planner.pk}/role/"
    admin.get("/accounts/signup/")
    clock(minutes=45)
    back = next_of(admin.post(target, {"role-role": Role.TRANSLATOR, "role-last_day": "31.12.2099"}))
    answer = sign_in(admin, cast.account[Role.ADMINISTRATOR], back)
    assert answer["Location"] == reverse("kept-input", args=[KeptInput.objects.get().pk])
    page = admin.get(answer["Location"]).content.decode()
    assert "31.12.2099" in page
    assert f'action="{target}"' in page


def test_form_on_another_page_is_shown_on_that_page(cast, admin, clock):
    planner = cast.account[Role.PLANNER]
    page = f"/staff/musterstadt/people/{planner.pk}/"
    admin.get("/accounts/signup/")
    clock(minutes=45)
    values = {"role-role": Role.TRANSLATOR, "role-space": "", "role-last_day": "31.12.2099"}
    back = next_of(admin.post(f"{page}role/", values, headers={"Referer": f"http://testserver{page}"}))
    assert back.startswith(f"{page}?typed=")
    html = sign_in(admin, cast.account[Role.ADMINISTRATOR], back).content.decode()
    assert html.count('value="31.12.2099"') == 1  # in the form it came from, in no other


def test_foreign_referer_is_not_where_one_comes_back_to(cast, admin, clock):
    admin.get("/accounts/signup/")
    clock(minutes=45)
    back = next_of(admin.post(FORM, TYPED, headers={"Referer": "https://evil.example/form/"}))
    assert back.startswith(FORM)


def test_typed_text_can_be_discarded(cast, admin, clock):
    back = late_form(admin, clock)
    sign_in(admin, cast.account[Role.ADMINISTRATOR], back)
    pk = KeptInput.objects.get().pk
    assert admin.get(reverse("discard-kept-input", args=[pk])).status_code == 405
    assert admin.post(reverse("discard-kept-input", args=[pk])).status_code == 302
    assert not KeptInput.objects.exists()


@pytest.mark.parametrize("typed", ["x", "", "00000000-0000-4000-8000-000000000000", "1' or '1'='1"])
def test_odd_references_show_the_plain_page(cast, admin, typed):
    assert admin.get(FORM, {"typed": typed}).status_code == 200


def test_fragment_request_after_the_end_leads_the_whole_page_to_sign_in(cast, admin, clock):
    admin.get("/accounts/signup/")
    clock(minutes=45)
    current = f"http://testserver{FORM}"
    answer = admin.post(FORM, TYPED, headers={"HX-Request": "true", "HX-Current-URL": current})
    assert answer["HX-Redirect"].startswith(f"{LOGIN}?next=")
    assert KeptInput.objects.count() == 1
