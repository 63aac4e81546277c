"""Staff enter and publish offers; a community worker and an organisation's editor only their own."""

import pytest
from django.urls import reverse

from quartierwerk.journal.models import JournalEntry
from quartierwerk.people.models import Membership
from quartierwerk.places.models import Address
from quartierwerk.rights import Role
from quartierwerk.tenants.models import Visibility

from ..models import Contact, Offer, Organisation
from . import factories

pytestmark = pytest.mark.django_db


def page(name, cast, **keys):
    return reverse(f"directory_staff:{name}", kwargs={"tenant": cast.town.slug, **keys})


@pytest.fixture
def organisation(cast):
    with cast.in_town():
        return factories.organisation("Sprachhaus", space=cast.middle)


def typed(organisation, **values):
    return {
        "organisation": organisation.pk, "title": "Sprachcafé", "language": "de", "contact-phone": "0511 000 1",
        "address-street": "Lindenweg 5", "address-town": "Musterstadt", **values,
    }  # fmt: skip


def test_new_offer_comes_with_place_and_contact_and_is_not_public_yet(client, cast, organisation):
    client.force_login(cast.account[Role.COORDINATOR])
    answer = client.post(page("add_offer", cast), typed(organisation, languages_spoken=["de", "ar"]))
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    with cast.in_town():
        offer = Offer.objects.get()
        assert (offer.visibility, offer.languages_spoken) == (Visibility.TENANT, ["de", "ar"])
        assert offer.address.street == "Lindenweg 5"
        assert offer.contacts.get().phone == "0511 000 1"
    public = reverse("directory:offer", kwargs={"lang": "de", "tenant": cast.town.slug, "pk": offer.pk})
    assert client.get(public).status_code == 404
    client.post(page("publish", cast, pk=offer.pk))
    assert client.get(public).status_code == 200
    client.post(page("withdraw", cast, pk=offer.pk))
    assert client.get(public).status_code == 404


def public_page(cast, offer):
    return reverse("directory:offer", kwargs={"lang": "de", "tenant": cast.town.slug, "pk": offer.pk})


def test_offer_and_organisation_entered_by_hand_show_publicly_with_their_street(client, cast):
    client.force_login(cast.account[Role.COORDINATOR])
    client.post(page("add_organisation", cast), {"name": "Lindenhaus", "language": "de"})
    with cast.in_town():
        client.post(page("add_offer", cast), typed(Organisation.objects.get()))
        offer = Offer.objects.get()
    client.post(page("publish", cast, pk=offer.pk))
    shown = client.get(public_page(cast, offer)).content.decode()
    assert "Lindenhaus" in shown
    assert "Lindenweg 5" in shown
    with cast.in_town():
        assert JournalEntry.objects.filter(action="organisation published").count() == 1
    client.post(page("withdraw", cast, pk=offer.pk))
    with cast.in_town():
        assert Address.objects.get().visibility == Visibility.TENANT
        assert Organisation.objects.get().visibility == Visibility.PUBLIC


def test_place_of_another_public_offer_stays_public(client, cast, organisation):
    with cast.in_town():
        place = Address.objects.create(street="Lindenweg 5", visibility=Visibility.PUBLIC)
        one, other = (factories.offer(t, organisation=organisation, address=place) for t in ("Eins", "Zwei"))
    client.force_login(cast.account[Role.COORDINATOR])
    client.post(page("withdraw", cast, pk=one.pk))
    assert "Lindenweg 5" in client.get(public_page(cast, other)).content.decode()
    client.post(page("withdraw", cast, pk=other.pk))
    with cast.in_town():
        assert Address.objects.get().visibility == Visibility.TENANT


def test_street_added_to_a_public_offer_shows(client, cast, organisation):
    with cast.in_town():
        hidden = Address.objects.create(street="Alt 1")
        offer = factories.offer("Sprachcafé", organisation=organisation, address=hidden)
    client.force_login(cast.account[Role.COORDINATOR])
    opened = client.get(page("edit_offer", cast, pk=offer.pk)).context
    marks = {"as_opened": opened["form"]["as_opened"].value()}
    marks["address-as_opened"] = opened["page"].address["as_opened"].value()
    answer = client.post(page("edit_offer", cast, pk=offer.pk), typed(organisation, **marks))
    assert answer.status_code == 302
    assert "Lindenweg 5" in client.get(public_page(cast, offer)).content.decode()


