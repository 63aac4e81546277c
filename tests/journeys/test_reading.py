"""A newcomer changes the language on an offer and stays on it (R1.03, W1.5)."""

import pytest

from quartierwerk.directory.models import OfferText
from quartierwerk.directory.tests import factories
from quartierwerk.languages.states import TranslationState
from quartierwerk.places.models import Address

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_language_is_changed_on_the_page_and_german_names_stay_readable(visitor, flawless):
    # Given an offer with an Arabic title and a German street
    with visitor.cast.in_town():
        place = Address.objects.create(
            street="Marktstraße 12", postcode="30999", town="Musterstadt", visibility="public"
        )
        offer = factories.offer("Deutsch am Vormittag", description="Wir lernen zusammen.", address=place)
        OfferText.objects.create(
            record=offer, text_name="title", language="ar", text="الألمانية صباحًا", state=TranslationState.HUMAN,
            source_text=offer.title,
        )  # fmt: skip
        factories.contact_of(offer, "0511 000 77 10")
    page = visitor.page()
    page.goto(f"/de/{visitor.cast.town.slug}/offers/{offer.pk}/?from=flyer")
    flawless(page)
    # When she opens the languages and takes her own
    page.locator("summary:has-text('Deutsch')").first.click()
    page.locator("a[lang=ar]").first.click()
    page.wait_for_url("**/ar/**")
    # Then it is the same offer, from right to left
    assert page.url.endswith(f"/ar/{visitor.cast.town.slug}/offers/{offer.pk}/?from=flyer")
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("ar", "rtl")
    assert page.locator("h1").inner_text() == "الألمانية صباحًا"
    # and what is German stays German, isolated, with a note where a text is not translated
    assert page.locator("bdi[lang=de]", has_text="Marktstraße 12").count()
    assert page.locator("a[href^='tel:']", has_text="0511 000 77 10").count()
    description = page.locator("[lang=de][dir=ltr]", has_text="Wir lernen zusammen.")
    assert description.count()
    flawless(page)
