"""A coordinator finds an organisation entered twice, compares both, and makes one of them."""

import os

import pytest
from django.urls import reverse

from quartierwerk.directory.models import Organisation, OrganisationContact
from quartierwerk.directory.tests import factories
from quartierwerk.rights import Role

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def staff(name, visitor, **keys):
    return reverse(name, kwargs={"tenant": visitor.cast.town.slug, **keys})


def picture(page, name):
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)


def test_an_editor_merges_what_was_entered_twice(visitor, flawless):
    middle = visitor.cast.middle
    with visitor.cast.in_town():
        kept = factories.organisation(
            "Nähkreis Mitte e. V.", space=middle, phone="0511 000 11", languages_spoken=["de", "tr"]
        )
        gone = factories.organisation(
            "Nähkreis Mitte",
            space=middle,
            phone="0511 000 12",
            email="naehkreis@beispiel.example",
            languages_spoken=["de", "ar"],
            about="Wir nähen zusammen, jeden Dienstag.",
        )
        factories.offer("Nähcafé", organisation=gone, space=middle)
        OrganisationContact.objects.create(organisation=gone, function="Büro", phone="0511 000 12")
    page = visitor.page(visitor.cast.account[Role.COORDINATOR])
    # From the work list to the two side by side
    page.goto(staff("staff-work", visitor) + "?pile=double-organisations")
    page.get_by_role("link", name="Nähkreis Mitte e. V.").click()
    page.locator("h1").wait_for()
    flawless(page)
    picture(page, "choose")
    page.locator("main .qw-news a").first.click()
    page.locator("input[name=seal]").wait_for(state="attached")
    flawless(page)
    picture(page, "compare")
    assert page.locator("input[type=radio]:checked").count() == 0
    # Nothing is decided for her
    page.locator("input[name=take-name][value=here]").check()
    page.locator("main form .qw-actions button").click()
    page.locator(".qw-note--warn").wait_for()
    flawless(page)
    picture(page, "refused")
    assert page.locator("input[name=take-name][value=here]").is_checked()
    page.locator("input[name=take-phone][value=there]").check()
    page.locator("input[name=take-languages_spoken][value=both]").check()
    page.locator("main form .qw-actions button").click()
    page.wait_for_url("**/edit/")
    with visitor.cast.in_town():
        one = Organisation.objects.get()
        assert (one.pk, one.phone, one.email) == (kept.pk, "0511 000 12", gone.email)
        assert (one.languages_spoken, one.offers.count()) == (["de", "tr", "ar"], 1)
    # The history of both
    page.goto(staff("versions:history", visitor, kind="organisations", pk=kept.pk))
    flawless(page)
    picture(page, "history")
    page.locator(f"a[href='?of={gone.pk}']").click()
    page.get_by_text(gone.email).first.wait_for()
    flawless(page)
    # And the address on the old poster
    old = reverse("directory:actor", kwargs={"lang": "de", "tenant": visitor.cast.town.slug, "pk": gone.pk})
    page.goto(old)
    assert str(kept.pk) in page.url
