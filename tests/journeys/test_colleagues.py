"""Colleagues: one is invited, one turns on a second factor, two edit the same record."""

import re

import pytest
from django.urls import reverse

from quartierwerk.directory.models import Organisation
from quartierwerk.directory.tests import factories
from quartierwerk.messages.models import Outgoing
from quartierwerk.people.models import Account, Membership
from quartierwerk.rights import Role

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def staff(name, visitor, **keys):
    return reverse(name, kwargs={"tenant": visitor.cast.town.slug, **keys})


def test_colleague_is_invited_and_joins(visitor, flawless):
    # Given the administrator
    page = visitor.page(visitor.cast.account[Role.ADMINISTRATOR])
    page.goto(staff("members", visitor))
    flawless(page)
    # When she invites a translator
    page.goto(staff("invite", visitor))
    page.fill("[name=email]", "neu@beispiel.example")
    page.select_option("[name=role]", Role.TRANSLATOR.value)
    flawless(page)
    page.locator("main form.qw-form button[type=submit]").click()
    page.wait_for_load_state()
    # Then a mail lies in the outbox, and its link lets the person in
    with visitor.cast.in_town():
        text = Outgoing.objects.get(recipient="neu@beispiel.example").text
    link = re.search(r"https?://\S+/accounts/invitation/\S+", text)[0]
    guest = visitor.page()
    guest.goto(visitor.base + re.sub(r"^https?://[^/]+", "", link))
    guest.fill("[name=name]", "Olena Melnyk")
    guest.fill("[name=password1]", "eine-lange-neue-losung")
    guest.fill("[name=password2]", "eine-lange-neue-losung")
    flawless(guest)
    guest.locator("main form.qw-form button[type=submit]").click()
    guest.wait_for_load_state()
    account = Account.objects.get(email="neu@beispiel.example")
    assert Membership.objects.get(account=account).role == Role.TRANSLATOR
    # … as far as setting up the second factor, since translators read who the contact persons are
    guest.goto(staff("directory_staff:offers", visitor))
    assert guest.url.endswith(reverse("second-factor"))
    flawless(guest)


def test_two_edit_one_record_and_the_second_sees_both_versions(visitor, flawless):
    # Given two colleagues with the same record open
    with visitor.cast.in_town():
        record = factories.organisation("Verein", phone="0511 1")
    path = staff("directory_staff:edit_organisation", visitor, pk=record.pk)
    first = visitor.page(visitor.cast.account[Role.COORDINATOR])
    second = visitor.page(visitor.cast.account[Role.COORDINATOR])
    first.goto(path)
    second.goto(path)
    # When both save another phone number
    save(first, phone="0511 2")
    save(second, phone="0511 3", about="Viel Text, der nicht verloren gehen darf.")
    # Then the second is asked, field by field, and keeps what was typed
    assert second.locator("#versions").count() == 1
    assert second.locator("[name=about]").input_value() == "Viel Text, der nicht verloren gehen darf."
    flawless(second)
    second.locator("[name=keep-phone][value=theirs]").check()
    second.locator("main form.qw-form button[type=submit]").last.click()
    second.wait_for_load_state()
    with visitor.cast.in_town():
        saved = Organisation.objects.get(pk=record.pk)
    assert (saved.phone, saved.about) == ("0511 2", "Viel Text, der nicht verloren gehen darf.")


def save(page, **values):
    for name, value in values.items():
        page.fill(f"[name={name}]", value)
    page.locator("main form.qw-form button[type=submit]").last.click()
    page.wait_for_load_state()


def test_second_factor_is_turned_on(visitor, flawless):
    # Given a member of the council, whose role may do without
    account = visitor.cast.account[Role.COUNCIL_MEMBER]
    page = visitor.page(account)
    # When he asks for it, proves who he is, and types what the app shows
    page.goto(reverse("mfa_activate_totp"))
    if "reauthenticate" in page.url:
        from quartierwerk.testing import PASSWORD

        page.fill("[name=password]", PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_load_state()
    flawless(page)
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    secret = page.locator("code").first.inner_text()
    counter = next(iter(yield_hotp_counters_from_time()))
    page.fill("[name=code]", format_hotp_value(hotp_value(secret, counter)))
    page.locator("main form.qw-form button[type=submit]").click()
    page.wait_for_load_state()
    # Then it is on, with recovery codes to keep
    assert account.authenticator_set.filter(type="totp").exists()
    flawless(page)
