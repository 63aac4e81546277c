"""The nine language versions differ where they should: language, direction, headings, address of the others."""

import re

import pytest
from django.test import Client

from quartierwerk.languages.interface import INTERFACE_LANGUAGES

PAGES = (
    "", "offers/", "actors/", "accessibility/", "plan/", "plan/konzept-a/measures/", "plan/konzept-a/changes/",
    "plan/konzept-a/editions/",
)  # fmt: skip


def heading(html: str) -> str:
    return re.sub(r"<[^>]+>", "", re.search(r"<h1[^>]*>(.*?)</h1>", html, re.S)[1]).strip()


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_each_language_has_its_own_heading_direction_and_tag(page, there):
    headings = {}
    for language in INTERFACE_LANGUAGES:
        answer = Client().get(f"/{language.code}/{there.cast.town.slug}/{page}")
        html = answer.content.decode()
        assert answer.status_code == 200
        assert answer.headers["Content-Language"] == language.code
        tag = re.search(r"<html[^>]*>", html)[0]
        assert f'lang="{language.code}"' in tag
        assert f'dir="{language.dir}"' in tag
        headings[language.code] = heading(html)
        for other in INTERFACE_LANGUAGES:
            assert f"/{other.code}/{there.cast.town.slug}/{page}" in html, (
                f"{language.code} leads to {other.code}"
            )
    own = {code: text for code, text in headings.items() if code != "de-simple"}
    assert len(set(own.values())) == len(own), own


@pytest.mark.django_db
def test_language_the_municipality_writes_in_gets_the_nearest_frame(there):
    """Tigrinya and Dari are contents, not frames: the text in its language, the frame in one its readers know."""
    answer = Client().get(f"/ti/{there.cast.town.slug}/")
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, "ti")
    assert Client().get(f"/xx/{there.cast.town.slug}/").status_code == 404
