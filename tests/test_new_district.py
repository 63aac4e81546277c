"""W1.1: a new quarter, its worker invited; she sees this district's internal records and no others."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from quartierwerk.directory.models import Offer, Organisation
from quartierwerk.messages.models import Outgoing
from quartierwerk.people.models import Account, Invitation, Membership
from quartierwerk.people.persons import person_of
from quartierwerk.places.models import SocialSpace
from quartierwerk.rights import Role, may, visible
from quartierwerk.tenants.models import Visibility

PASSWORD = "sieben-blaue-fahrraeder"


def invite(client, space):
    return client.post(
        "/staff/musterstadt/people/invite/",
        {
            "email": "quartier@beispiel.example",
            "role": Role.COMMUNITY_WORKER,
            "space": space.pk,
            "last_day": "",
        },
    )


@pytest.fixture
def worker(cast, client):
    """Invited by the administrator for a quarter that did not exist before, accepted from the mail."""
    client.force_login(cast.account[Role.ADMINISTRATOR])
    typed = {"name": "Neues Quartier", "kind": "quarter", "visibility": "public", "position": "3"}
    assert client.post("/staff/musterstadt/places/new/", typed).status_code == 302
    with cast.in_town():
        quarter = SocialSpace.objects.get(name="Neues Quartier")
    assert invite(client, quarter).status_code == 302
    guest = Client()
    with cast.in_town():
        text = Outgoing.objects.get().text
    guest.get(re.search(r"http://testserver(/accounts/invitation/\S+)", text)[1])
    guest.post(
        "/accounts/invitation/", {"name": "Quirina Quartier", "password1": PASSWORD, "password2": PASSWORD}
    )
    account = Account.objects.get(email="quartier@beispiel.example")
    return person_of(account, cast.town.pk), quarter


def test_worker_reads_and_writes_internal_records_of_her_quarter_only(cast, worker):
    person, quarter = worker
    with cast.in_town():
        hers = Organisation.objects.create(name="Treff Neues Quartier", space=quarter)
        theirs = Organisation.objects.create(name="Treff Altdorf", space=cast.old)
        nobodys = Organisation.objects.create(name="Ganze Stadt")
        for action in ("organisations.read", "organisations.write", "directory.read", "directory.write"):
            assert may(person, action, hers), action
            assert not may(person, action, theirs), action
            assert not may(person, action, nobodys), action
        assert list(visible(person, "organisations.read", Organisation.objects.all())) == [hers]


def test_neighbour_quarters_record_is_not_found_by_its_address(cast, worker):
    person, quarter = worker
    hers, account = Client(), Account.objects.get(pk=person.account_id)
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    hers.force_login(account)
    with cast.in_town():
        who = Organisation.objects.create(name="Verein")
        found = {}
        for name, space in (("hier", quarter), ("nebenan", cast.old)):
            for visibility in (Visibility.SPACE, Visibility.TENANT):
                offer = Offer.objects.create(
                    organisation=who, title=f"{name} {visibility}", space=space, visibility=visibility
                )
                found[offer.title] = offer.pk
    listed = hers.get("/staff/musterstadt/directory/offers/").content.decode()
    for title, pk in found.items():
        status = 200 if title.startswith("hier") else 404
        assert hers.get(f"/staff/musterstadt/directory/offers/{pk}/").status_code == status, title
        assert (title in listed) == (status == 200), title
        if status == 404:
            assert hers.get(f"/staff/musterstadt/directory/offers/{pk}/edit/").status_code == 404
            assert hers.post(f"/staff/musterstadt/directory/offers/{pk}/publish/").status_code == 404


def test_same_address_twice_is_one_invitation(cast, client):
    client.force_login(cast.account[Role.ADMINISTRATOR])
    invite(client, cast.middle)
    invite(client, cast.middle)
    with cast.in_town():
        assert Invitation.objects.count() == 1


def test_last_administrator_stays(cast, client):
    client.force_login(cast.account[Role.ADMINISTRATOR])
    membership = Membership.objects.get(account=cast.account[Role.ADMINISTRATOR])
    client.post(f"/staff/musterstadt/people/roles/{membership.pk}/end/")
    assert person_of(membership.account, cast.town.pk).role_names == ["administrator"]
