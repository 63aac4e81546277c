"""The example town holds enough of everything for every list, and nothing real."""

import json
import re

import pytest
from django.utils import timezone
from shapely.geometry import Point, shape

from quartierwerk.places.models import Address
from quartierwerk.tenants import example, scope
from quartierwerk.tenants.models import Tenant
from quartierwerk.uploads.models import Picture

from ..example import FILES
from ..jobs import candidates
from ..models import (
    Contact,
    Location,
    Offer,
    OfferBarrier,
    OfferSchedule,
    OfferText,
    Organisation,
    OrganisationContact,
    Registration,
    UnreachableLink,
    Wish,
)
from ..models.organisations import OrganisationRole
from ..topics import TOPICS
from ..upkeep.actions import entry_of
from ..upkeep.rules import due_step

ENTRIES = [
    (path.parent.name, entry)
    for path in sorted(FILES.glob("*/*.json"))
    for entry in json.loads(path.read_text())
]
TEXT = "\n".join(path.read_text() for path in sorted(FILES.glob("*/*.json")))


def of_town() -> list[dict]:
    return [entry for town, entry in ENTRIES if town == "laatzen"]


def test_the_town_is_large_enough_for_every_list():
    offers = [offer for entry in of_town() for offer in entry["offers"]]
    assert len(of_town()) >= 60
    assert len(offers) >= 150
    quarters = {
        offer.get("quarter", entry.get("quarter")) for entry in of_town() for offer in entry["offers"]
    }
    assert quarters >= {"Laatzen-Mitte", "Alt-Laatzen", "Grasdorf", "Rethen", "Gleidingen", "Ingeln-Oesselse"}
    kinds = {offer.get("kind", "general") for offer in offers}
    assert kinds == {
        "general", "course", "counselling", "group", "meeting_place", "health", "listing", "sport", "culture"
    }  # fmt: skip
    assert {offer.get("level") for offer in offers} >= {"A0", "A1", "A2", "B1", "B2", "C1"}
    translated = sum("texts" in offer for offer in offers)
    assert len(offers) * 0.5 < translated < len(offers)


def test_no_key_stands_twice():
    keys = [row["key"] for _town, entry in ENTRIES for row in (entry, *entry["offers"])]
    assert len(keys) == len(set(keys))


def test_nobody_can_be_called_or_written_to_by_mistake():
    for phone in re.findall(r'"phone": "([^"]*)"', TEXT):
        assert re.fullmatch(r"0511 000 \d\d \d\d", phone), phone
    for domain in re.findall(r'"(?:email|website)": "(?:[^"@]*@|https://)([^"/]*)', TEXT):
        assert domain.endswith(".example"), domain


@pytest.fixture
def town(example, db) -> Tenant:
    return example()


def test_every_entry_is_loaded_with_its_key_as_number(town):
    with scope.entered(scope.staff(town)):
        assert Organisation.objects.filter(source="example").count() == len(of_town())
        offer = Offer.objects.get(source_id="offer-deutsch-a1-vormittag")
        assert offer.organisation.source_id == "org-sprachhaus"
        assert "ar" in OfferText.objects.filter(record=offer).values_list("language", flat=True)
        assert offer.contacts(manager="objects").first().function == "Kursberatung"


def test_each_place_lies_in_its_quarter(town):
    with scope.entered(scope.staff(town)):
        places = list(Address.objects.exclude(latitude=None).select_related("space"))
        assert len(places) > 40
        for place in places:
            inside = shape(place.space.outline).contains(Point(place.longitude, place.latitude))
            assert inside, (place.street, place.space)


def test_every_field_holds_what_the_forms_would_take(town):
    for tenant in Tenant.objects.filter(is_example=True):
        with scope.entered(scope.staff(tenant)):
            for model in (
                Organisation,
                OrganisationContact,
                Location,
                Offer,
                OfferSchedule,
                Contact,
                OfferBarrier,
                Wish,
            ):
                for row in model.objects.all():
                    row.clean_fields(exclude=["tenant"])
            for organisation in Organisation.objects.all():
                assert set(organisation.roles) <= set(OrganisationRole.values), organisation.name
                assert set(organisation.topics) <= TOPICS.keys(), organisation.name
            topics = {code for offer in Offer.objects.all() for code in offer.topics}
            assert topics <= TOPICS.keys()
            assert tenant.slug != "laatzen" or topics == TOPICS.keys()


def test_every_work_list_has_something_to_do(town):
    with scope.entered(scope.staff(town)):
        assert Organisation.objects.filter(confirmation="unconfirmed").exists()
        assert Organisation.objects.filter(confirmation="phone").exists()
        assert Organisation.objects.filter(is_placeholder=True).count() == 1
        assert Offer.objects.filter(unconfirmed_since__isnull=False).exists()
        assert Offer.objects.filter(languages_spoken=[]).count() >= 4
        assert Offer.objects.filter(valid_until__lt=example.TODAY).count() >= 3
        assert Offer.objects.filter(translations__isnull=True).exists()
        assert UnreachableLink.objects.count() >= 3
        assert OfferBarrier.objects.filter(held=True).exists()
        assert Wish.objects.filter(state="new").exists()
        assert Registration.objects.filter(state="waiting").exists()
        assert OrganisationContact.objects.exclude(deputy_of=None).exists()
        texts = OfferText.objects.select_related("record")
        assert any(row.source_text != getattr(row.record, row.text_name) for row in texts)


def test_nobody_is_asked_reminded_or_hidden_on_the_first_day(town):
    with scope.entered(scope.staff(town)):
        rows = Organisation.objects.filter(pk__in=candidates(town))
        assert len(rows) >= 6
        for row in rows:
            assert due_step(entry_of(row), timezone.now(), town.confirm_every_months) is None, row


def test_municipal_and_welfare_contacts_answer_for_the_same_programme(town):
    with scope.entered(scope.staff(town)):
        rows = OrganisationContact.objects.filter(
            programmes__contains=["Integrationskurs-Lehrbücher"], postcodes__contains=["30880"]
        )
        roles = {role for row in rows for role in row.organisation.roles}
        assert {"authority", "welfare"} <= roles


def test_pictures_stand_beside_texts_in_leichte_sprache_and_one_waits_for_its_rights(town):
    with scope.entered(scope.staff(town)):
        texts = OfferText.objects.exclude(picture=None).select_related("picture")
        assert {text.language for text in texts} == {"de-simple"}
        assert len({text.picture_id for text in texts}) == 3
        assert all(text.picture.visibility == "public" for text in texts)
        assert Picture.objects.exclude(visibility="public").count() == 1
