"""A coordinator makes one of two entries, changes several offers at once, and writes to several organisations."""

import os

import pytest
from django.urls import reverse

from quartierwerk.directory.models import Offer, Organisation, OrganisationContact
from quartierwerk.directory.tests import factories
from quartierwerk.messages.models import Outgoing
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


def test_a_coordinator_changes_several_offers_and_writes_to_several_organisations(visitor, flawless):
    middle = visitor.cast.middle
    with visitor.cast.in_town():
        house = factories.organisation(
            "Sprachhaus", space=middle, email="haus@beispiel.example", phone="0511 1"
        )
        factories.organisation("Nähkreis ohne Mail", space=middle, phone="0511 000 77")
        for number in range(3):
            factories.offer(f"Angebot {number}", organisation=house, space=middle)
    page = visitor.page(visitor.cast.account[Role.COORDINATOR])
    page.goto(staff("directory_staff:offers", visitor))
    # What can be done with ticked offers appears with the first tick
    assert not page.locator(".qw-several").is_visible()
    flawless(page)
    picture(page, "list")
    page.locator("td input[type=checkbox]").first.check()
    page.locator("td input[type=checkbox]").nth(1).check()
    page.locator(".qw-several").wait_for()
    flawless(page)
    picture(page, "ticked")
    page.locator(".qw-several button").first.click()
    page.locator("input[name=what]").first.wait_for(state="attached")
    flawless(page)
    picture(page, "what")
    page.locator("input[name=what][value=childcare]").check()
    page.locator("main form .qw-actions button").click()
    page.locator("input[name=value][value=yes]").check()
    flawless(page)
    page.locator("main form .qw-actions button").click()
    page.locator("input[name=seal]").wait_for(state="attached")
    flawless(page)
    picture(page, "preview")
    page.locator("main form .qw-actions button").click()
    page.wait_for_url("**/directory/offers/")
    with visitor.cast.in_town():
        assert Offer.objects.filter(childcare="yes").count() == 2
    # A mail to those of the quarter
    page.goto(staff("directory_staff:mailing", visitor) + f"?quarter={middle.pk}")
    flawless(page)
    page.locator("main summary").first.click()
    picture(page, "mailing")
    page.fill("[name=subject]", "Runder Tisch im Dezember")
    page.fill("[name=text]", "Wir laden Sie ein.\n\nBitte sagen Sie bis Freitag Bescheid.")
    page.locator("main form.qw-form .qw-actions button").click()
    page.locator("input[name=seal]").wait_for(state="attached")
    flawless(page)
    picture(page, "mail")
    page.locator("form[action*=send] button").click()
    page.get_by_text("Runder Tisch im Dezember").wait_for()
    with visitor.cast.in_town():
        assert [mail.recipient for mail in Outgoing.objects.all()] == ["haus@beispiel.example"]
    flawless(page)
