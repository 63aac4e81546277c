import pytest
from django.db import connection

from quartierwerk.languages.showing import show_all
from quartierwerk.languages.states import TranslationState, state_of
from quartierwerk.tenants.models import Visibility

from ..models import Offer, OfferText
from . import factories

pytestmark = pytest.mark.django_db


def test_texts_and_contacts_show_exactly_where_their_offer_shows(cast):
    with cast.in_town():
        offer = factories.offer(visibility=Visibility.TENANT)
        text = OfferText.objects.create(record=offer, text_name="title", language="uk", text="Німецька")
        text.refresh_from_db()
        assert text.visibility == Visibility.TENANT
        offer.visibility = Visibility.PUBLIC
        offer.save()
        text.refresh_from_db()
        assert text.visibility == Visibility.PUBLIC
    with cast.at_portal(), connection.cursor() as cursor:
        cursor.execute("select count(*) from directory_offertext")
        assert cursor.fetchone() == (1,)
    with cast.in_town():
        Offer.objects.update(visibility=Visibility.PRIVATE)
    with cast.at_portal(), connection.cursor() as cursor:
        cursor.execute("select count(*) from directory_offertext")
        assert cursor.fetchone() == (0,)


def test_reader_gets_own_language_else_the_source_with_a_mark(cast):
    with cast.in_town():
        offer = factories.offer(title="Deutsch am Vormittag", description="Wir lernen zusammen.")
        OfferText.objects.create(
            record=offer,
            text_name="title",
            language="uk",
            text="Німецька вранці",
            state=TranslationState.MACHINE,
        )
        OfferText.objects.create(
            record=offer, text_name="title", language="ar", text="…", state=TranslationState.IN_WORK
        )
        offer = Offer.objects.with_everything().get(pk=offer.pk)
        uk, ar = show_all(offer, "uk"), show_all(offer, "ar")
    assert (uk["title"].text, uk["title"].language, uk["title"].is_machine) == ("Німецька вранці", "uk", True)
    assert (uk["description"].language, uk["description"].is_fallback) == ("de", True)
    assert (ar["title"].text, ar["title"].is_fallback, ar["title"].dir) == (
        "Deutsch am Vormittag",
        True,
        "ltr",
    )


def test_names_sort_as_in_a_german_dictionary(cast):
    with cast.in_town():
        for name in ("Zeder", "Äpfel", "apfel", "Öl", "Ofen"):
            factories.organisation(name)
        names = [o.name for o in type(factories.organisation("Ähre")).objects.all()]
    assert names == ["Ähre", "apfel", "Äpfel", "Ofen", "Öl", "Zeder"]


def test_only_changed_words_outdate_a_translation(cast):
    """W6.4: the state follows from the source, so nothing has to be marked, also after a bulk change."""
    with cast.in_town():
        offer = factories.offer(hours="Di 16 bis 18 Uhr", description="Wir lernen.")
        for name in ("hours", "description"):
            OfferText.objects.create(
                record=offer, text_name=name, language="uk", text="…", state=TranslationState.HUMAN,
                source_text=getattr(offer, name),
            )  # fmt: skip
        Offer.objects.update(hours="Mi 16 bis 18 Uhr", description="Wir  lernen.\r\n")
        offer = Offer.objects.with_everything().get(pk=offer.pk)
        states = {
            row.text_name: state_of(row, getattr(offer, row.text_name)) for row in offer.translations.all()
        }
        shown = show_all(offer, "uk")
    assert states == {"hours": TranslationState.OUTDATED, "description": TranslationState.HUMAN}
    assert (shown["hours"].is_outdated, shown["description"].is_outdated) == (True, False)


@pytest.mark.django_db(transaction=True)
def test_contact_written_while_its_offer_is_withdrawn_does_not_stay_public(transactional_db):
    """Two transactions at once: the one that adds a contact keeps the offer's row until it is done."""
    import psycopg

    from quartierwerk import testing

    people = testing.cast()
    with people.in_town():
        offer = factories.offer()
    parameters = connection.get_connection_params()
    known = {
        key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if parameters.get(key)
    }
    told = ("select set_config('app.tenants', %s, false), set_config('app.readable', %s, false),"
            " set_config('app.writes', %s, false)")  # fmt: skip
    own = f"{{{people.town.pk}}}"
    scope = (own, own, str(people.town.pk))
    with psycopg.connect(**known) as adding, psycopg.connect(**known) as withdrawing:
        for one in (adding, withdrawing):
            one.execute(told, scope)
        adding.execute(
            "insert into directory_contact (id, tenant_id, offer_id, function, name, phone, email, hours, position,"
            " visibility, shared_with) values (gen_random_uuid(), %s, %s, 'Beratung', 'Name', '1', '', '', 0,"
            " 'tenant', '{}')",
            (people.town.pk, offer.pk),
        )
        withdrawing.execute("set lock_timeout = '300ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            withdrawing.execute("update directory_offer set visibility = 'tenant' where id = %s", (offer.pk,))
        withdrawing.rollback()
        adding.commit()
        withdrawing.execute(told, scope)
        withdrawing.execute("update directory_offer set visibility = 'tenant' where id = %s", (offer.pk,))
        withdrawing.commit()
    with people.in_town(), connection.cursor() as cursor:
        cursor.execute("select visibility from directory_contact")
        assert cursor.fetchall() == [("tenant",)]
