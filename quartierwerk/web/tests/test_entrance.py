"""Half addresses lead on, and what leads nowhere names only pages that exist."""

import re

import pytest

from quartierwerk.tenants.models import Tenant

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/musterstadt/", "/Musterstadt/"])
def test_municipality_without_language_opens_in_the_browsers(cast, client, path):
    assert client.get(path, headers={"accept-language": "tr,en;q=0.5"})["Location"] == "/tr/musterstadt/"
    assert client.get(path)["Location"] == "/de/musterstadt/"
    assert client.get(path.rstrip("/"))["Location"] == path


def test_language_without_municipality_asks_for_the_town_in_it(cast, client):
    answer = client.get("/ar/", follow=True)
    assert answer.redirect_chain == [("/?lang=ar", 302)]
    assert '<html lang="ar" dir="rtl">' in answer.content.decode()


@pytest.mark.parametrize("path", ["/gibtsnicht/", "/xx/"])
def test_other_words_lead_nowhere(cast, client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/xx/musterstadt/", "/xx/musterstadt/offers/", "/de/musterstadt/quatsch/", "/gibtsnicht/"]
)
def test_page_that_does_not_exist_links_only_to_pages_that_do(cast, client, path):
    Tenant.objects.filter(pk=cast.region.pk).update(contact_office="Region")
    answer = client.get(path)
    assert answer.status_code == 404
    # The same page in another language does not exist either, but for one whose language alone is unknown.
    links = set(re.findall(r'<a[^>]* href="(/[^"]*)"', answer.content.decode()))
    assert len(links) > 3
    switch = set(re.findall(r'href="([^"]+)" lang="', answer.content.decode()))
    for link in links - (set() if path.startswith("/xx/m") else switch):
        assert client.get(link.replace("&amp;", "&"), follow=True).status_code == 200, link