def test_offer_of_a_private_organisation_is_not_published(client, cast):
    with cast.in_town():
        private = factories.organisation("Intern", visibility=Visibility.PRIVATE)
        offer = factories.offer(
            "Intern", organisation=private, visibility=Visibility.TENANT, website="https://a.example"
        )
    client.force_login(cast.account[Role.COORDINATOR])
    assert client.post(page("publish", cast, pk=offer.pk)).context["missing"] == ["organisation"]


def test_offer_without_a_way_to_ask_is_refused_and_says_what_is_missing(client, cast, organisation):
    client.force_login(cast.account[Role.COORDINATOR])
    client.post(page("add_offer", cast), typed(organisation, **{"contact-phone": ""}))
    with cast.in_town():
        offer = Offer.objects.get()
    answer = client.post(page("publish", cast, pk=offer.pk))
    assert (answer.status_code, answer.context["missing"]) == (422, ["contact"])
    with cast.in_town():
        assert Offer.objects.get().visibility == Visibility.TENANT


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("valid_until", "31.02.2027"),
        ("website", "kein netz"),
        ("contact-email", "keine adresse"),
    ],
)
def test_bad_input_is_refused_at_its_field_and_everything_typed_stays(
    client, cast, organisation, field, value
):
    client.force_login(cast.account[Role.COORDINATOR])
    answer = client.post(
        page("add_offer", cast), typed(organisation, description="Viel getippt", **{field: value})
    )
    assert answer.status_code == 422
    assert "Viel getippt" in answer.content.decode()
    with cast.in_town():
        assert not Offer.objects.exists()
        assert not Contact.objects.exists()


def test_foreign_organisation_is_no_valid_choice(client, cast, organisation):
    with cast.in_other():
        foreign = factories.organisation("Fremd")
    client.force_login(cast.account[Role.COORDINATOR])
    assert client.post(page("add_offer", cast), typed(foreign)).status_code == 422


def test_community_worker_chooses_only_her_quarter(client, cast, organisation):
    client.force_login(cast.account[Role.COMMUNITY_WORKER])
    assert client.post(page("add_offer", cast), typed(organisation, space=cast.old.pk)).status_code == 422
    assert client.post(page("add_offer", cast), typed(organisation, space="")).status_code == 422
    assert client.post(page("add_offer", cast), typed(organisation, space=cast.middle.pk)).status_code == 302


def test_organisation_editor_enters_offers_of_her_organisation_only(client, cast, organisation):
    Membership.objects.filter(role=Role.ORGANISATION_EDITOR).update(organisation_id=organisation.pk)
    with cast.in_town():
        other = factories.organisation("Anderer")
    client.force_login(cast.account[Role.ORGANISATION_EDITOR])
    assert client.post(page("add_offer", cast), typed(other)).status_code == 422
    assert client.post(page("add_offer", cast), typed(organisation)).status_code == 302
    assert client.get(page("add_organisation", cast)).status_code == 404


def test_list_shows_names_that_begin_with_what_was_typed(client, cast, organisation):
    with cast.in_town():
        for title in ("Öffnung", "Ofenbau", "Zirkus"):
            factories.offer(title, organisation=organisation)
    client.force_login(cast.account[Role.PLANNER])
    found = client.get(page("offers", cast), {"q": "ö"}).context["page"].object_list
    assert [offer.title for offer in found] == ["Ofenbau", "Öffnung"]


def test_double_click_makes_one_offer(client, cast, organisation):
    client.force_login(cast.account[Role.COORDINATOR])
    data = typed(organisation, csrfmiddlewaretoken="x" * 64)
    first, second = client.post(page("add_offer", cast), data), client.post(page("add_offer", cast), data)
    assert first["Location"] == second["Location"]
    with cast.in_town():
        assert Offer.objects.count() == 1
        assert Organisation.objects.count() == 1
