"""The first page of the back office: numbers that exist, each leading to the list that holds exactly these."""

import re

import pytest
from django.utils.html import escape

from quartierwerk.barriers.models import BarrierReport
from quartierwerk.directory.tests import factories
from quartierwerk.intake.models import ImportFile
from quartierwerk.intake.tests.factories import import_file
from quartierwerk.rights import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(cast):
    with cast.in_town():
        for name, visibility in (("Entwurf", "tenant"), ("Zweiter Entwurf", "tenant"), ("Fertig", "public")):
            factories.offer(name, space=cast.middle, visibility=visibility)
        for words in ("offen", "beantwortet"):
            BarrierReport.objects.create(words=words, language="de")
        BarrierReport.objects.filter(words="beantwortet").update(answered_at="2026-11-01T12:00Z")
        import_file()
        ImportFile.objects.update(kind="directory")
    return cast


def waiting(client, cast) -> dict[str, str]:
    """Address → words, of what waits."""
    html = client.get(f"/staff/{cast.town.slug}/").content.decode()
    block = re.search(r'aria-labelledby="waiting".*?</section>', html, re.S)
    links = re.findall(r'<a href="([^"]+)"><b>([^<]+)</b>', block[0]) if block else []
    return {url.replace("&amp;", "&"): words for url, words in links}


def test_each_number_leads_to_its_list(work, client):
    client.force_login(work.account[Role.COORDINATOR])
    found = waiting(client, work)
    here = f"/staff/{work.town.slug}"
    assert found[f"{here}/barriers/?state=open"].startswith("1 ")
    assert any("/import/" in url or "state=waiting" in url for url in found)
    drafts = next(url for url in found if url.endswith("state=draft"))
    assert found[drafts].startswith("2 ")
    listed = client.get(drafts).content.decode()
    assert "Zweiter Entwurf" in listed
    assert ">Fertig<" not in listed
    barriers = client.get(f"{here}/barriers/?state=open").content.decode()
    assert "offen" in barriers
    assert "<p>beantwortet</p>" not in barriers
    for url in found:
        assert client.get(url).status_code == 200, escape(url)


def test_nobody_is_shown_what_she_cannot_open(work, client):
    client.force_login(work.account[Role.DEPARTMENT])
    assert waiting(client, work) == {}


def test_nothing_that_waits_is_not_drawn(cast, client):
    client.force_login(cast.account[Role.ADMINISTRATOR])
    assert waiting(client, cast) == {}
