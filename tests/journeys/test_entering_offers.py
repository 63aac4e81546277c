"""A coordinator enters a course with its times, changes its kind on the way, and is warned of a double entry."""

import os

import pytest
from django.urls import reverse

from quartierwerk.directory.models import Offer
from quartierwerk.directory.tests import factories
from quartierwerk.rights import Role

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SAVE = "main form.qw-form > .qw-actions button[type=submit]"


def staff(name, visitor, **keys):
    return reverse(f"directory_staff:{name}", kwargs={"tenant": visitor.cast.town.slug, **keys})


def picture(page, name):
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)


def test_a_course_is_entered_with_its_times_and_contacts(visitor, flawless):
    with visitor.cast.in_town():
        organisation = factories.organisation("Sprachhaus", space=visitor.cast.middle)
    page = visitor.page(visitor.cast.account[Role.COORDINATOR])
    # First the kind
    page.goto(staff("add_offer", visitor))
    flawless(page)
    picture(page, "kind")
    page.locator("input[name=kind][value=group]").check()
    page.locator("main form.qw-form button[type=submit]").click()
    page.wait_for_url("**kind=group**")
    flawless(page)
    picture(page, "form")
    # She types, and finds that it is a course after all
    page.select_option("[name=organisation]", str(organisation.pk))
    page.fill("[name=title]", "Deutsch am Abend")
    page.fill("[name=seats]", "12")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.select_option("[name=kind]", "course")
    page.locator("[name=course_type]").wait_for()
    assert page.locator("[name=seats]").input_value() == "12"
    assert page.locator("[name=title]").input_value() == "Deutsch am Abend"
    # A time that cannot be
    page.fill("[name=times-typed]", "Di 25:00")
    page.fill("[name=contact-phone]", "0511 000 1 2")
    page.locator(SAVE).click()
    page.locator(".qw-summary").wait_for()
    flawless(page)
    picture(page, "refused")
    page.fill("[name=times-typed]", "Di 16-18, Do 9-12 Uhr")
    page.locator(SAVE).click()
    page.locator("dl.qw-dl").first.wait_for()
    flawless(page)
    picture(page, "page")
    with visitor.cast.in_town():
        offer = Offer.objects.get()
        assert (offer.kind, offer.seats, offer.schedules.count()) == ("course", 12, 2)
    # Somebody enters it once more
    page.goto(staff("add_offer", visitor) + "?kind=course")
    page.select_option("[name=organisation]", str(organisation.pk))
    page.fill("[name=title]", "Deutsch am ABEND")
    page.locator(SAVE).click()
    page.locator("#doubles").wait_for()
    flawless(page)
    picture(page, "doubles")
    page.locator("button[name=another]").click()
    page.locator("dl.qw-dl").first.wait_for()
    with visitor.cast.in_town():
        assert Offer.objects.count() == 2
    # And the form of a whole record
    page.goto(staff("edit_offer", visitor, pk=offer.pk))
    flawless(page)
    picture(page, "edit")
    page.goto(staff("edit_organisation", visitor, pk=organisation.pk))
    flawless(page)
    picture(page, "organisation")
