"""Strict headers on every answer: pages, errors, redirects, files and documents."""

import pytest
from django.test import Client

STRICT = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def answers(there) -> dict[str, object]:
    visitor, slug = Client(raise_request_exception=False), there.cast.town.slug
    staff = Client()
    staff.force_login(there.cast.neighbour)
    offer = there.own["offer"].pk
    return {
        "page": visitor.get(f"/de/{slug}/"),
        "start": visitor.get("/"),
        "not found": visitor.get("/gibt/es/nicht/"),
        "unknown town": visitor.get("/de/nirgends/"),
        "log-in wanted": visitor.get(f"/staff/{slug}/"),
        "foreign": staff.get(f"/staff/{slug}/"),
        "wrong method": visitor.post(f"/de/{slug}/offers/{offer}/sheet.pdf"),
        "document": visitor.get(f"/de/{slug}/offers/{offer}/sheet.pdf"),
        "forged form": Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"}),
    }


@pytest.mark.django_db
def test_every_answer_carries_the_strict_headers(there):
    for name, answer in answers(there).items():
        for header, value in STRICT.items():
            assert answer.headers.get(header) == value, f"{name}: {header}"
        policy = answer.headers.get("Content-Security-Policy", "")
        assert "default-src 'none'" in policy, name
        assert "unsafe" not in policy, name
        assert "http" not in policy.replace("https:", ""), f"{name}: no third party"


@pytest.mark.django_db
def test_what_a_signed_in_person_saw_is_not_kept_by_caches(there):
    client = Client()
    client.force_login(there.cast.neighbour)
    assert client.get(f"/staff/{there.cast.other.slug}/").headers["Cache-Control"].count("no-store")
