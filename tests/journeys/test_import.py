"""In a browser: a coordinator sends a partner list with faults, sees each named, and imports what is fine (W1.4)."""

import pytest

from quartierwerk import testing
from quartierwerk.directory.models import Offer
from quartierwerk.directory.tests.test_staff_import import BAD
from quartierwerk.rights import Role
from tests.axe import Variant, violations
from tests.browsing import browsing

PRIMARY = "form.qw-form[method=post] button.kern-btn--primary"


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.django_db(transaction=True)
def test_import_a_broken_spreadsheet(live_server, width, tmp_path):
    cast = testing.cast()
    path = tmp_path / "partnerliste.csv"
    path.write_bytes(BAD.encode("cp1252"))
    with browsing(live_server, Variant(width=width)) as visitor:
        page = visitor.page(cast.account[Role.COORDINATOR])
        page.goto(f"/staff/{cast.town.slug}/directory/import/")
        assert violations(page) == []
        page.click(PRIMARY)  # nothing chosen yet
        assert page.locator(".qw-summary").is_visible()
        assert violations(page) == []

        page.set_input_files("input[type=file]", str(path))
        page.fill("#id_source", "Partner der Freiwilligenagentur")
        page.click(PRIMARY)
        page.wait_for_url("**/columns/")
        assert page.get_by_text("Windows-1252").is_visible()
        assert violations(page) == []

        page.click(PRIMARY)
        page.wait_for_url("**/check/")
        assert page.get_by_text("31.02.2026").first.is_visible()
        assert page.get_by_text("=HYPERLINK").first.is_visible()
        assert violations(page) == []
        with cast.in_town():
            assert not Offer.objects.exists()

        page.click("form[action$='/run/'] button")
        page.wait_for_url(lambda url: url.endswith("/") and "/check/" not in url)
        assert violations(page) == []
    with cast.in_town():
        assert {offer.title for offer in Offer.objects.all()} == {"Nähcafé", "Teestunde", "Lesekreis"}
