"""Measures and fields can be found, aside from the offers, and only while they are public."""

import pytest
from django.test import Client

from quartierwerk.directory.tests import factories as directory
from quartierwerk.planning.models import MeasureText
from quartierwerk.planning.showing import navigation
from quartierwerk.planning.showing.in_search import FIELDS, MEASURES
from quartierwerk.planning.tests import factories
from quartierwerk.search import asking, keeping, kinds
from quartierwerk.search.index import Index
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Visibility

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(cast, settings, tmp_path):
    """A measure, a field and an offer that the same word finds."""
    navigation._known.clear()
    settings.SEARCH_FOLDER = tmp_path / "search"
    keeping.index.cache_clear()
    with cast.in_town():
        field = factories.field("Schwimmen und Sport")
        measure = factories.measure(
            "Schwimmen für alle", fields=[field], what="Das Bad ist länger offen.", internal_notes="Kanari7q"
        )
        MeasureText.objects.create(
            record=measure, text_name="title", language="uk", text="Плавання для всіх", state="human"
        )
        hidden = factories.measure("Schwimmen im Entwurf", fields=[field], visibility=Visibility.TENANT)
        offer = directory.offer("Schwimmen am Montag", organisation=directory.organisation("Bad"))
    with scope.entered(scope.NOBODY):
        keeping.rebuild()
    yield {"measure": measure, "field": field, "hidden": hidden, "offer": offer}
    keeping.index.cache_clear()


def found(cast, words: str, *only: str, lang: str = "de") -> list[tuple[str, str]]:
    with cast.at_portal():
        hits, _count = asking.find(words, lang=lang, only=only)
    return [(hit.kind, hit.title) for hit in hits]


def test_measures_and_fields_are_found_by_name_and_never_among_the_offers(cast, index):
    assert isinstance(keeping.index(), Index)
    assert found(cast, "Schwimmen") == [("offers", "Schwimmen am Montag")]
    assert set(found(cast, "Schwimmen", MEASURES, FIELDS)) == {
        (MEASURES, "Schwimmen für alle"), (FIELDS, "Schwimmen und Sport"),
    }  # fmt: skip
    assert {MEASURES, FIELDS} <= set(kinds.names())


def test_translations_are_found_and_internal_notes_are_not(cast, index):
    assert found(cast, "Плавання", MEASURES, lang="uk") == [(MEASURES, "Плавання для всіх")]
    assert found(cast, "Kanari7q", MEASURES) == []


def test_what_was_withdrawn_a_moment_ago_is_not_shown(cast, index):
    with cast.in_town():
        index["measure"].visibility = Visibility.TENANT
        index["measure"].save()
    assert found(cast, "Schwimmen", MEASURES) == []


def test_they_stand_in_a_group_of_their_own_below_the_offers(cast, index):
    text = Client().get(f"/de/{cast.town.slug}/offers/", {"q": "Schwimmen"}).content.decode()
    offers, _heading, below = text.partition('id="beside-plan"')
    assert "Schwimmen am Montag" in offers
    assert "Schwimmen für alle" not in offers
    assert f"/plan/measures/{index['measure'].pk}/" in below
    assert "Entwurf" not in text
    assert 'id="beside-plan"' not in Client().get(f"/de/{cast.town.slug}/offers/").content.decode()


def test_list_of_measures_takes_words(cast, index):
    address = f"/de/{cast.town.slug}/plan/{index['field'].concept.slug}/measures/"
    assert "Schwimmen für alle" in Client().get(address, {"q": "schwimen"}).content.decode()
    assert "Dazu passt keine Maßnahme." in Client().get(address, {"q": "Kanari7q"}).content.decode()
