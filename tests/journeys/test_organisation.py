"""In a browser: an organisation confirms by the link of a mail, its editor fills the list of offers and sends it back, and
what she changes on a public offer waits until the coordinator has looked at it (W6.1)."""

import io
import re
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone

from quartierwerk import testing
from quartierwerk.directory.jobs import ask_whether_true
from quartierwerk.directory.models import Offer, Organisation
from quartierwerk.directory.tests import factories
from quartierwerk.messages.models import Outgoing
from quartierwerk.people.models import Membership
from quartierwerk.rights import Role
from quartierwerk.tenants.models import Visibility
from tests.axe import Variant, violations
from tests.browsing import browsing

MAIN = "main button.kern-btn--primary"


@pytest.fixture
def club():
    """A public offer, not confirmed for a year; an editor; changes are checked."""
    cast = testing.cast()
    cast.town.changes_are_checked = True
    cast.town.save()
    with cast.in_town():
        club = factories.organisation("Nähkreis", space=cast.middle, email="buero@naehkreis.example")
        offer = factories.offer(
            "Nähcafé", organisation=club, space=cast.middle, language="de", cost="5 €",
            description="Nähen lernen, Kaffee trinken.", published_at=timezone.now(),
        )  # fmt: skip
        factories.contact_of(offer, "0511 000 11 11")
        Organisation.objects.update(confirmed_at=timezone.now() - timedelta(days=365))
        Membership.objects.filter(role=Role.ORGANISATION_EDITOR).update(organisation_id=club.pk)
    return cast, club, offer


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.django_db(transaction=True)
def test_organisation_confirms_by_mail_and_uploads(live_server, width, tmp_path, club):
    cast, organisation, offer = club
    staff = f"/staff/{cast.town.slug}/directory"
    with cast.in_town():
        ask_whether_true(cast.town)
        link = re.search(r"(/de/musterstadt/confirm/\S+)", Outgoing.objects.get().text)[1]
    with browsing(live_server, Variant(width=width)) as visitor:
        guest = visitor.page()
        guest.goto(link)
        assert violations(guest) == []
        guest.click(MAIN)
        guest.locator(".qw-note--ok").wait_for()
        with cast.in_town():
            assert Organisation.objects.get().confirmation == "confirmed"

        editor = visitor.page(cast.account[Role.ORGANISATION_EDITOR])
        editor.goto(f"{staff}/organisations/{organisation.pk}/list/")
        assert violations(editor) == []
        with editor.expect_download() as loading:
            editor.click("a[href$='file.xlsx']")
        book = openpyxl.load_workbook(io.BytesIO(Path(loading.value.path()).read_bytes()))
        sheet = book.active
        headers = [cell.value for cell in sheet[1]]
        sheet.append([{"Name": "Stricken am Abend", "Kosten": "1 €"}.get(header) for header in headers])
        sheet.append([{"Name": "Fremdes", "Organisation": "Chor"}.get(header) for header in headers])
        filled = tmp_path / "liste.xlsx"
        book.save(filled)
        editor.set_input_files("input[type=file]", str(filled))
        editor.click(MAIN)
        editor.get_by_text("Fremdes").first.wait_for()
        assert violations(editor) == []
        editor.click("form[action$='/run/'] button")
        editor.get_by_role("heading", level=1).wait_for()
        assert violations(editor) == []
        with cast.in_town():
            new = Offer.objects.get(title="Stricken am Abend")
            assert (new.organisation_id, new.visibility) == (organisation.pk, Visibility.TENANT)
            assert not Offer.objects.filter(title="Fremdes").exists()

        editor.goto(f"{staff}/offers/{offer.pk}/edit/")
        editor.fill("[name=cost]", "kostenlos")
        assert violations(editor) == []
        editor.get_by_role("button", name="Speichern", exact=True).last.click()
        editor.wait_for_url(f"**/offers/{offer.pk}/")
        assert violations(editor) == []

        office = visitor.page(cast.account[Role.COORDINATOR])
        office.goto(f"/staff/{cast.town.slug}/work/?pile=checks")
        assert violations(office) == []
        office.click("main >> text=Nähcafé")
        office.wait_for_url(re.compile("/changes/[^/]+/$"))
        assert violations(office) == []
        with cast.in_town():
            assert Offer.objects.get(pk=offer.pk).cost == "5 €"
        office.click("form[action$='/accept/'] button.kern-btn--primary")
        office.wait_for_url(re.compile("pile=checks$"))
        with cast.in_town():
            assert Offer.objects.get(pk=offer.pk).cost == "kostenlos"
