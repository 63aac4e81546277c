"""The first page of a translator after signing in: what waits for her, counted, and nothing of others' work."""

import pytest
from django.urls import reverse

from quartierwerk.directory.models import Offer, OfferText
from quartierwerk.directory.tests import factories
from quartierwerk.languages.states import TranslationState
from quartierwerk.rights import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def translator(client, cast):
    client.force_login(cast.account[Role.TRANSLATOR])
    return client


@pytest.fixture
def offer(cast):
    with cast.in_town():
        offer = factories.offer("Nähcafé", description="", space=cast.middle)
        OfferText.objects.create(
            record=offer,
            text_name="title",
            language="ar",
            text="مقهى الخياطة",
            state=TranslationState.HUMAN,
            source_text="Nähcafé",
        )
        Offer.objects.filter(pk=offer.pk).update(title="Nähen für alle")
    return offer


def opening(client, cast):
    return client.get(reverse("staff-today", kwargs={"tenant": cast.town.slug}))


def test_signing_in_leads_to_what_waits_and_one_text_is_one(cast, translator, offer):
    answer = translator.get("/staff/", follow=True)
    assert answer.redirect_chain[-1][0].endswith(f"/staff/{cast.town.slug}/")
    waiting = {one.words: one for one in answer.context["waiting"]}
    assert "1 Text: Angebote, Arabisch, veraltet" in waiting
    listed = translator.get(waiting["1 Text: Angebote, Arabisch, veraltet"].url)
    assert [entry.title for entry in listed.context["page"]] == ["Nähen für alle"]


def test_the_largest_piles_stand_first_and_nothing_else_waits(cast, translator, offer):
    with cast.in_town():
        for number in range(3):
            factories.offer(f"Angebot {number}", description="", space=cast.middle)
    numbers = [one.number for one in opening(translator, cast).context["waiting"]]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == 3
    page = opening(translator, cast).content.decode()
    for others in ("Einfuhr", "directory/confirmations", "directory/changes", "people/"):
        assert others not in page


def test_where_everything_is_translated_nothing_is_said_to_wait(cast, translator):
    answer = opening(translator, cast)
    assert answer.context["waiting"] == []
    assert reverse("translating:texts", kwargs={"tenant": cast.town.slug}) in answer.content.decode()


def test_who_translates_nothing_is_shown_no_texts(cast, client, offer):
    client.force_login(cast.account[Role.ORGANISATION_EDITOR])
    assert not any("Arabisch" in one.words for one in opening(client, cast).context["waiting"])
