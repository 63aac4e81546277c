"""Whom to ask: by postcode and programme, with everything people get wrong (W5.2)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ..models import OrganisationContact
from ..showing.contact_finder import Reading, read_postcode
from . import factories


@pytest.mark.parametrize(
    ("typed", "reading", "alike"),
    [
        ("30880", Reading.KNOWN, ()),
        ("D-30880", Reading.KNOWN, ()),
        (" 308 80 ", Reading.KNOWN, ()),
        ("3088", Reading.TYPO, ("30880",)),
        ("308800", Reading.TYPO, ("30880",)),
        ("30808", Reading.UNKNOWN, ("30880",)),
        ("10115", Reading.UNKNOWN, ()),
        ("Wien 1010", Reading.TYPO, ()),
        ("", Reading.NOTHING, ()),
    ],
)
def test_postcodes_are_read_as_people_type_them(typed, reading, alike):
    found = read_postcode(typed, ["30880", "30982"])
    assert (found.reading, found.alike) == (reading, alike)


def contact(organisation, **values):
    return OrganisationContact.objects.create(organisation=organisation, **values)


@pytest.fixture
def offices(cast):
    with cast.in_town():
        town = factories.organisation("Stadtverwaltung", roles=["authority"])
        welfare = factories.organisation("Wohlfahrt Leine", roles=["welfare"])
        away = timezone.localdate() + timedelta(days=9)
        boss = contact(town, function="Bildungspaket", phone="0511 10", programmes=["Bildung und Teilhabe"],
                       hours="Mo 9–12", absent_until=away)  # fmt: skip
        contact(town, function="Vertretung", phone="0511 11", deputy_of=boss)
        contact(
            welfare,
            function="Sozialberatung",
            phone="0511 20",
            programmes=["Bildung und Teilhabe"],
            postcodes=["30999"],
        )
        contact(
            welfare,
            function="Schuldnerberatung",
            phone="0511 21",
            programmes=["Schulden"],
            postcodes=["30999"],
        )
    with cast.in_other():
        other = factories.organisation("Gemeinde Nachbarstadt", roles=["authority"])
        contact(other, function="Bürgerbüro", phone="0511 30")
    cast.region.contact_office, cast.region.contact_phone = "Regionsbüro", "0511 99"
    cast.region.save()
    return cast


def page(cast, **query):
    return Client().get(f"/de/{cast.town.slug}/contacts/", query).content.decode()


@pytest.mark.django_db
def test_municipal_and_welfare_contacts_stand_side_by_side_with_hours_and_deputy(offices):
    html = page(offices, postcode="30999", programme="bildung und teilhabe")
    assert "0511 11" in html  # the deputy, since the other is away
    assert ">0511 10<" not in html
    assert "Vertritt" in html
    assert "0511 20" in html
    assert "0511 21" not in html


@pytest.mark.django_db
def test_postcode_of_two_towns_gives_both(offices):
    offices.other.postcodes = ["30998", "30999"]
    offices.other.save()
    html = page(offices, postcode="30999")
    assert "Stadtverwaltung" in html
    assert "Gemeinde Nachbarstadt" in html


@pytest.mark.django_db
def test_unknown_or_foreign_postcode_gives_the_regions_contact(offices):
    html = page(offices, postcode="10115")
    assert "0511 99" in html
    assert "Stadtverwaltung" not in html


@pytest.mark.django_db
def test_a_typo_gets_a_hint_with_what_may_be_meant(offices):
    html = page(offices, postcode="3099")
    assert "fünf Ziffern" in html
    assert "?postcode=30999" in html


@pytest.mark.django_db
def test_programme_of_nobody_leads_to_those_who_know(offices):
    html = page(offices, postcode="30999", programme="Tauchen")
    assert "ist hier niemand genannt" in html
    assert "Wohlfahrt Leine" in html
