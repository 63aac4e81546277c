"""A newcomer finds a course with childcare in Arabic and saves its dates; somebody searches with the keyboard alone (W6.2)."""

from datetime import time

import pytest

from quartierwerk.directory.models import OfferSchedule, OfferText
from quartierwerk.directory.tests import factories
from quartierwerk.languages.states import TranslationState

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def course(visitor):
    with visitor.cast.in_town():
        offer = factories.course(
            space=visitor.cast.middle, topics=["language"], languages_spoken=["de", "ar"], childcare="yes",
            step_free="yes", seats=12, seats_taken=9, registration="wanted",
        )  # fmt: skip
        OfferText.objects.create(
            record=offer, text_name="title", language="ar", text="الألمانية صباحًا", state=TranslationState.HUMAN,
            source_text=offer.title,
        )  # fmt: skip
        OfferSchedule.objects.create(offer=offer, weekdays=["TU"], opens_at=time(9), closes_at=time(12))
        factories.contact_of(offer, "0511 000 77 10")
        factories.course("Deutsch B1", topics=["language"], childcare="unknown")
        return offer


def test_newcomer_finds_a_course_with_childcare_and_saves_its_dates(visitor, course, flawless):
    # Given the list of offers in her language
    page = visitor.page()
    page.goto(f"/ar/{visitor.cast.town.slug}/offers/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator(".qw-hit").count() == 2
    # When she taps the filter for childcare
    page.locator(".qw-chip[href*='childcare=1']").click()
    # Then only the course that is certain to have it stands there, under its Arabic title
    assert page.locator(".qw-hit").count() == 1
    flawless(page)
    page.get_by_role("link", name="الألمانية صباحًا").first.click()
    assert page.locator("h1").inner_text() == "الألمانية صباحًا"
    flawless(page)
    # and its dates go into her calendar
    with page.expect_download() as saving:
        page.locator("a[href$='dates.ics']").click()
    text = saving.value.path().read_text(encoding="utf-8")
    assert "BEGIN:VEVENT" in text
    assert "RRULE:FREQ=WEEKLY;BYDAY=TU" in text


def test_search_with_the_keyboard_alone(visitor, course, flawless):
    page = visitor.page()
    page.goto(f"/de/{visitor.cast.town.slug}/offers/")
    page.locator(".qw-filters summary").focus()
    page.keyboard.press("Enter")
    page.locator("#f-speaks").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator(".qw-filters button[type=submit]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**speaks=**")
    assert page.locator(".qw-chip--on").count() == 1
    assert page.locator(".qw-hit").count() == 1
    flawless(page)
    # A chosen filter is a link: Tab reaches it, Enter removes it.
    page.locator(".qw-chip--on").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "speaks" not in url)
    assert page.locator(".qw-hit").count() == 2


def test_a_place_on_the_list_and_taking_it_back(visitor, course, flawless):
    page = visitor.page()
    page.goto(f"/de/{visitor.cast.town.slug}/offers/{course.pk}/register/")
    flawless(page)
    page.locator("main button[type=submit]").click()
    page.locator(".qw-summary").wait_for()
    flawless(page)
    page.fill("input[name=name]", "Amina")
    page.fill("input[name=reach]", "0511 123456")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/my-place/**")
    flawless(page)
    page.locator("main form button[type=submit]").click()
    page.get_by_role("heading", name="Zurückgenommen").wait_for()
    flawless(page)
