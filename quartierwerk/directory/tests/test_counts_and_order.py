"""Numbers say what their lists hold; a form saved untouched changes nothing."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from quartierwerk.tenants import scope

from ..editing.fields import Codes, SpokenLanguages
from ..finding import gathering, home
from . import factories

pytestmark = pytest.mark.django_db


def test_languages_keep_the_order_of_the_record_and_new_ones_stand_behind():
    field = SpokenLanguages()
    field.offer("en", also=["uk", "de", "ar"])
    assert field.clean(["ar", "de", "uk"]) == ["uk", "de", "ar"]
    assert field.clean(["en", "ar", "uk"]) == ["uk", "ar", "en"]
    assert field.clean([]) == []


def test_codes_keep_the_order_of_the_record_as_what_they_are():
    field = Codes(choices=[(1, "one"), (2, "two"), (3, "three")], coerce=int)
    field.keep([3, 1])
    assert field.clean(["1", "2", "3"]) == [3, 1, 2]


def test_home_counts_what_the_list_shows_and_links_to_it(cast):
    with cast.in_town():
        factories.offer("Chor")
        factories.offer("Vorbei", valid_until=timezone.localdate() - timedelta(days=1))
    page = Client().get(f"/en/{cast.town.slug}/").content.decode()
    assert f'<a href="/en/{cast.town.slug}/offers/">1 offer from' in page
    request = RequestFactory().get("/")
    request.tenant, request.lang = cast.town, "en"
    with scope.entered(scope.portal(cast.town)):
        assert home.lead(request)["sentence"].startswith("1 ")
        assert gathering.catalogue_of(cast.town)[1].counts_of("kind") == {"general": 1}


def test_an_offer_without_quarter_counts_for_no_quarter(cast):
    with cast.in_town():
        factories.offer("Überall")
        factories.offer("Hier", space=cast.middle)
    with scope.entered(scope.portal(cast.town)):
        counts = gathering.catalogue_of(cast.town)[1].counts_of("space")
    assert {space: count for space, count in counts.items() if count} == {str(cast.middle.pk): 1}
