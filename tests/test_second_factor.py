"""Whoever reads personal data of others signs in with a second factor: what pages show agrees with what is asked."""

import pytest
from django.urls import reverse

from quartierwerk.directory.tests import factories
from quartierwerk.people.persons import person_of
from quartierwerk.privacy.registry import DataClass, record_of
from quartierwerk.rights import Role, asking, needs_second_factor
from quartierwerk.rights.table import ALLOWED, NEED_SECOND_FACTOR, WITHOUT_PERSONAL_DATA
from tests.test_rights_matrix import MUNICIPAL, expectations, keys_of, signed_in, url

pytestmark = pytest.mark.django_db

STAFF_PAGES = [address for address in MUNICIPAL if address.policy.kind != "open"]
CANARY = "Kanari4t7"


@pytest.fixture
def there(there):
    with there.cast.in_town():
        contact = factories.contact(CANARY, there.own["account"].pk)
        contact.offer.space = there.cast.middle
        contact.offer.save()
    type(there.own["account"]).objects.filter(pk=there.own["account"].pk).update(name=CANARY)
    return there


def pages_of(role: Role, there):
    for address in STAFF_PAGES:
        own, _elsewhere = expectations()[address.name]
        if role in own.split():
            yield address, url(address, there.cast.town.slug, keys_of(address, there.own))


@pytest.mark.parametrize("role", sorted(set(Role) - NEED_SECOND_FACTOR))
def test_role_without_second_factor_meets_nobodys_data(there, role):
    client = signed_in(there.cast.account[role])
    for _address, path in pages_of(role, there):
        answer = client.get(path)
        assert answer.status_code in (200, 302, 405), path
        assert CANARY.encode() not in answer.getvalue(), path


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_right_that_reads_records_about_people_counts_as_one(there, role, monkeypatch):
    """Seen from the pages: each pair of right and model they ask for, judged by the registry's data classes."""
    asked, original = set(), asking.allowed
    monkeypatch.setattr(
        asking, "allowed", lambda who, right, model: asked.add((right, model)) or original(who, right, model)
    )
    client = signed_in(there.cast.account[role])
    for _address, path in pages_of(role, there):
        client.get(path)
    personal = {right for right, model in asked if highest_class(model) >= DataClass.PERSONAL}
    assert asked, "no page asked through the table"
    assert not personal & WITHOUT_PERSONAL_DATA


def highest_class(model) -> DataClass:
    record = record_of(model)
    assert record is not None, model
    return max((record.data_class(name) for name in record.personal_fields()), default=DataClass.PUBLIC)


def test_everybody_who_reads_the_internal_directory_needs_one():
    """Contact persons stand in it (data protection §1: C2)."""
    assert set(ALLOWED["directory.read"]) <= NEED_SECOND_FACTOR
    assert {Role.PLANNER, Role.DEPARTMENT, Role.TRANSLATOR, Role.CONTENT_EDITOR, Role.STEERING_MEMBER} <= (
        NEED_SECOND_FACTOR
    )
    assert not {Role.RESIDENT, Role.VOLUNTEER, Role.COUNCIL_MEMBER, Role.STATE_READER} & NEED_SECOND_FACTOR


@pytest.mark.parametrize("role", sorted(NEED_SECOND_FACTOR))
def test_without_one_nothing_opens_but_setting_it_up(there, client, role):
    account = there.cast.account[role]
    account.authenticator_set.all().delete()
    client.force_login(account)
    assert needs_second_factor(person_of(account))
    answer = client.get(reverse("staff-today", kwargs={"tenant": there.cast.town.slug}))
    assert (answer.status_code, answer["Location"]) == (302, reverse("second-factor"))
