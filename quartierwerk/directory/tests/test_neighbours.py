"""Offers of a neighbour that serve this municipality are read on its portal, and nothing else of the neighbour is."""

import pytest
from django.db import connection
from django.urls import reverse

from quartierwerk.places.models import Address
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant, Visibility

from ..models import Contact, Location, Offer, OfferedAt, OfferSchedule, Organisation
from . import factories

pytestmark = pytest.mark.django_db

HANGING = (
    "directory_offer", "directory_organisation", "directory_contact", "directory_offerschedule", "places_address",
    "directory_location", "directory_offeredat",
)  # fmt: skip


def ids(table):
    with connection.cursor() as cursor:
        cursor.execute(f"select id from {table}")
        return {row[0] for row in cursor.fetchall()}


def whole(title: str, **values) -> Offer:
    """An offer with everything that hangs on it."""
    place = Address.objects.create(street=f"{title}weg 1", visibility=Visibility.PUBLIC)
    one = factories.offer(
        title, address=place, organisation=factories.organisation(f"Haus {title}"), **values
    )
    Contact.objects.create(offer=one, function="Beratung", phone="0511 000 7")
    OfferSchedule.objects.create(offer=one, weekdays=["TU"])
    held = Location.objects.create(organisation=one.organisation, visibility=Visibility.PUBLIC)
    OfferedAt.objects.create(offer=one, location=held)
    return one


@pytest.fixture
def neighbours(cast):
    with cast.in_other():
        return {
            "serving": whole("Serving", serves_tenants=[cast.town.pk]),
            "own only": whole("Eigen"),
            "draft": whole("Entwurf", serves_tenants=[cast.town.pk], visibility=Visibility.TENANT),
        }


def test_raw_sql_at_the_portal_finds_what_serves_it_and_nothing_else(cast, neighbours):
    with cast.at_portal():
        assert ids("directory_offer") == {neighbours["serving"].pk}
        assert ids("directory_organisation") == {neighbours["serving"].organisation_id}
        assert ids("places_address") == {neighbours["serving"].address_id}
        assert [len(ids(table)) for table in HANGING] == [1] * len(HANGING)
        assert not ids("directory_offerevent")


def test_the_managers_read_the_same_as_the_wall(cast, neighbours):
    with cast.in_town():
        factories.offer("Hiesig")
    with cast.at_portal():
        found = Offer.published.with_everything().order_by("sort_key")
        assert [one.title for one in found] == ["Hiesig", "Serving"]
        assert [len(one.contacts.all()) for one in found] == [0, 1]
        assert [one.name for one in Organisation.published.all()] == ["Sprachhaus Leine"]
        assert Organisation.published.reachable().get(pk=neighbours["serving"].organisation_id)
        assert not Organisation.published.reachable().filter(pk=neighbours["draft"].organisation_id).exists()


def test_it_is_gone_when_it_serves_no_more_or_is_withdrawn(cast, neighbours):
    one = neighbours["serving"]
    with cast.in_other():
        Offer.objects.filter(pk=one.pk).update(serves_tenants=[])
    with cast.at_portal():
        assert not any(ids(table) for table in HANGING)
    with cast.in_other():
        Offer.objects.filter(pk=one.pk).update(serves_tenants=[cast.town.pk], visibility=Visibility.TENANT)
    with cast.at_portal():
        assert not any(ids(table) for table in HANGING)


def test_organisation_that_is_not_public_stays_hidden_with_a_public_offer(cast, neighbours):
    with cast.in_other():
        Organisation.objects.update(visibility=Visibility.PRIVATE)
    with cast.at_portal():
        assert not ids("directory_organisation")


def test_nobody_of_the_served_municipality_may_change_it(cast, neighbours):
    with cast.in_town():
        assert not Offer.objects.filter(pk=neighbours["serving"].pk).exists()
        with connection.cursor() as cursor:
            cursor.execute("update directory_offer set title = 'fremd'")
            assert cursor.rowcount == 0


def test_what_serves_the_region_is_read_in_all_its_towns(cast):
    with cast.in_other():
        one = factories.offer("Für alle", serves_tenants=[cast.region.pk])
    with cast.at_portal():
        assert Offer.published.get() == one


def test_town_outside_the_region_reads_nothing_of_it(cast, neighbours):
    lonely = Tenant.objects.create(slug="weit-weg", name="Weit weg")
    with scope.entered(scope.portal(lonely)):
        assert not any(ids(table) for table in HANGING)
        assert not Offer.published.exists()


def test_its_page_opens_on_the_portal_it_serves(client, cast, neighbours):
    def page(one, tenant):
        return reverse("directory:offer", kwargs={"lang": "de", "tenant": tenant.slug, "pk": one.pk})

    shown = client.get(page(neighbours["serving"], cast.town))
    assert shown.status_code == 200
    for words in ("Serving", "Haus Serving", "Servingweg 1", "0511 000 7"):
        assert words in shown.content.decode()
    for name in ("own only", "draft"):
        assert client.get(page(neighbours[name], cast.town)).status_code == 404
    listed = client.get(reverse("directory:offers", kwargs={"lang": "de", "tenant": cast.town.slug}))
    assert "Serving" in listed.content.decode()
    assert "Eigen" not in listed.content.decode()
