"""Organisations get editors of their own, asked by mail; they see and change their own entries only."""

import re
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from quartierwerk.messages.models import Outgoing
from quartierwerk.people.models import Account, Membership
from quartierwerk.rights import Role

from ..models import Offer
from ..showing import visits
from . import factories

pytestmark = pytest.mark.django_db
NEW = {"name": "Vera Verein", "password1": "sieben-blaue-fahrraeder", "password2": "sieben-blaue-fahrraeder"}


def page(name, cast, **keys):
    return reverse(f"directory_staff:{name}", kwargs={"tenant": cast.town.slug, **keys})


@pytest.fixture
def club(cast):
    with cast.in_town():
        return factories.organisation("Nähkreis", space=cast.middle)


def links(cast) -> list[str]:
    with cast.in_town():
        texts = Outgoing.objects.order_by("created_at").values_list("text", flat=True)
        return [re.search(r"http://testserver(/accounts/invitation/\S+)", text)[1] for text in texts]


def ask(client, cast, club, email="vera@verein.example"):
    return client.post(page("editors", cast, pk=club.pk), {"email": email})


def test_invited_editor_sees_her_own_organisation_only(client, cast, club):
    with cast.in_town():
        other = factories.organisation("Rechtsberatung")
        foreign = Offer.objects.create(organisation=other, title="Sprechstunde")
    client.force_login(cast.account[Role.COORDINATOR])
    assert ask(client, cast, club).status_code == 302
    assert "vera@verein.example" in client.get(page("editors", cast, pk=club.pk)).content.decode()
    guest = Client()
    guest.get(links(cast)[0], follow=True)
    assert guest.post("/accounts/invitation/", NEW)["Location"] == "/staff/"
    account = Account.objects.get(email="vera@verein.example")
    # She will see contacts of her organisation: not without a second factor.
    assert guest.get(page("edit_organisation", cast, pk=club.pk))["Location"] == "/accounts/2fa/needed/"
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    guest.force_login(account)
    with cast.in_town():
        held = Membership.objects.get(account__email="vera@verein.example")
    assert (held.role, held.organisation_id) == (Role.ORGANISATION_EDITOR, club.pk)
    assert guest.get(page("edit_organisation", cast, pk=club.pk)).status_code == 200
    assert guest.get(page("edit_organisation", cast, pk=other.pk)).status_code == 404
    assert guest.get(page("edit_offer", cast, pk=foreign.pk)).status_code == 404
    assert guest.get(page("editors", cast, pk=club.pk)).status_code == 404


def test_one_person_may_look_after_two_organisations(client, cast, club):
    account = cast.account[Role.ORGANISATION_EDITOR]
    client.force_login(cast.account[Role.COORDINATOR])
    assert ask(client, cast, club, account.email).status_code == 302
    guest = Client()
    guest.force_login(account)
    guest.get(links(cast)[0], follow=True)
    guest.post("/accounts/invitation/")
    assert guest.get(page("edit_organisation", cast, pk=club.pk)).status_code == 200


def test_who_looks_after_it_already_is_not_asked_again(client, cast, club):
    with cast.in_town():
        Membership.objects.create(
            tenant=cast.town,
            account=cast.account[Role.TRANSLATOR],
            role=Role.ORGANISATION_EDITOR,
            organisation_id=club.pk,
        )
    client.force_login(cast.account[Role.COORDINATOR])
    answer = ask(client, cast, club, cast.account[Role.TRANSLATOR].email)
    assert answer.status_code == 422
    assert links(cast) == []


@pytest.mark.parametrize("typed", ["", "vera", "vera@", "a@b.example, c@d.example"])
def test_what_is_no_mail_address_is_refused_and_stays_in_the_field(client, cast, club, typed):
    client.force_login(cast.account[Role.COORDINATOR])
    answer = ask(client, cast, club, typed)
    assert answer.status_code == 422
    assert typed in answer.content.decode()
    assert links(cast) == []


def test_community_worker_invites_in_her_own_quarter_only(client, cast, club):
    with cast.in_town():
        elsewhere = factories.organisation("Chor", space=cast.old)
    client.force_login(cast.account[Role.COMMUNITY_WORKER])
    assert ask(client, cast, club).status_code == 302
    assert ask(client, cast, elsewhere).status_code == 404


def test_coordinator_invites_no_other_role_this_way(client, cast, club):
    client.force_login(cast.account[Role.COORDINATOR])
    client.post(page("editors", cast, pk=club.pk), {"email": "vera@verein.example", "role": "administrator"})
    guest = Client()
    guest.get(links(cast)[0], follow=True)
    guest.post("/accounts/invitation/", NEW)
    with cast.in_town():
        roles = set(
            Membership.objects.filter(account__email="vera@verein.example").values_list("role", flat=True)
        )
    assert roles == {Role.ORGANISATION_EDITOR}


def test_editor_reads_how_often_her_offer_was_opened_and_of_no_other(client, cast, club):
    """From the visitor's click to the number on her page."""
    with cast.in_town():
        mine = factories.offer("Nähcafé", organisation=club, space=cast.middle)
        factories.view_count(offer=mine, month=date(2026, 1, 1), count=41)
        foreign = factories.offer("Chorprobe", space=cast.middle)
    Membership.objects.filter(role=Role.ORGANISATION_EDITOR).update(organisation_id=club.pk)
    Client().get(f"/de/{cast.town.slug}/offers/{mine.pk}/", HTTP_USER_AGENT="Mozilla/5.0")
    visits.write()
    client.force_login(cast.account[Role.ORGANISATION_EDITOR])
    html = client.get(page("offer", cast, pk=mine.pk)).content.decode()
    assert "<dt>Aufrufe</dt>" in html
    assert "Januar 2026: 41" in html
    assert f"{date_format(timezone.localdate(), 'F Y')}: 1" in html
    assert client.get(page("offer", cast, pk=foreign.pk)).status_code == 404
