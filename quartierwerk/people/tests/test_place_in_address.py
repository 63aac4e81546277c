"""Which language and place a request has when its address does not exist."""

import pytest
from django.template.loader import get_template
from django.test import Client

from quartierwerk.rights.addresses import walk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "lang"),
    [
        ("/uk/musterstadt/nowhere/", "uk"),
        ("/ar/musterstadt/offers/nowhere/at/all/", "ar"),
        ("/de-simple/musterstadt/nowhere", "de-simple"),
    ],
)
def test_page_for_a_wrong_address_keeps_language_and_place(cast, address, lang):
    page = Client().get(address)
    assert page.status_code == 404
    assert page.headers["Content-Language"] == lang
    assert f'href="/{lang}/musterstadt/' in page.content.decode()


@pytest.mark.parametrize(
    ("address", "lang"),
    [
        ("/uk/atlantis/nowhere/", "uk"),
        ("/xx/musterstadt/nowhere/", "fr"),
        ("/nowhere/", "fr"),
    ],
)
def test_page_for_a_wrong_address_of_no_place_takes_the_next_best_language(cast, address, lang):
    page = Client().get(address, headers={"accept-language": "fr"})
    assert page.status_code == 404
    assert page.headers["Content-Language"] == lang


def test_every_page_of_the_sign_in_library_that_we_use_is_drawn_by_a_template_of_ours():
    drawn = 0
    for address in walk():
        name = getattr(getattr(address.view, "view_class", None), "template_name", None)
        if name and address.view.__module__.startswith("allauth") and name.endswith(".html"):
            assert "quartierwerk" in get_template(name).origin.name.rsplit("/templates/", 1)[0], address.name
            drawn += 1
    assert drawn > 10
