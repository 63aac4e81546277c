"""Unchanged lists answer 304 and no changed one does; views are counted without cookies and without robots."""

import pytest
from django.test import Client

from ..models import Offer, OfferText, ViewCount
from ..showing import visits
from . import factories

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (Android 14; Mobile) Firefox/131.0"


@pytest.fixture
def offer(cast):
    with cast.in_town():
        offer = factories.offer("Sprachcafé", space=cast.middle)
        factories.contact_of(offer, "0511 1")
        return offer


def state(path, tag):
    return Client().get(path, headers={"If-None-Match": tag}).status_code


def test_unchanged_list_answers_304_until_something_it_shows_changes(cast, offer):
    path = f"/de/{cast.town.slug}/offers/"
    tag = Client().get(path)["ETag"]
    assert state(path, tag) == 304
    assert state(f"/ar/{cast.town.slug}/offers/", tag) == 200
    for change in (
        lambda: Offer.objects.filter(pk=offer.pk).update(title="Sprachtreff"),
        lambda: OfferText.objects.create(record=offer, text_name="title", language="ar", text="مقهى"),
        lambda: cast.middle.save(),
        lambda: Offer.objects.filter(pk=offer.pk).update(visibility="tenant"),
    ):
        with cast.in_town():
            change()
        assert state(path, tag) == 200
        tag = Client().get(path).get("ETag", "none")


def test_another_municipality_and_the_own_contact_change_only_their_own_pages(cast, offer):
    path = f"/de/{cast.town.slug}/offers/"
    tag = Client().get(path)["ETag"]
    with cast.in_other():
        factories.offer("Anderswo")
    assert state(path, tag) == 304
    cast.town.contact_phone = "0511 2"
    cast.town.save()
    assert state(path, tag) == 200


def test_a_page_with_a_form_is_never_kept(cast, offer):
    answer = Client().get(f"/de/{cast.town.slug}/offers/?topic=health")
    assert "csrfmiddlewaretoken" in answer.content.decode()
    assert "ETag" not in answer


def test_views_are_counted_once_each_and_robots_and_staff_are_none(cast, offer):
    path = f"/de/{cast.town.slug}/offers/{offer.pk}/"
    for agent in (BROWSER, BROWSER, "Googlebot/2.1", "curl/8.1", ""):
        answer = Client().get(path, headers={"User-Agent": agent})
        assert not answer.cookies
    Client().get(path, headers={"User-Agent": BROWSER, "Sec-Purpose": "prefetch"})
    visits.write()
    visits.write()
    Client().get(path, headers={"User-Agent": BROWSER})
    visits.write()
    with cast.in_town():
        (found,) = ViewCount.objects.all()
    assert (found.offer_id, found.count, found.month.day) == (offer.pk, 3, 1)


def test_an_offer_deleted_meanwhile_keeps_nobody_elses_count(cast, offer):
    with cast.in_town():
        gone = factories.offer("Bald weg")
    for one in (gone, offer):
        Client().get(f"/de/{cast.town.slug}/offers/{one.pk}/", headers={"User-Agent": BROWSER})
    with cast.in_town():
        Offer.objects.filter(pk=gone.pk).delete()
    visits.write()
    with cast.in_town():
        assert ViewCount.objects.count() == 1
