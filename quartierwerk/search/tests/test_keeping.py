"""The index follows the database, and shows nothing that visitors may not see."""

import shutil

import pytest
from django.conf import settings

from quartierwerk.directory.models import Offer, OfferText, Organisation
from quartierwerk.directory.tests import factories
from quartierwerk.languages.states import TranslationState
from quartierwerk.places.models import Address, SocialSpace
from quartierwerk.search import asking, keeping
from quartierwerk.search.models import Stale
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Visibility

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_index():
    keeping.index.cache_clear()
    shutil.rmtree(settings.SEARCH_FOLDER, ignore_errors=True)
    yield
    shutil.rmtree(settings.SEARCH_FOLDER, ignore_errors=True)
    keeping.index.cache_clear()


def found(cast, words, lang="de", **more):
    with scope.entered(scope.NOBODY):
        keeping.bring_up_to_date()
    with cast.at_portal():
        return [hit.title for hit in asking.find(words, lang=lang, **more)[0]]


def test_new_changed_and_withdrawn_offers_are_followed(cast):
    with cast.in_town():
        offer = factories.offer("Sprachcafé am Dienstag")
    assert found(cast, "sprachcafe") == ["Sprachcafé am Dienstag"]
    with cast.in_town():
        Offer.objects.update(title="Nähkurs", sort_key="nahkurs")  # a bulk write, noted by the trigger
    assert found(cast, "sprachcafe") == []
    assert found(cast, "naehkurs") == ["Nähkurs"]
    with cast.in_town():
        offer.refresh_from_db()
        offer.delete()
    assert found(cast, "Nähkurs") == []


def test_offer_is_found_by_the_new_name_of_its_organisation_place_and_quarter(cast):
    with cast.in_town():
        place = Address.objects.create(name="Altbau", space=cast.old, visibility=Visibility.PUBLIC)
        factories.offer("Nähkurs", address=place, space=cast.middle)
    assert found(cast, "Nähkurs") == ["Nähkurs"]
    assert not Stale.objects.exists()
    with cast.in_town():
        Organisation.objects.update(name="Lindenhaus", sort_key="lindenhaus")
    assert "Nähkurs" in found(cast, "Lindenhaus")
    with cast.in_town():
        Address.objects.update(name="Glaspavillon")
    assert found(cast, "Glaspavillon") == ["Nähkurs"]
    with cast.in_town():
        SocialSpace.objects.filter(pk=cast.middle.pk).update(name="Ziegelgrund")
    assert found(cast, "Ziegelgrund") == ["Nähkurs"]
    with cast.in_town():
        SocialSpace.objects.filter(pk=cast.old.pk).update(name="Weidenkamp")
    assert found(cast, "Weidenkamp") == ["Nähkurs"], "the quarter of its place"
    assert found(cast, "Altbau") == []


def test_organisation_is_found_by_the_new_name_of_its_place_and_quarter(cast):
    with cast.in_town():
        place = Address.objects.create(name="Altbau", visibility=Visibility.PUBLIC)
        factories.organisation("Lindenhaus", address=place, space=cast.middle)
    assert found(cast, "Altbau") == ["Lindenhaus"]
    with cast.in_town():
        Address.objects.update(name="Glaspavillon")
        SocialSpace.objects.filter(pk=cast.middle.pk).update(name="Ziegelgrund")
    assert found(cast, "Glaspavillon") == found(cast, "Ziegelgrund") == ["Lindenhaus"]


def test_nothing_withdrawn_shows_even_from_a_stale_index(cast):
    with cast.in_town():
        factories.offer("Hebamme")
    assert found(cast, "Hebamme")
    with cast.in_town():
        Offer.objects.update(visibility=Visibility.TENANT)
    with cast.at_portal():
        hits, count = asking.find("Hebamme", lang="de")
    assert (hits, count) == ([], 0), "the index still has it, the database no longer shows it"


def test_other_municipality_finds_nothing_of_ours(cast):
    with cast.in_town():
        factories.offer("Schwimmkurs")
    assert found(cast, "Schwimmkurs")
    with scope.entered(scope.portal(cast.other)):
        assert asking.find("Schwimmkurs", lang="de")[0] == []


def test_region_shows_in_its_towns(cast):
    with scope.entered(scope.staff(cast.region)):
        factories.offer("Migrationsberatung")
    assert found(cast, "migrationsberatung") == ["Migrationsberatung"]


def test_translation_is_found_in_its_language_and_work_in_progress_is_not(cast):
    with cast.in_town():
        offer = factories.offer("Deutschkurs")
        OfferText.objects.create(
            record=offer, text_name="title", language="uk", text="Курс німецької", state=TranslationState.HUMAN,
            source_text="Deutschkurs",
        )  # fmt: skip
        OfferText.objects.create(record=offer, text_name="title", language="ar", text="دورة سرية")
    assert found(cast, "німецької", "uk") == ["Курс німецької"]
    assert found(cast, "سرية", "ar") == []
    assert found(cast, "Deutschkurs", "ar") == ["Deutschkurs"], "German finds it for every reader"


def test_rolled_back_change_leaves_no_stale_entry(cast):
    from django.db import transaction

    with cast.in_town():
        factories.offer("Eins")
    found(cast, "eins")
    before = Stale.objects.count()
    with cast.in_town(), pytest.raises(RuntimeError), transaction.atomic():
        factories.offer("Zwei")
        raise RuntimeError
    assert Stale.objects.count() == before


def test_a_note_with_a_lower_number_that_is_committed_after_the_reading_stays(cast, monkeypatch):
    """A rebuild clears only the notes it saw before it began to read."""
    with cast.in_town():
        offer = factories.offer("Alt")
    Stale.objects.all().delete()
    Stale.objects.create(pk=900_000, kind="offers", record=offer.pk)
    reading = keeping._all_documents

    def read_and_be_overtaken():
        documents = list(reading())
        Stale.objects.create(pk=899_999, kind="offers", record=offer.pk)
        return documents

    monkeypatch.setattr(keeping, "_all_documents", read_and_be_overtaken)
    with scope.entered(scope.NOBODY):
        keeping.rebuild()
    assert list(Stale.objects.values_list("pk", flat=True)) == [899_999]


@pytest.mark.django_db(transaction=True)
def test_two_processes_do_not_write_at_once(transactional_db):
    import psycopg
    from django.db import connection

    parameters = connection.get_connection_params()
    known = {
        key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if parameters.get(key)
    }
    with psycopg.connect(**known, autocommit=True) as other:
        other.execute("select pg_advisory_lock(hashtext('quartierwerk search'))")
        with scope.entered(scope.NOBODY), pytest.raises(keeping.Busy):
            keeping.rebuild(wait=0.2)
