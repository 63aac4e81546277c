"""No public form asks for more than five mandatory fields (R1.06), and every public page has a person and a way on (R1.17)."""

from html.parser import HTMLParser

import pytest
from django.test import Client

from quartierwerk.rights.addresses import walk
from tests.test_rights_matrix import MUNICIPAL, keys_of, url

MOST = 5


class Forms(HTMLParser):
    """Counts the required fields of each form; radio buttons of one name count once."""

    def __init__(self):
        super().__init__()
        self.counts: list[set[str]] = []
        self.links = 0

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        if tag == "form":
            self.counts.append(set())
        if tag == "a" and facts.get("href", "").startswith(("/", "tel:", "mailto:", "?")):
            self.links += 1
        if tag in ("input", "select", "textarea") and "required" in facts and self.counts:
            self.counts[-1].add(facts.get("name", ""))


def read(html: str) -> Forms:
    found = Forms()
    found.feed(html)
    return found


@pytest.mark.django_db
def test_public_forms_ask_for_at_most_five_things(there):
    paths = [
        url(a, there.cast.town.slug, keys_of(a, there.own)) for a in MUNICIPAL if a.policy.kind == "open"
    ]
    paths += [
        f"/{a.route}"
        for a in walk()
        if a.policy.kind == "open" and "<" not in a.route and "(?P" not in a.route
    ]
    seen = 0
    for path in paths:
        answer = Client().get(path)
        if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
            continue
        for required in read(answer.content.decode()).counts:
            seen += 1
            assert len(required) <= MOST, f"{path} asks for {sorted(required)}"
    assert seen > 5


@pytest.mark.django_db
def test_every_portal_page_names_a_person_and_a_way_on(there):
    for address in MUNICIPAL:
        if address.policy.kind != "open":
            continue
        answer = Client().get(url(address, there.cast.town.slug, keys_of(address, there.own)))
        if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
            continue
        text = answer.content.decode()
        assert "Koordinierungsstelle Integration" in text, address.name
        assert "0511 000 41 20" in text, address.name
        assert read(text).links > 5, address.name
