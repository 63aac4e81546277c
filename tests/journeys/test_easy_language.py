"""In a browser: a picture with its rights, put beside a text in Leichte Sprache, and a mistake taken back (R1.04, R1.08)."""

import pytest

from quartierwerk import testing
from quartierwerk.directory.models import OfferText
from quartierwerk.directory.tests import factories
from quartierwerk.rights import Role
from quartierwerk.uploads.tests.factories import jpeg
from tests.axe import Variant, violations
from tests.browsing import browsing

SAVE = "form.qw-form[method=post] button.kern-btn--primary"


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.django_db(transaction=True)
def test_picture_beside_an_easy_text_and_back(live_server, width, tmp_path):
    cast = testing.cast()
    with cast.in_town():
        offer = factories.offer("Deutsch am Vormittag", description="Spracherwerb für Zugewanderte.")
        OfferText.objects.create(
            record=offer, text_name="description", language="de-simple", text="Hier lernen Sie Deutsch.",
            state="human", source_text=offer.description,
        )  # fmt: skip
    path = tmp_path / "gruppe.jpg"
    path.write_bytes(jpeg(1600, 1000))
    with browsing(live_server, Variant(width=width)) as visitor:
        page = visitor.page(cast.account[Role.COORDINATOR])
        page.goto(f"/staff/{cast.town.slug}/pictures/new/")
        page.set_input_files("input[type=file]", str(path))
        page.fill("#id_alt", "Eine Gruppe sitzt am Tisch")
        page.click(SAVE)  # nobody said yet who is seen and whose picture it is
        assert page.locator(".qw-summary").is_visible()
        assert violations(page) == []
        page.set_input_files("input[type=file]", str(path))
        page.check("input[name=persons][value=none]")
        page.check("input[name=licence][value=own]")
        page.click(SAVE)
        page.wait_for_url(lambda url: "/new/" not in url)
        assert violations(page) == []
        page.goto(f"/staff/{cast.town.slug}/pictures/")
        assert violations(page) == []

        page.goto(f"/staff/{cast.town.slug}/translations/offers/{offer.pk}/de-simple/")
        page.select_option("#id_description-picture", label="Eine Gruppe sitzt am Tisch")
        page.fill("#id_description-picture_alt", "Menschen sitzen an einem Tisch.")
        page.select_option("#id_description-audience", "test_group")
        page.click("button[value=finished]")
        page.wait_for_load_state()
        assert violations(page) == []

        page.goto(f"/de-simple/{cast.town.slug}/offers/{offer.pk}/")
        picture = page.get_by_alt_text("Menschen sitzen an einem Tisch.")
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1200
        assert page.get_by_text("Prüf-Gruppe").is_visible()
        assert violations(page) == []

        page.goto(f"/staff/{cast.town.slug}/directory/offers/{offer.pk}/")
        page.get_by_role("link", name="Verlauf").click()
        assert page.get_by_text("So steht es jetzt").is_visible()
        assert violations(page) == []
        page.get_by_role("link", name="Mit heute vergleichen").last.click()
        assert violations(page) == []
        page.get_by_role("button", name="Angekreuztes wiederherstellen").click()
        page.wait_for_url(f"**/history/offers/{offer.pk}/")
        assert page.get_by_text("Wiederhergestellt.").is_visible()
    with cast.in_town():
        assert not OfferText.objects.filter(picture__isnull=False).exists()
