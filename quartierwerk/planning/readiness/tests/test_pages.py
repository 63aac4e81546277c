"""The board and the campaigns as people work with them (W2.4)."""

import io
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from quartierwerk.directory.tests import factories as directory
from quartierwerk.messages.models import Outgoing
from quartierwerk.rights import Role

from ...models import Campaign, HintEvidence, PlanLink
from ...tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(cast, client):
    client.force_login(cast.account[Role.COORDINATOR])
    return lambda path: f"/staff/{cast.town.slug}/concept/{path}"


def test_a_document_is_linked_with_its_day_and_missed_on_the_board_and_the_work_list(cast, client, page):
    with cast.in_town():
        concept = factories.concept()
        document = PlanLink.objects.create(title="Bericht vom Marktplatz", concept=concept)
    assert client.get(page("readiness/")).content.decode().count("offen") >= 7
    url = page(f"readiness/{concept.pk}/hints/3/")
    told = {"hint-3-record": f"document:{document.pk}"}
    assert "von welchem Tag" in client.post(url, told).content.decode()
    assert client.post(url, told | {"hint-3-shown_on": "31.02.2026"}).status_code == 422
    day = timezone.localdate() - timedelta(days=20)
    assert client.post(url, told | {"hint-3-shown_on": f"{day:%d.%m.%Y}"}).status_code == 302
    assert "1 Hinweis ist erfüllt" in client.get(page("readiness/")).content.decode()
    with cast.in_town():
        document.delete()
    words = client.get(page("readiness/")).content.decode()
    assert "Bericht vom Marktplatz" in words
    assert "0 Hinweise sind erfüllt" in words
    work = f"/staff/{cast.town.slug}/work/?pile=plan-evidence"
    assert "Bericht vom Marktplatz" in client.get(work).content.decode()
    with cast.in_town():
        link = HintEvidence.objects.get()
    assert client.post(page(f"readiness/evidence/{link.pk}/")).status_code == 422
    client.post(page(f"readiness/evidence/{link.pk}/"), {"take": "away"})
    assert "Bericht vom Marktplatz" not in client.get(page("readiness/")).content.decode()


def test_no_record_of_another_hint_or_nowhere_is_linked(cast, client, page):
    with cast.in_town():
        concept = factories.concept()
    for path, record in (("hints/7/", "edition:x"), ("hints/7/", ""), ("hints/4/", "council_decision:nein")):
        hint = path[6]
        sent = client.post(page(f"readiness/{concept.pk}/{path}"), {f"hint-{hint}-record": record})
        assert sent.status_code == 422
    assert client.post(page(f"readiness/{concept.pk}/hints/8/"), {}).status_code == 404


def test_a_campaign_from_the_first_mail_to_the_workbook(cast, client, page):
    """The organisation clicks in its mail; a scanner that opens the link answers nothing."""
    with cast.in_town():
        factories.concept()
        directory.organisation("Nähkreis", email="a@beispiel.example", topics=["language"])
        directory.organisation("Sportverein", email="b@beispiel.example", topics=["sport"])
    until = timezone.localdate() + timedelta(days=30)
    told = {"title": "Frühjahr", "closes_on": f"{until:%d.%m.%Y}", "topic": "language"}
    assert client.post(page("readiness/campaigns/"), told | {"closes_on": "01.01.2020"}).status_code == 422
    path = client.post(page("readiness/campaigns/"), told)["Location"]
    assert "0 von 1 " in client.get(path).content.decode()
    with cast.in_town():
        mail = Outgoing.objects.get(kind="entry still true")
    link = re.search(r"/de/musterstadt/confirm/\S+", mail.text)[0]
    client.logout()
    client.get(link)
    client.force_login(cast.account[Role.COORDINATOR])
    assert "0 von 1 " in client.get(path).content.decode()
    client.post(link)
    assert "1 von 1 " in client.get(path).content.decode()
    client.post(f"{path}close/")
    assert client.post(f"{path}remind/").status_code == 422
    book = load_workbook(io.BytesIO(client.get(f"{path}file/").content))
    assert book.worksheets[1]["A2"].value == "Nähkreis"
    with cast.in_town():
        assert Campaign.objects.get().frozen_at
    assert (
        client.post(f"{path}redact/", {"passage": "gibt es nicht", "reason": "Widerruf"}).status_code == 422
    )


def test_a_running_campaign_has_no_workbook_and_the_next_one_waits(cast, client, page):
    with cast.in_town():
        running = factories.campaign(opened_on=date(2020, 1, 1), closes_on=date(2020, 2, 1))
    assert client.get(page(f"readiness/campaigns/{running.pk}/file/")).status_code == 404
    assert "Eine Bestandsaufnahme beginnen" not in client.get(page("readiness/campaigns/")).content.decode()
    assert running.title in client.get(f"/staff/{cast.town.slug}/work/?pile=plan-campaigns").content.decode()
